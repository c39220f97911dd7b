import type { BalanceReconciledAnswer } from '../answers/answer.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { AccountState } from '../ledger/account.ts';
import { type Check, checks } from '../ledger/check.ts';
import { isOverLimit } from '../ledger/drift-limit.ts';
import { type DriftPart, restated, unexplainedOf } from '../ledger/drift-parts.ts';
import { checksTable, readAttribution } from '../ledger/stored-attribution.ts';
import { type Money, money } from '../money/money.ts';
import { accountFigures } from './account-figures.ts';
import type { Store } from './ports.ts';
import { readBooks, type TenantBooks, type Versioned } from './tenant-books.ts';

/** A check as it stands in the ledger, and what its drift came from. */
export interface RecordedCheck {
  readonly account: Versioned<AccountState>;
  readonly check: Check;
  /** As they were told at the check. */
  readonly told: readonly DriftPart[];
  /** As they are by now. */
  readonly parts: readonly DriftPart[];
}

/** Null where no account has such a check. @throws {StoreUnavailable} */
export async function recordedCheck(
  store: Store,
  tenant: TenantId,
  { books, id }: { readonly books: TenantBooks; readonly id: string },
): Promise<RecordedCheck | null> {
  for (const account of books.accounts.values()) {
    const check = checks(account.state).find(({ observation }) => observation.id === id);
    if (check === undefined) continue;
    const stored = (await store.records(tenant, checksTable, [id])).get(id);
    // A figure that opened the ledger had nothing to differ from.
    if (stored === undefined || check.opening) return { account, check, told: [], parts: [] };
    const told = readAttribution(stored);
    return { account, check, told, parts: restated(told, check.drift.amount.microUnits) };
  }
  return null;
}

/** The recharge that nobody recorded and that is likely; null where there is none, or it is explained by now. */
export function proposedRecharge({ told, parts, account }: RecordedCheck): Money | null {
  const likely = told.find(({ cause, certainty }) => cause === 'unknown-recharge' && certainty === 'likely');
  const present = parts.find(({ cause }) => cause === 'unknown-recharge');
  const stands = likely !== undefined && present?.microUnits === likely.microUnits;
  return stands ? money(likely.microUnits, account.state.currency) : null;
}

/** The funding that a check's recharge is recorded as: one a check, however often it is told. */
export function rechargeId(check: string): string {
  return `recharge:${check}`;
}

/** Who did what to a check, and when it is told. */
interface Telling {
  readonly tenant: TenantId;
  readonly id: string;
  readonly by: string;
  readonly at: Instant;
  readonly now: Instant;
  readonly repeated: boolean;
}

/** Read back from the ledger, so that a repetition tells what stands and not what was meant. */
export async function tellCheck(store: Store, telling: Telling): Promise<BalanceReconciledAnswer> {
  const { tenant, id, by, at, now, repeated } = telling;
  const books = await readBooks(store, tenant);
  const recorded = await recordedCheck(store, tenant, { books, id });
  if (recorded === null) throw new CheckLost(id);
  const { account, check, parts } = recorded;
  const { state } = account;
  return {
    kind: 'balance-reconciled',
    observed: check.observation.amount,
    estimateBefore: check.estimateBefore,
    drift: check.drift.amount,
    driftBasisPoints: check.drift.basisPoints,
    parts: parts.map(({ cause, microUnits, certainty }) => ({
      cause,
      amount: money(microUnits, state.currency),
      certainty,
    })),
    unexplained: money(unexplainedOf(parts), state.currency),
    overLimit: isOverLimit(parts, check.observation.amount),
    recharge: rechargeOf(recorded),
    reason: check.observation.reason,
    at,
    by,
    repeated,
    opening: check.opening,
    figures: accountFigures(books, account, now),
  };
}

function rechargeOf(recorded: RecordedCheck): BalanceReconciledAnswer['recharge'] {
  const { account, check } = recorded;
  const { id } = check.observation;
  const booked = account.state.fundings.find((funding) => funding.id === rechargeId(id));
  if (booked !== undefined) return { state: 'recorded', amount: booked.amount };
  const proposed = proposedRecharge(recorded);
  return proposed === null ? null : { state: 'proposed', check: id, amount: proposed };
}

/** A check that was committed is not in the account: a defect of ours. */
class CheckLost extends Error {
  constructor(id: string) {
    super(`The committed check ${id} is not in its account.`);
    this.name = 'CheckLost';
  }
}
