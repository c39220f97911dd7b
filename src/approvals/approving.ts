import { accepted, type Decision, refused } from '../decision/decider.ts';
import type { PersonId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { closedUnless, stale } from './asking.ts';
import type { Seat } from './policy.ts';
import { filledSeats, fits, isQuorum, type Right } from './quorum.ts';
import type { Actor, TopUpCommand, TopUpEvent, TopUpRefusal } from './top-up-events.ts';
import { type Approval, openQuestion, overdueStatus, type Question, type TopUp } from './top-up-state.ts';

type Command<Type extends TopUpCommand['type']> = Extract<TopUpCommand, { readonly type: Type }>;
type TopUpDecision = Decision<TopUpEvent, TopUpRefusal>;
type Refused = Extract<TopUpDecision, { readonly kind: 'refused' }>;

/**
 * An approval of the request, or of what was done without one. Refuses, in this order: nothing is asked any more
 * (`topup-closed`), another wish was shown, one's own request, no right that a seat asks for, and an approval that
 * fills no further seat. Refusing that one is safe: whoever could fill a seat later still can.
 */
export function approve(
  state: TopUp,
  { by, comment, revision }: Command<'approve'>,
  at: Instant,
): TopUpDecision {
  const asked = askedOf(state, { by, revision }, at);
  if (asked.kind === 'refused') return asked;
  const { question } = asked;
  if (question.approvals.some(({ person }) => person.id === by.person.id)) return accepted();
  const rights = rightsFor(question.seats, by, question.excluded);
  if (rights.length === 0) return refused({ code: 'topup-not-approver' });

  const approval: Approval = { person: by.person, rights, at, comment, actsFor: actsFor(by, rights) };
  const approvals = [...question.approvals, approval];
  if (filledCount(question.seats, approvals) === filledCount(question.seats, question.approvals)) {
    return refused({ code: 'topup-not-needed' });
  }
  const told = { at, by: by.person, rule: ruleOf(state) };
  const approved: TopUpEvent = { ...told, type: 'approved', comment, of: question.of, approval };
  if (!isQuorum(question.seats, approvals)) return accepted<TopUpEvent>(approved);
  const done: TopUpEvent =
    question.of === 'request'
      ? { ...told, type: 'granted', comment: null, dueAt: at + state.policy.executeMs }
      : { ...told, type: 'reviewed', comment: null, outcome: 'approved' };
  return accepted<TopUpEvent>(approved, done);
}

/** One "no" of a person who might have said yes ends it; it says why. */
export function reject(
  state: TopUp,
  { by, comment, revision }: Command<'reject'>,
  at: Instant,
): TopUpDecision {
  const asked = askedOf(state, { by, revision }, at);
  if (asked.kind === 'refused') return asked;
  const { question } = asked;
  if (rightsFor(question.seats, by, question.excluded).length === 0) {
    return refused({ code: 'topup-not-approver' });
  }
  if (comment === null) return refused({ code: 'topup-comment-missing' });
  const told = { at, by: by.person, rule: ruleOf(state), comment };
  return question.of === 'request'
    ? accepted({ ...told, type: 'rejected' })
    : accepted({ ...told, type: 'reviewed', outcome: 'objected' });
}

/** What somebody is asked, before it is looked at whether they may answer. */
function askedOf(
  state: TopUp,
  { by, revision }: Pick<Command<'approve'>, 'by' | 'revision'>,
  at: Instant,
): { readonly kind: 'asked'; readonly question: Question } | Refused {
  const question = openQuestion(state);
  const overdue = overdueStatus(state, at);
  if (question === null || (overdue !== null && question.of === 'request')) return closed(state, at);
  if (revision !== state.revision) return stale(state);
  if (question.excluded.includes(by.person.id)) return refused({ code: 'topup-own-request' });
  return { kind: 'asked', question };
}

/**
 * Break-glass: one person who could approve goes alone, the requester too, while the balance is used up and up to a
 * cap. The quorum looks at it afterwards.
 */
export function override(
  state: TopUp,
  { by, balance, revision }: Command<'override'>,
  at: Instant,
): TopUpDecision {
  const refusal = closedUnless(state, ['pending'], at);
  if (refusal !== null) return refusal;
  if (revision !== state.revision) return stale(state);
  const own = by.rights.filter(({ of }) => of.id === by.person.id);
  if (rightsFor(state.seats, { ...by, rights: own }, []).length === 0) {
    return refused({ code: 'topup-not-approver' });
  }
  if (balance > 0n) return refused({ code: 'topup-balance-left' });
  const { breakGlass, executeMs } = state.policy;
  if (state.wish.amount.microUnits > breakGlass.cap) {
    return refused({ code: 'topup-over-cap', data: { limit: `${breakGlass.cap / 1_000_000n}` } });
  }
  return accepted({
    type: 'overridden',
    at,
    by: by.person,
    rule: state.rule,
    comment: null,
    dueAt: at + executeMs,
    review: {
      why: 'break-glass',
      rule: state.rule,
      seats: state.seats,
      approvals: approvalsWithout(by.person.id, state.approvals),
      excluded: [...new Set([state.requester.id, by.person.id])],
      dueAt: at + breakGlass.reviewMs,
      outcome: 'open',
    },
  });
}

/** Rights that some seat asks for; none of the requester's, however they reached this person. */
export function rightsFor(
  seats: readonly Seat[],
  { rights }: Pick<Actor, 'rights'>,
  excluded: readonly PersonId[],
): readonly Right[] {
  return rights.filter((right) => !excluded.includes(right.of.id) && seats.some((seat) => fits(seat, right)));
}

/** Neither their own approval nor one in their place is an eye on what they did. */
function approvalsWithout(person: PersonId, approvals: readonly Approval[]): readonly Approval[] {
  return approvals
    .filter((approval) => approval.person.id !== person)
    .map((approval) => ({ ...approval, rights: approval.rights.filter(({ of }) => of.id !== person) }))
    .filter(({ rights }) => rights.length > 0);
}

function actsFor({ person }: Actor, rights: readonly Right[]): Approval['actsFor'] {
  return rights.some(({ of }) => of.id === person.id) ? null : (rights[0]?.of ?? null);
}

function filledCount(seats: readonly Seat[], approvals: readonly Approval[]): number {
  return filledSeats(seats, approvals).filter((filled) => filled).length;
}

function ruleOf(state: TopUp): TopUp['rule'] {
  return state.status === 'pending' ? state.rule : (state.review?.rule ?? state.rule);
}

function closed(state: TopUp, at: Instant): Refused {
  return refused({ code: 'topup-closed', data: { status: overdueStatus(state, at) ?? state.status } });
}
