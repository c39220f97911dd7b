import type { Refusal } from '../decision/decider.ts';
import { digest } from '../decision/digest.ts';
import { type Handled, handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { account } from '../ledger/account.ts';
import type { Funding } from '../ledger/facts.ts';
import { toDecimal } from '../money/money.ts';
import { bookAccount, bookAudit, changeOf } from './booking.ts';
import type { Store } from './ports.ts';
import { accountOf, booksIn, readBooks, type TenantBooks } from './tenant-books.ts';
import { proveByBalance } from './top-up-proof.ts';

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

interface FundingToRecord {
  readonly tenant: TenantId;
  readonly funding: Funding;
  readonly at: Instant;
}

/**
 * Records that a billing event told of money that came in. Where it is what a purchase waits for, it proves the
 * purchase, whose funds are booked already; else it is money that nobody told of. The funding's id is the event's, and
 * a repetition of it changes nothing.
 */
export async function recordRise(
  store: Store,
  { tenant, funding, at }: FundingToRecord,
): Promise<Handled<null, Refusal>> {
  const request = { key: funding.id, digest: digest(toDecimal(funding.amount), funding.amount.currency) };
  return handle<null, Refusal>({
    recall: () => store.recall(tenant, request),
    decide: async () => {
      const heads = await store.heads(tenant);
      const books = booksIn(heads);
      const seen = { kind: 'rise', amount: funding.amount } as const;
      const proof = proveByBalance(heads, seen, { by: null, seenAt: funding.at, at });
      if (!proof.facts.some(({ type }) => type === 'topup.proven')) {
        return planFunding(books, { tenant, funding, at });
      }
      const parts = [proof.part, bookAudit(books, ...proof.facts)];
      const idempotency = { ...request, outcome: null };
      const change = changeOf(tenant, parts, { messages: proof.messages, idempotency });
      return { kind: 'change', outcome: null, change };
    },
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
}

/** The change that books a funding, from the books as they were read. */
export function planFunding(
  books: TenantBooks,
  { tenant, funding, at }: FundingToRecord,
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
