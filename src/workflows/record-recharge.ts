import type { BalanceReconciledAnswer } from '../answers/answer.ts';
import type { Refusal } from '../decision/decider.ts';
import { type Handled, handle, type Plan } from '../decision/handle.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { Store } from './ports.ts';
import { planFunding } from './record-funding.ts';
import { proposedRecharge, rechargeId, recordedCheck, tellCheck } from './tell-check.ts';
import { readBooks } from './tenant-books.ts';

/** "Yes, that recharge was made": said of the one that a check showed. */
export interface RechargeTold {
  readonly tenant: TenantId;
  /** The id of the check; the amount is read from what was stored of it. */
  readonly check: string;
  readonly by: PersonId;
  readonly byName: string;
  readonly at: Instant;
}

/**
 * Books the recharge that explains a check, so that the check's adjustment shrinks to the rest. One a check, however
 * often it is told. Refuses with `check-unknown`, and with `recharge-explained` where the check has no recharge to
 * record, or what has come in since leaves no room for it.
 */
export async function recordRecharge(
  store: Store,
  told: RechargeTold,
): Promise<Handled<BalanceReconciledAnswer, Refusal>> {
  const handled = await handle<null, Refusal>({
    decide: () => decide(store, told),
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
  if (handled.kind === 'refused') return handled;
  const { tenant, check: id, byName: by, at } = told;
  const outcome = await tellCheck(store, { tenant, id, by, at, now: at, repeated: false });
  return { ...handled, outcome };
}

async function decide(store: Store, told: RechargeTold): Promise<Plan<null, Refusal>> {
  const { tenant, check: id, by, at } = told;
  const books = await readBooks(store, tenant);
  const recorded = await recordedCheck(store, tenant, { books, id });
  if (recorded === null) return { kind: 'refused', refusal: { code: 'check-unknown' } };
  const { fundings } = recorded.account.state;
  if (fundings.some((funding) => funding.id === rechargeId(id))) return { kind: 'nothing', outcome: null };
  const amount = proposedRecharge(recorded);
  if (amount === null) return { kind: 'refused', refusal: { code: 'recharge-explained' } };
  const funding = {
    id: rechargeId(id),
    kind: 'recharge',
    amount,
    // When it came in is not known: at the latest just before it was seen.
    at: recorded.check.observation.at - 1,
    recordedBy: by,
    reference: null,
  } as const;
  return planFunding(books, { tenant, funding, at });
}
