import { z } from 'zod';
import type { Person } from '../approvals/quorum.ts';
import { readOrderNumber } from '../approvals/request-text.ts';
import { topUp } from '../approvals/top-up.ts';
import type { TopUpCommand, TopUpEvent } from '../approvals/top-up-events.ts';
import { isClosed, type Purchase, type TopUp, type Wish } from '../approvals/top-up-state.ts';
import type { AuditFact } from '../decision/audit.ts';
import type { Refusal } from '../decision/decider.ts';
import { type Handled, handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { account } from '../ledger/account.ts';
import type { Funding } from '../ledger/facts.ts';
import { toDecimal } from '../money/money.ts';
import { bookTopUp } from './book-top-up.ts';
import { type Booked, bookAccount, bookAudit, changeOf } from './booking.ts';
import type { Store } from './ports.ts';
import { foreignCurrency } from './reconcile.ts';
import { accountOf, type TenantBooks, type Versioned } from './tenant-books.ts';
import { requestIn } from './top-up-archive.ts';
import { counterChange, policyIn, readTopUpBooks, type TopUpBooks, topUpsIn } from './top-up-books.ts';

/** The tap behind a change: a repetition is told what the first was told. */
export interface TopUpRequestKey {
  readonly key: string;
  readonly digest: string;
}

/** Which request was acted upon; its card is read from the present state. */
export type TopUpOutcome = z.infer<typeof storedOutcome>;
const storedOutcome = z.object({ number: z.number().int() });

export interface TopUpSubmission {
  readonly tenant: TenantId;
  readonly by: Person;
  readonly wish: Wish;
  /** A similar request that the person saw and wants another beside; null where none was shown. */
  readonly despite: number | null;
  readonly at: Instant;
  /** From the form, made when it opened. */
  readonly request: TopUpRequestKey;
}

/**
 * Gives a request its number and asks for approvals. Refuses with the decider's codes, with `wrong-currency` where the
 * tenant has no such account, and with `topup-similar` where another open request is much the same and was not seen.
 */
export function submitTopUp(
  store: Store,
  submission: TopUpSubmission,
): Promise<Handled<TopUpOutcome, Refusal>> {
  const { tenant, by, wish, at, request } = submission;
  return handleTopUp(store, { tenant, request }, async () => {
    const found = await readTopUpBooks(store, tenant);
    const foreign = foreignCurrency(found.books, wish.amount.currency);
    if (foreign !== null) return { kind: 'refused', refusal: foreign };
    const similar = similarTo(wish, found);
    if (similar !== null && similar !== submission.despite) {
      return { kind: 'refused', refusal: { code: 'topup-similar', data: { number: similar } } };
    }
    const number = found.counter.state + 1;
    const { currency } = wish.amount;
    const opening = { number, policy: policyIn(found, currency) };
    const draft = { state: { status: 'draft' }, version: 0 } as const;
    const decision = topUp.decide(draft.state, { type: 'submit', by, wish, opening }, at);
    if (decision.kind === 'refused') return decision;

    const booked = bookTopUp(draft, decision.events);
    const counted: Booked = { heads: [counterChange(found.counter, number)], events: [] };
    const outcome = { number };
    const change = changeOf(tenant, [booked.part, counted, bookAudit(found.books, ...booked.facts)], {
      messages: booked.messages,
      idempotency: { ...request, outcome },
    });
    return { kind: 'change', change, outcome };
  });
}

export interface TopUpChangeWanted {
  readonly tenant: TenantId;
  readonly number: number;
  readonly at: Instant;
  readonly request: TopUpRequestKey;
  /** Made anew for each attempt, from what is read for it. */
  readonly command: (found: TopUpBooks, state: TopUp) => TopUpCommand;
}

/** Refuses with the decider's codes, with `topup-unknown`, and a purchase with `order-known` and `funding-*`. */
export function changeTopUp(
  store: Store,
  wanted: TopUpChangeWanted,
): Promise<Handled<TopUpOutcome, Refusal>> {
  const { tenant, number, at, request } = wanted;
  return handleTopUp(store, { tenant, request }, async () => {
    const found = await readTopUpBooks(store, tenant);
    const before = await requestIn(store, tenant, { found, number });
    if (before === null) return { kind: 'refused', refusal: { code: 'topup-unknown', data: { number } } };
    const decision = topUp.decide(before.state, wanted.command(found, before.state), at);
    if (decision.kind === 'refused') return decision;
    const outcome = { number };
    if (decision.events.length === 0) return { kind: 'nothing', outcome };

    const funded = fundedBy(decision.events, found.books, at);
    if (funded.kind === 'refused') return funded;
    const booked = bookTopUp(before, decision.events);
    const facts = [...booked.facts, ...funded.facts];
    const change = changeOf(tenant, [booked.part, funded.part, bookAudit(found.books, ...facts)], {
      messages: booked.messages,
      idempotency: { ...request, outcome },
    });
    return { kind: 'change', change, outcome };
  });
}

function handleTopUp(
  store: Store,
  { tenant, request }: { readonly tenant: TenantId; readonly request: TopUpRequestKey },
  decide: () => Promise<Plan<TopUpOutcome, Refusal>>,
): Promise<Handled<TopUpOutcome, Refusal>> {
  return handle<TopUpOutcome, Refusal>({
    recall: () => store.recall(tenant, request),
    decide,
    commit: (change) => store.commit(change),
    readOutcome: (stored) => storedOutcome.parse(stored),
  });
}

type Funded =
  | { readonly kind: 'funded'; readonly part: Booked; readonly facts: readonly AuditFact[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** A recorded purchase is a lot of the ledger in the same commit; nothing where nothing was bought. */
function fundedBy(events: readonly TopUpEvent[], books: TenantBooks, at: Instant): Funded {
  const bought = events.flatMap((event) => (event.type === 'purchased' ? [event.purchase] : []));
  const [purchase] = bought;
  if (purchase === undefined) return { kind: 'funded', part: { heads: [], events: [] }, facts: [] };
  if (isOrderKnown(purchase, books)) {
    return { kind: 'refused', refusal: { code: 'order-known', data: { orderNumber: purchase.orderNumber } } };
  }
  const funding = fundingOf(purchase);
  const before = accountOf(books, purchase.amount.currency);
  const decision = account.decide(before.state, { type: 'recordFunding', funding }, at);
  if (decision.kind === 'refused') return decision;
  const fact: AuditFact = {
    at,
    actor: funding.recordedBy,
    type: 'purchase.recorded',
    subject: funding.id,
    data: {
      amount: toDecimal(funding.amount),
      currency: funding.amount.currency,
      reference: funding.reference,
    },
  };
  return { kind: 'funded', part: bookAccount(before, decision.events), facts: [fact] };
}

function fundingOf({ orderNumber, amount, boughtAt, by }: Purchase): Funding {
  return {
    id: `order:${orderNumber}`,
    kind: 'purchase',
    amount,
    at: boughtAt,
    recordedBy: by.id,
    reference: orderNumber,
  };
}

/** One order is one purchase, whoever recorded it, in which way, and in which currency. */
function isOrderKnown({ orderNumber }: Purchase, books: TenantBooks): boolean {
  return [...books.accounts.values()].some(({ state }) =>
    state.fundings.some(({ reference }) => {
      const known = reference === null ? null : readOrderNumber(reference);
      return known?.kind === 'text' && known.text === orderNumber;
    }),
  );
}

/** An open request for between half and twice as much is the same wish, most likely; its number. */
function similarTo({ amount }: Wish, found: TopUpBooks): number | null {
  const similar = topUpsIn(found)
    .map(({ state }: Versioned<TopUp>) => state)
    .find((state) => {
      const other = state.wish.amount;
      return (
        !isClosed(state) &&
        state.purchases.length === 0 &&
        other.currency === amount.currency &&
        other.microUnits <= amount.microUnits * 2n &&
        amount.microUnits <= other.microUnits * 2n
      );
    });
  return similar?.number ?? null;
}
