import { accepted, type Decision, refused } from '../decision/decider.ts';
import { type Instant, startOfDay } from '../decision/time.ts';
import { rightsFor } from './approving.ts';
import { reopened } from './buying.ts';
import { type Candidate, filledSeats, isQuorum } from './quorum.ts';
import type { TopUpCommand, TopUpEvent, TopUpRefusal } from './top-up-events.ts';
import { isClosed, overdueStatus, type TopUp } from './top-up-state.ts';

type TopUpDecision = Decision<TopUpEvent, TopUpRefusal>;

/** When something becomes due by itself; null where nothing does. */
export function nextDue(state: TopUp): Instant | null {
  const { review } = state;
  const due = [
    ['pending', 'approved', 'purchased'].includes(state.status) ? state.dueAt : null,
    review?.outcome === 'open' ? review.dueAt : null,
    nextReminder(state),
  ].filter((at) => at !== null);
  return due.length === 0 ? null : Math.min(...due);
}

/** What the passing of time came to: the end of a wait, or a reminder of it. */
export function passTime(state: TopUp, at: Instant): TopUpDecision {
  const told = { at, by: null, rule: state.rule, comment: null };
  const events: TopUpEvent[] = [];
  const overdue = overdueStatus(state, at);
  const proofMissing = state.status === 'purchased' && state.dueAt !== null && at >= state.dueAt;
  if (overdue !== null) events.push({ ...told, type: overdue });
  if (proofMissing) events.push(reopened(state, { at, by: null, why: 'no-proof' }));
  if (state.review?.outcome === 'open' && at >= state.review.dueAt) {
    events.push({ ...told, type: 'flagged', rule: state.review.rule });
  }
  const reminder = nextReminder(state);
  if (events.length === 0 && reminder !== null && at >= reminder) events.push({ ...told, type: 'reminded' });
  return accepted(...events);
}

/**
 * Opens seats that nobody could fill any more to the policy's stand-ins. Said once: a second time it changes nothing
 * unless who is left has changed.
 */
export function reroute(
  state: TopUp,
  { possible }: Extract<TopUpCommand, { readonly type: 'reroute' }>,
  at: Instant,
): TopUpDecision {
  if (state.status !== 'pending' || overdueStatus(state, at) !== null) {
    return refused({ code: 'topup-closed', data: { status: overdueStatus(state, at) ?? state.status } });
  }
  const others = possibleFor(state, possible);
  const fillable = filledSeats(state.seats, others);
  if (fillable.every((filled) => filled)) return accepted();
  const { standIns } = state.policy;
  const seats = state.seats.map((seat, index) =>
    fillable[index] ? seat : { ...seat, roles: [...new Set([...seat.roles, ...standIns])] },
  );
  const isSame = seats.every((seat, index) => seat.roles.length === state.seats[index]?.roles.length);
  if (isSame && state.trail.at(-1)?.type === 'rerouted') return accepted();
  return accepted({
    type: 'rerouted',
    at,
    by: null,
    rule: state.rule,
    comment: null,
    seats,
    enough: isQuorum(seats, possibleFor({ ...state, seats }, possible)),
  });
}

/** Those who approved already, and everybody else who might. */
function possibleFor(state: TopUp, possible: readonly Candidate[]): readonly Candidate[] {
  const approved = new Set(state.approvals.map(({ person }) => person.id));
  const excluded = [state.requester.id];
  const others = possible.filter(({ person }) => !excluded.includes(person.id) && !approved.has(person.id));
  return [
    ...state.approvals,
    ...others.map((candidate) => ({
      ...candidate,
      rights: rightsFor(state.seats, candidate, excluded),
    })),
  ];
}

/** Reminders come at a pace and have a bound; one half-way reminds of an approved purchase. */
function nextReminder(state: TopUp): Instant | null {
  const { policy, reminders, status } = state;
  if (isClosed(state) || status === 'purchased') return null;
  const most = status === 'approved' ? 1 : policy.reminders.most;
  if (reminders.sent >= most) return null;
  const everyMs = status === 'approved' ? policy.executeMs / 2 : paceOf(state);
  return reminders.since + Math.floor(everyMs);
}

function paceOf({ wish, policy, reminders }: TopUp): number {
  const { everyMs, urgentEveryMs, urgentWithinMs } = policy.reminders;
  if (wish.neededBy === null) return everyMs;
  return startOfDay(wish.neededBy) - reminders.since <= urgentWithinMs ? urgentEveryMs : everyMs;
}
