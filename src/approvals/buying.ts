import { accepted, type Decision, refused } from '../decision/decider.ts';
import { dayMs, type Instant } from '../decision/time.ts';
import { closedUnless } from './asking.ts';
import { bandOf } from './policy.ts';
import type { Person } from './quorum.ts';
import type { Actor, TopUpCommand, TopUpEvent, TopUpRefusal } from './top-up-events.ts';
import { isReviewOpen, type Purchase, type Review, type TopUp } from './top-up-state.ts';

type Command<Type extends TopUpCommand['type']> = Extract<TopUpCommand, { readonly type: Type }>;
type TopUpDecision = Decision<TopUpEvent, TopUpRefusal>;

/**
 * What somebody bought in the admin centre. It is a fact, so another amount than the approved one is recorded too;
 * where it is more, the quorum is asked for the whole of it.
 */
export function recordPurchase(
  state: TopUp,
  { by, purchase }: Command<'recordPurchase'>,
  at: Instant,
): TopUpDecision {
  const closed = closedUnless(state, ['approved', 'reopened'], at);
  if (closed !== null) return closed;
  if (!mayBuy(state, by)) return refused({ code: 'topup-not-buyer' });
  // The first purchase may be there after all: a second one beside it would count the money twice.
  if (state.reopened === 'no-proof') return refused({ code: 'topup-check-first' });
  const { amount, boughtAt } = purchase;
  const expected = state.policy.currency;
  if (amount.currency !== expected) {
    return refused({ code: 'wrong-currency', data: { expected, found: amount.currency } });
  }
  if (amount.microUnits <= 0n) return refused({ code: 'topup-not-positive' });
  if (boughtAt > at + dayMs) return refused({ code: 'purchase-in-future' });
  if (boughtAt < state.requestedAt - dayMs) return refused({ code: 'purchase-before-request' });

  const recorded: Purchase = { ...purchase, recordedAt: at, by: by.person };
  return accepted({
    type: 'purchased',
    at,
    by: by.person,
    rule: state.rule,
    comment: null,
    purchase: recorded,
    dueAt: at + state.policy.proofMs,
    review: reviewOfDifference(state, recorded),
  });
}

/** The admin centre would not sell: the request stays approved, and the right people hear of it. */
export function failPurchase(
  state: TopUp,
  { by, comment }: Command<'failPurchase'>,
  at: Instant,
): TopUpDecision {
  const closed = closedUnless(state, ['approved', 'reopened'], at);
  if (closed !== null) return closed;
  if (!mayBuy(state, by)) return refused({ code: 'topup-not-buyer' });
  return accepted({ type: 'failed', at, by: by.person, rule: state.rule, comment });
}

/** The balance shows the money; seen late, it counts too. */
export function prove(state: TopUp, { by }: Command<'prove'>, at: Instant): TopUpDecision {
  if (state.status === 'proven') return accepted();
  if (!isAwaitingProof(state)) return refused({ code: 'topup-closed', data: { status: state.status } });
  return accepted({ type: 'proven', at, by, rule: state.rule, comment: null });
}

/** A figure from the admin centre, read after the purchase, does not show the money. */
export function disprove(state: TopUp, { by }: Command<'disprove'>, at: Instant): TopUpDecision {
  if (state.reopened === 'disproved') return accepted();
  if (!isAwaitingProof(state)) return refused({ code: 'topup-closed', data: { status: state.status } });
  return accepted(reopened(state, { at, by, why: 'disproved' }));
}

export function reopened(
  state: TopUp,
  {
    at,
    by,
    why,
  }: { readonly at: Instant; readonly by: Person | null; readonly why: 'no-proof' | 'disproved' },
): TopUpEvent {
  return { type: 'reopened', at, by, rule: state.rule, comment: null, why };
}

/** A purchase was recorded, and nobody has seen the money yet. */
export function isAwaitingProof({ status, reopened: why }: TopUp): boolean {
  return status === 'purchased' || why === 'no-proof';
}

export function mayBuy({ policy }: Pick<TopUp, 'policy'>, { person, rights }: Actor): boolean {
  return rights.some(
    ({ of, roles }) => of.id === person.id && roles.some((role) => policy.buyers.includes(role)),
  );
}

/** For the whole amount, so that no request is split below a limit; those who asked and bought do not look at it. */
function reviewOfDifference(state: TopUp, { amount, recordedAt, by }: Purchase): Review | null {
  const { policy, wish, requester, review } = state;
  if (amount.microUnits <= wish.amount.microUnits) return null;
  const found = bandOf(policy, amount);
  const last = policy.bands.length;
  const seats = found.kind === 'band' ? found.band.seats : (policy.bands[last - 1]?.seats ?? []);
  const rule = found.kind === 'band' ? found.rule : { policy: policy.version, band: last };
  const alreadyExcluded = review !== null && isReviewOpen(state) ? review.excluded : [];
  return {
    why: 'difference',
    rule,
    seats,
    approvals: [],
    excluded: [...new Set([requester.id, by.id, ...alreadyExcluded])],
    dueAt: recordedAt + policy.breakGlass.reviewMs,
    outcome: 'open',
  };
}
