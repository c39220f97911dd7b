import { z } from 'zod';
import type { JsonValue } from '../decision/json.ts';
import type { AccountEvent, AccountState } from './account.ts';
import type { Entry } from './entry.ts';
import {
  storedCurrency,
  storedDay,
  storedEntry,
  storedFunding,
  storedInstant,
  storedMicroUnits,
  storedObservation,
  storedSettlement,
  storedUsageByDay,
  storeFunding,
  storeObservation,
  storeSettlement,
} from './stored-parts.ts';

const shapeVersion = 1;

const storedState = z.object({
  v: z.literal(shapeVersion),
  currency: storedCurrency,
  totals: z.object({
    credits: storedMicroUnits,
    funding: storedMicroUnits,
    usage: storedMicroUnits,
    expiry: storedMicroUnits,
    adjustment: storedMicroUnits,
  }),
  entries: z.number().int(),
  fundings: z.array(storedFunding),
  observations: z.array(storedObservation),
  usageByDay: storedUsageByDay,
  settlements: z.record(storedSettlement).transform((posted) => new Map(Object.entries(posted))),
  chargedCalls: z.number().int(),
  settledAt: storedInstant,
});

const entries = z.array(storedEntry);
const storedEvent = z.discriminatedUnion('type', [
  z.object({
    v: z.literal(shapeVersion),
    type: z.literal('usageRecorded'),
    recordedAt: storedInstant,
    batchId: z.string(),
    usageByDay: z.array(z.tuple([storedDay, storedMicroUnits])),
    usageBefore: z.array(z.tuple([z.string(), storedMicroUnits])),
    chargedCalls: z.number().int(),
    entries,
  }),
  z.object({
    v: z.literal(shapeVersion),
    type: z.literal('fundingRecorded'),
    recordedAt: storedInstant,
    funding: storedFunding,
    entries,
  }),
  z.object({
    v: z.literal(shapeVersion),
    type: z.literal('balanceObserved'),
    recordedAt: storedInstant,
    observation: storedObservation,
    entries: z.tuple([]),
  }),
  z.object({
    v: z.literal(shapeVersion),
    type: z.literal('settlementPosted'),
    recordedAt: storedInstant,
    key: z.string(),
    posted: storedSettlement,
    entries,
  }),
]);

/** The stored shape of an account, version 1. Equal states store equally. */
export function storeAccount(state: AccountState): JsonValue {
  const { totals } = state;
  return {
    v: shapeVersion,
    currency: state.currency,
    totals: {
      credits: totals.credits.toString(),
      funding: totals.funding.toString(),
      usage: totals.usage.toString(),
      expiry: totals.expiry.toString(),
      adjustment: totals.adjustment.toString(),
    },
    entries: state.entries,
    fundings: state.fundings.map(storeFunding),
    observations: state.observations.map(storeObservation),
    usageByDay: sorted(state.usageByDay, (microUnits) => microUnits.toString()),
    settlements: sorted(state.settlements, storeSettlement),
    chargedCalls: state.chargedCalls,
    settledAt: state.settledAt,
  };
}

/** @throws {z.ZodError} where the shape is not one that {@link storeAccount} writes */
export function readAccount(json: unknown): AccountState {
  const { v, ...state } = storedState.parse(json);
  return state;
}

/** The stored shape of one event of an account's log, version 1. */
export function storeEvent(event: AccountEvent): JsonValue {
  const { type, recordedAt } = event;
  const told = { v: shapeVersion, type, recordedAt, entries: event.entries.map(storeEntry) };
  switch (event.type) {
    case 'usageRecorded':
      return {
        ...told,
        batchId: event.batchId,
        usageByDay: event.usageByDay.map(([day, microUnits]) => [day, microUnits.toString()]),
        usageBefore: event.usageBefore.map(([id, microUnits]) => [id, microUnits.toString()]),
        chargedCalls: event.chargedCalls,
      };
    case 'fundingRecorded':
      return { ...told, funding: storeFunding(event.funding) };
    case 'balanceObserved':
      return { ...told, observation: storeObservation(event.observation) };
    case 'settlementPosted':
      return { ...told, key: event.key, posted: storeSettlement(event.posted) };
  }
}

/** @throws {z.ZodError} where the shape is not one that {@link storeEvent} writes */
export function readEvent(json: unknown): AccountEvent {
  const { v, ...event } = storedEvent.parse(json);
  return event;
}

function storeEntry(entry: Entry): JsonValue {
  return {
    ...entry,
    postings: entry.postings.map(({ account, microUnits }) => ({
      account,
      microUnits: microUnits.toString(),
    })),
  };
}

function sorted<Key extends string, Value>(
  map: ReadonlyMap<Key, Value>,
  store: (value: Value) => JsonValue,
): JsonValue {
  const inOrder = [...map].sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(inOrder.map(([key, value]) => [key, store(value)]));
}
