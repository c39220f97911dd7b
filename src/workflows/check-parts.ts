import type { AuditFact } from '../decision/audit.ts';
import type { AccountState } from '../ledger/account.ts';
import { attributeDrift } from '../ledger/attribution.ts';
import { checks } from '../ledger/check.ts';
import { driftLimit, isOverLimit } from '../ledger/drift-limit.ts';
import { type DriftPart, unexplainedOf } from '../ledger/drift-parts.ts';
import { money, toDecimal } from '../money/money.ts';
import type { Check } from './check.ts';
import { driftEvidence } from './drift-evidence.ts';
import type { Store } from './ports.ts';
import { rejectedSince } from './rejected-rows.ts';

/** What the drift comes from; null for the figure that opens the ledger, which has nothing to differ from. */
export async function partsOfCheck(
  store: Store,
  { tenant, at: now }: Check,
  told: { readonly before: AccountState; readonly next: AccountState; readonly id: string },
): Promise<readonly DriftPart[] | null> {
  const { before, next, id } = told;
  const all = checks(next);
  const index = all.findIndex(({ observation }) => observation.id === id);
  const [check, previous] = [all[index], all[index - 1]?.observation];
  if (check === undefined || previous === undefined) return null;
  const evidence = await driftEvidence(store, {
    tenant,
    before,
    check,
    previous,
    now,
    rejected: await rejectedSince(store, {
      tenant,
      currency: before.currency,
      span: { from: previous.at, to: check.observation.at },
    }),
  });
  return attributeDrift(evidence);
}

/** The audit of a check, and of a drift that somebody should look into. */
export function checkFacts(
  check: Check,
  subject: string,
  parts: readonly DriftPart[] | null,
): readonly [AuditFact, ...AuditFact[]] {
  const { at, by: actor, observed, reason } = check;
  const told = { at, actor, subject };
  const decimal = (microUnits: bigint): string => toDecimal(money(microUnits, observed.currency));
  const reconciled: AuditFact = {
    ...told,
    type: 'balance.reconciled',
    data: {
      observed: toDecimal(observed),
      currency: observed.currency,
      reason,
      parts: (parts ?? []).map(({ cause, microUnits, certainty }) => ({
        cause,
        amount: decimal(microUnits),
        certainty,
      })),
    },
  };
  if (parts === null || !isOverLimit(parts, observed)) return [reconciled];
  const data = {
    unexplained: decimal(unexplainedOf(parts)),
    limit: decimal(driftLimit(observed)),
    currency: observed.currency,
  };
  return [reconciled, { ...told, type: 'balance.drifted', data }];
}
