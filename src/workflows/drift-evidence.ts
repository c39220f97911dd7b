import type { TenantId } from '../decision/ids.ts';
import { dayMs, type Instant } from '../decision/time.ts';
import { unreported } from '../forecast/unreported.ts';
import type { AccountState } from '../ledger/account.ts';
import type { DriftEvidence } from '../ledger/attribution.ts';
import type { Check } from '../ledger/check.ts';
import { lagSince, lapsesAbout, usualRecharges } from '../ledger/drift-evidence.ts';
import { driftLimit } from '../ledger/drift-limit.ts';
import type { Observation } from '../ledger/facts.ts';
import type { Currency } from '../money/currency.ts';
import {
  type CorrectionsRecorded,
  correctedBefore,
  correctionsLog,
  readCorrections,
} from '../usage/corrections.ts';
import type { Store } from './ports.ts';

/** A check that is about to be recorded, and the account as it was without it. */
export interface CheckToExplain {
  readonly tenant: TenantId;
  readonly before: AccountState;
  readonly check: Check;
  /** The figure that was read before it. */
  readonly previous: Observation;
  /** Now; calls that were late when the figure was read may have been told since. */
  readonly now: Instant;
  readonly rejected: DriftEvidence['rejected'];
}

/** All that is known of what the drift of a check may come from. @throws {StoreUnavailable} */
export async function driftEvidence(store: Store, told: CheckToExplain): Promise<DriftEvidence> {
  const { tenant, before, check, previous, now, rejected } = told;
  const { at, amount } = check.observation;
  const since = previous.at;
  const corrections = await correctionsSince(store, tenant, { currency: before.currency, since });
  return {
    drift: check.drift.amount.microUnits,
    unreported:
      now - at >= longestLagMs
        ? noLag
        : lagSince(unreported(before.usageByDay, at), { checkedAt: since, at }),
    usualRecharges: usualRecharges(before.fundings),
    lapses: lapsesAbout(before, at),
    // The ledger put them into the check before, and the admin centre took them from the balance.
    changedRows: -corrections.reduce((sum, told) => sum + correctedBefore(told.corrections, since), 0n),
    rejected,
    limit: driftLimit(amount),
  };
}

/** Microsoft reports calls within 24 to 48 hours. */
const longestLagMs = 2 * dayMs;
const noLag = { low: 0n, high: 0n };

/** More batches with corrections than these, since one check, are another problem. */
const mostBatches = 1_024;
const fewBatches = 32;

async function correctionsSince(
  store: Store,
  tenant: TenantId,
  { currency, since }: { readonly currency: Currency; readonly since: Instant },
): Promise<readonly CorrectionsRecorded[]> {
  for (let count = fewBatches; ; count *= 2) {
    const latest = await store.latest(tenant, correctionsLog(currency), count);
    const recorded = latest.map(readCorrections);
    const recent = recorded.filter(({ recordedAt }) => recordedAt >= since);
    if (recent.length < count || count >= mostBatches) return recent;
  }
}
