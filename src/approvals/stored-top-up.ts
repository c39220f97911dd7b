import { z } from 'zod';
import type { JsonValue } from '../decision/json.ts';
import type { Delegations } from './delegation.ts';
import { mostSeats, type Policy } from './policy.ts';
import {
  storeApproval,
  storedApproval,
  storedInstant,
  storedPerson,
  storedPolicyParts,
  storedPurchase,
  storedReview,
  storedRule,
  storedSeats,
  storedWish,
  storePolicyParts,
  storePurchase,
  storeReview,
  storeSeats,
  storeWish,
} from './stored-parts.ts';
import type { TopUpEvent } from './top-up-events.ts';
import { type TopUp, topUpStatuses } from './top-up-state.ts';

const shapeVersion = z.literal(1);
const reopenedWhy = z.enum(['no-proof', 'disproved']);

const storedState = z.object({
  v: shapeVersion,
  status: z.enum(topUpStatuses),
  number: z.number().int().positive(),
  requester: storedPerson,
  wish: storedWish,
  revision: z.number().int().positive(),
  policy: storedPolicyParts,
  rule: storedRule,
  seats: storedSeats,
  approvals: z.array(storedApproval),
  requestedAt: storedInstant,
  dueAt: storedInstant.nullable(),
  reminders: z.object({ sent: z.number().int(), since: storedInstant }),
  purchases: z.array(storedPurchase),
  reopened: reopenedWhy.nullable(),
  review: storedReview.nullable(),
  trail: z.array(
    z.object({
      type: z.string(),
      at: storedInstant,
      by: storedPerson.nullable(),
      actsFor: storedPerson.nullable(),
      comment: z.string().nullable(),
    }),
  ),
});

const told = z.object({
  v: shapeVersion,
  at: storedInstant,
  by: storedPerson.nullable(),
  rule: storedRule,
  comment: z.string().nullable(),
});

const storedEvent = z.discriminatedUnion('type', [
  told.extend({
    type: z.literal('requested'),
    number: z.number().int().positive(),
    wish: storedWish,
    policy: storedPolicyParts,
    seats: storedSeats,
    dueAt: storedInstant,
  }),
  told.extend({
    type: z.literal('edited'),
    wish: storedWish,
    seats: storedSeats,
    voided: z.boolean(),
    dueAt: storedInstant.nullable(),
  }),
  told.extend({
    type: z.literal('approved'),
    of: z.enum(['request', 'review']),
    approval: storedApproval,
  }),
  told.extend({ type: z.literal('granted'), dueAt: storedInstant }),
  told.extend({ type: z.literal('overridden'), dueAt: storedInstant, review: storedReview }),
  told.extend({ type: z.literal('rejected') }),
  told.extend({ type: z.literal('cancelled') }),
  told.extend({
    type: z.literal('purchased'),
    purchase: storedPurchase,
    dueAt: storedInstant,
    review: storedReview.nullable(),
  }),
  told.extend({ type: z.literal('failed') }),
  told.extend({ type: z.literal('proven') }),
  told.extend({ type: z.literal('reopened'), why: reopenedWhy }),
  told.extend({ type: z.literal('reviewed'), outcome: z.enum(['approved', 'objected']) }),
  told.extend({ type: z.literal('flagged') }),
  told.extend({ type: z.literal('expired') }),
  told.extend({ type: z.literal('lapsed') }),
  told.extend({ type: z.literal('reminded') }),
  told.extend({ type: z.literal('rerouted'), seats: storedSeats, enough: z.boolean() }),
]);

/** The stored shape of a request, version 1. */
export function storeTopUp(state: TopUp): JsonValue {
  return {
    v: 1,
    ...state,
    requester: { ...state.requester },
    wish: storeWish(state.wish),
    policy: storePolicyParts(state.policy),
    rule: { ...state.rule },
    seats: storeSeats(state.seats),
    approvals: state.approvals.map(storeApproval),
    reminders: { ...state.reminders },
    purchases: state.purchases.map(storePurchase),
    review: state.review === null ? null : storeReview(state.review),
    trail: state.trail.map(({ by, actsFor, ...entry }) => ({
      ...entry,
      by: by === null ? null : { ...by },
      actsFor: actsFor === null ? null : { ...actsFor },
    })),
  };
}

