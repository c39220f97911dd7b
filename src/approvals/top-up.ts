import { type Decider, type Decision, refused } from '../decision/decider.ts';
import type { Instant } from '../decision/time.ts';
import { approve, override, reject } from './approving.ts';
import { cancel, edit, submit } from './asking.ts';
import { disprove, failPurchase, prove, recordPurchase } from './buying.ts';
import { passTime, reroute } from './passing.ts';
import type { TopUpCommand, TopUpEvent, TopUpRefusal } from './top-up-events.ts';
import type { Approval, TopUp, TopUpState, TrailEntry } from './top-up-state.ts';

/**
 * All rules of one request. What is asked for again is accepted and changes nothing; what comes too late is refused
 * with `topup-closed` and the status that won. Guards stand in one order: the state, then the wish that was seen,
 * then who acts, then what they say.
 */
export const topUp: Decider<TopUpState, TopUpCommand, TopUpEvent, TopUpRefusal> = {
  decide(state, command, at) {
    if (state.status === 'draft') {
      return command.type === 'submit' ? submit(command, at) : refused({ code: 'topup-unknown' });
    }
    return decideOn(state, command, at);
  },
  evolve(state, event) {
    const next = state.status === 'draft' ? begun(event) : changed(state, event);
    return event.type === 'reminded' ? next : { ...next, trail: [...next.trail, trailEntry(event)] };
  },
};

function decideOn(state: TopUp, command: TopUpCommand, at: Instant): Decision<TopUpEvent, TopUpRefusal> {
  switch (command.type) {
    case 'submit':
      return refused({ code: 'topup-known', data: { number: state.number } });
    case 'edit':
      return edit(state, command, at);
    case 'approve':
      return approve(state, command, at);
    case 'reject':
      return reject(state, command, at);
    case 'cancel':
      return cancel(state, command, at);
    case 'override':
      return override(state, command, at);
    case 'recordPurchase':
      return recordPurchase(state, command, at);
    case 'failPurchase':
      return failPurchase(state, command, at);
    case 'prove':
      return prove(state, command, at);
    case 'disprove':
      return disprove(state, command, at);
    case 'reroute':
      return reroute(state, command, at);
    case 'passTime':
      return passTime(state, at);
  }
}

/** A log that does not begin with a request is a defect of ours. */
export class NotBegun extends Error {
  constructor(type: string) {
    super(`A request cannot begin with "${type}".`);
    this.name = 'NotBegun';
  }
}

function begun(event: TopUpEvent): TopUp {
  if (event.type !== 'requested' || event.by === null) throw new NotBegun(event.type);
  return {
    status: 'pending',
    number: event.number,
    requester: event.by,
    wish: event.wish,
    revision: 1,
    policy: event.policy,
    rule: event.rule,
    seats: event.seats,
    approvals: [],
    requestedAt: event.at,
    dueAt: event.dueAt,
    reminders: { sent: 0, since: event.at },
    purchases: [],
    reopened: null,
    review: null,
    trail: [],
  };
}

function changed(state: TopUp, event: TopUpEvent): TopUp {
  // Whoever is asked anew is reminded from now on.
  const anew = { reminders: { sent: 0, since: event.at } };
  switch (event.type) {
    case 'requested':
      throw new NotBegun('a second request');
    case 'edited':
      return { ...edited(state, event), ...(event.voided ? anew : {}) };
    case 'approved':
      return withApproval(state, event.of, event.approval);
    case 'granted':
      return { ...state, status: 'approved', dueAt: event.dueAt, ...anew };
    case 'overridden':
      return { ...state, status: 'approved', dueAt: event.dueAt, review: event.review, ...anew };
    case 'purchased':
      return {
        ...state,
        status: 'purchased',
        dueAt: event.dueAt,
        purchases: [...state.purchases, event.purchase],
        reopened: null,
        review: event.review ?? state.review,
        ...anew,
      };
    case 'failed':
      return state;
    case 'proven':
      return { ...state, status: 'proven', dueAt: null, reopened: null };
    case 'reopened':
      return { ...state, status: 'reopened', dueAt: null, reopened: event.why, ...anew };
    case 'reviewed':
      return state.review === null
        ? state
        : { ...state, review: { ...state.review, outcome: event.outcome } };
    case 'flagged':
      return state.review === null ? state : { ...state, review: { ...state.review, outcome: 'overdue' } };
    case 'rejected':
    case 'cancelled':
    case 'expired':
    case 'lapsed':
      return { ...state, status: event.type, dueAt: null, reopened: null };
    case 'reminded':
      return { ...state, reminders: { sent: state.reminders.sent + 1, since: event.at } };
    case 'rerouted':
      return { ...state, seats: event.seats };
  }
}

function edited(state: TopUp, event: Extract<TopUpEvent, { readonly type: 'edited' }>): TopUp {
  const { wish, seats, rule, voided, dueAt } = event;
  const next = { ...state, wish, seats, rule, revision: state.revision + 1, dueAt };
  return voided ? { ...next, status: 'pending', approvals: [] } : next;
}

function withApproval(state: TopUp, of: 'request' | 'review', approval: Approval): TopUp {
  if (of === 'request') return { ...state, approvals: [...state.approvals, approval] };
  const { review } = state;
  if (review === null) return state;
  return { ...state, review: { ...review, approvals: [...review.approvals, approval] } };
}

function trailEntry(event: TopUpEvent): TrailEntry {
  const actsFor = event.type === 'approved' ? event.approval.actsFor : null;
  return { type: event.type, at: event.at, by: event.by, actsFor, comment: event.comment };
}
