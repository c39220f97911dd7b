import type { Refusal } from '../decision/decider.ts';
import { type Handled, handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { account } from '../ledger/account.ts';
import type { Funding } from '../ledger/facts.ts';
import { toDecimal } from '../money/money.ts';
import { bookAccount, bookAudit, changeOf } from './booking.ts';
import type { Store } from './ports.ts';
import { accountOf, readBooks, type TenantBooks } from './tenant-books.ts';

/**
 * Records that money came in. The funding's own id makes it idempotent: known again, it changes nothing.
 * Refuses with the account's `funding-*` codes.
 */
export async function recordFunding(
  store: Store,
  tenant: TenantId,
  funding: Funding,
  at: Instant,
): Promise<Handled<null, Refusal>> {
  return handle<null, Refusal>({
    decide: async () => planFunding(await readBooks(store, tenant), { tenant, funding, at }),
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
}

/** The change that books a funding, from the books as they were read. */
export function planFunding(
  books: TenantBooks,
  { tenant, funding, at }: { readonly tenant: TenantId; readonly funding: Funding; readonly at: Instant },
): Plan<null, Refusal> {
  const before = accountOf(books, funding.amount.currency);
  const decision = account.decide(before.state, { type: 'recordFunding', funding }, at);
  if (decision.kind === 'refused') return decision;
  if (decision.events.length === 0) return { kind: 'nothing', outcome: null };

  const booked = bookAccount(before, decision.events);
  const audited = bookAudit(books, {
    at,
    actor: funding.recordedBy,
    type: funding.kind === 'purchase' ? 'purchase.recorded' : 'recharge.recorded',
    subject: funding.id,
    data: {
      amount: toDecimal(funding.amount),
      currency: funding.amount.currency,
      reference: funding.reference,
    },
  });
  return { kind: 'change', outcome: null, change: changeOf(tenant, [booked, audited]) };
}