/** @throws {z.ZodError} where the shape is not one that {@link storeTopUp} writes */
export function readTopUp(json: unknown): TopUp {
  const { v, ...state } = storedState.parse(json);
  return state;
}

/** The stored shape of one event of the log, version 1. */
export function storeTopUpEvent(event: TopUpEvent): JsonValue {
  const { at, type, comment } = event;
  const by = event.by === null ? null : { ...event.by };
  return { v: 1, type, at, by, rule: { ...event.rule }, comment, ...storeChange(event) };
}

function storeChange(event: TopUpEvent): { readonly [key: string]: JsonValue } {
  switch (event.type) {
    case 'requested':
      return {
        number: event.number,
        wish: storeWish(event.wish),
        policy: storePolicyParts(event.policy),
        seats: storeSeats(event.seats),
        dueAt: event.dueAt,
      };
    case 'edited': {
      const { wish, seats, voided, dueAt } = event;
      return { wish: storeWish(wish), seats: storeSeats(seats), voided, dueAt };
    }
    case 'approved':
      return { of: event.of, approval: storeApproval(event.approval) };
    case 'granted':
      return { dueAt: event.dueAt };
    case 'overridden':
      return { dueAt: event.dueAt, review: storeReview(event.review) };
    case 'purchased': {
      const review = event.review === null ? null : storeReview(event.review);
      return { purchase: storePurchase(event.purchase), dueAt: event.dueAt, review };
    }
    case 'reopened':
      return { why: event.why };
    case 'reviewed':
      return { outcome: event.outcome };
    case 'rerouted':
      return { seats: storeSeats(event.seats), enough: event.enough };
    default:
      return {};
  }
}

/** @throws {z.ZodError} where the shape is not one that {@link storeTopUpEvent} writes */
export function readTopUpEvent(json: unknown): TopUpEvent {
  const { v, ...event } = storedEvent.parse(json);
  return event;
}

const storedDelegations = z.object({
  v: shapeVersion,
  delegations: z.array(
    z.object({
      from: storedPerson,
      to: storedPerson,
      start: storedInstant,
      end: storedInstant,
      by: storedPerson,
    }),
  ),
});

export function storeDelegations(known: Delegations): JsonValue {
  return {
    v: 1,
    delegations: known.map(({ from, to, by, start, end }) => ({
      from: { ...from },
      to: { ...to },
      by: { ...by },
      start,
      end,
    })),
  };
}

/** @throws {z.ZodError} where the shape is not one that {@link storeDelegations} writes */
export function readDelegations(json: unknown): Delegations {
  return storedDelegations.parse(json).delegations;
}

const storedPolicy = storedPolicyParts
  .extend({ v: shapeVersion })
  .refine(({ bands }) => bands.length > 0, 'no band')
  .refine(
    ({ bands }) => bands.every(({ seats }) => seats.length > 0 && seats.length <= mostSeats),
    `a band without an approval, or with more than ${mostSeats}`,
  )
  .refine(
    ({ bands }) => bands.every(({ upTo }, index) => upTo > (bands[index - 1]?.upTo ?? 0n)),
    'bands that do not rise',
  );

/** The stored shape of a tenant's own policy for one currency, version 1. */
export function storePolicy(policy: Policy): JsonValue {
  return { v: 1, ...storePolicyParts(policy) };
}

/** @throws {z.ZodError} where the shape is not one that {@link storePolicy} writes, or no rule could be met by it */
export function readPolicy(json: unknown): Policy {
  const { v, ...policy } = storedPolicy.parse(json);
  return policy;
}
