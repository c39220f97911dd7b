import { accepted, type Decision, refused } from '../decision/decider.ts';
import type { Instant } from '../decision/time.ts';
import { bandOf } from './policy.ts';
import type { TopUpCommand, TopUpEvent, TopUpRefusal } from './top-up-events.ts';
import { overdueStatus, type TopUp, type TopUpStatus, type Wish } from './top-up-state.ts';

type Command<Type extends TopUpCommand['type']> = Extract<TopUpCommand, { readonly type: Type }>;
type TopUpDecision = Decision<TopUpEvent, TopUpRefusal>;

/** Refuses `wrong-currency` and what {@link bandOf} refuses. */
export function submit({ by, wish, opening }: Command<'submit'>, at: Instant): TopUpDecision {
  const { number, policy } = opening;
  if (wish.amount.currency !== policy.currency) return wrongCurrency(policy.currency, wish);
  const found = bandOf(policy, wish.amount);
  if (found.kind === 'refused') return found;
  return accepted({
    type: 'requested',
    at,
    by,
    rule: found.rule,
    comment: wish.reason,
    number,
    wish,
    policy,
    seats: found.band.seats,
    dueAt: at + policy.pendingMs,
  });
}

/**
 * The requester's second thought, until the purchase. Another amount is another request in all but its number:
 * what was approved is void, and the card says so.
 */
export function edit(state: TopUp, { by, wish, revision }: Command<'edit'>, at: Instant): TopUpDecision {
  const closed = closedUnless(state, ['pending', 'approved'], at);
  if (closed !== null) return closed;
  if (state.review !== null) return refused({ code: 'topup-closed', data: { status: state.status } });
  if (revision !== state.revision) return stale(state);
  if (by.id !== state.requester.id) return refused({ code: 'topup-not-requester' });
  if (wish.amount.currency !== state.policy.currency) return wrongCurrency(state.policy.currency, wish);
  if (isSameWish(wish, state.wish)) return accepted();
  const found = bandOf(state.policy, wish.amount);
  if (found.kind === 'refused') return found;

  const voided = wish.amount.microUnits !== state.wish.amount.microUnits;
  const kept = { seats: state.seats, rule: state.rule, dueAt: state.dueAt };
  const anew = { seats: found.band.seats, rule: found.rule, dueAt: at + state.policy.pendingMs };
  return accepted({
    type: 'edited',
    at,
    by,
    comment: wish.reason,
    wish,
    voided,
    ...(voided ? anew : kept),
  });
}

/** By the requester, until something was bought; a purchase without proof may be given up too. */
export function cancel(state: TopUp, { by, comment }: Command<'cancel'>, at: Instant): TopUpDecision {
  if (state.status === 'cancelled' && by.id === state.requester.id) return accepted();
  const closed = closedUnless(state, ['pending', 'approved', 'reopened'], at);
  if (closed !== null) return closed;
  if (by.id !== state.requester.id) return refused({ code: 'topup-not-requester' });
  return accepted({ type: 'cancelled', at, by, rule: state.rule, comment });
}

/** The refusal that tells the loser what won; null where the request is in one of these states. */
export function closedUnless(
  state: TopUp,
  open: readonly TopUpStatus[],
  at: Instant,
): ReturnType<typeof refused<TopUpRefusal>> | null {
  const status = overdueStatus(state, at) ?? state.status;
  if (open.some((known) => known === status)) return null;
  return refused({ code: status === 'pending' ? 'topup-not-approved' : 'topup-closed', data: { status } });
}

export function stale({ revision }: TopUp): ReturnType<typeof refused<TopUpRefusal>> {
  return refused({ code: 'topup-changed', data: { revision } });
}

function wrongCurrency(expected: string, { amount }: Pick<Wish, 'amount'>): TopUpDecision {
  return refused({ code: 'wrong-currency', data: { expected, found: amount.currency } });
}

function isSameWish(left: Wish, right: Wish): boolean {
  return (
    left.amount.microUnits === right.amount.microUnits &&
    left.reason === right.reason &&
    left.neededBy === right.neededBy
  );
}
