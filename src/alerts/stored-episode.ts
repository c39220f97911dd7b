import { z } from 'zod';
import type { JsonValue } from '../decision/json.ts';
import { currency } from '../money/currency.ts';
import { asStored } from './as-stored.ts';
import type { Episode } from './episode.ts';
import type { EpisodeEvent } from './episode-event.ts';
import { escalationTarget } from './escalation.ts';
import { alertKinds } from './kind.ts';
import {
  currencyCode,
  day,
  expiringLot,
  instant,
  instantOrNull,
  microUnits,
  microUnitsOrNull,
  number,
  numberOrNull,
  text,
  textOrNull,
} from './stored-parts.ts';
import type { AlertsState } from './unfolding.ts';

const shapeVersion = 1;

const finding = z.object({
  subject: z.enum(['user', 'class']),
  id: text,
  day,
  spent: microUnits,
  usual: microUnits,
});

const facts = z.object({
  balance: microUnitsOrNull,
  threshold: microUnitsOrNull,
  amount: microUnitsOrNull,
  count: numberOrNull,
  /** Absent in what earlier releases wrote. */
  of: numberOrNull.default(null),
  at: instantOrNull,
  basisPoints: numberOrNull,
  timeLeftMs: numberOrNull,
  reason: textOrNull,
  reference: textOrNull,
  findings: z.array(finding),
});

const levels = z.array(text);
const mute = z.object({ by: text, until: instant, reason: text });
const reminders = { repeatAt: instantOrNull, escalateAt: instantOrNull };
const end = {
  by: textOrNull,
  how: z.enum(['recovered', 'confirmed', 'closed', 'told']),
  coolUntil: instant,
  lasting: z.boolean(),
};
const about = { kind: z.enum(alertKinds), currency: currencyCode.nullable() };

const storedEpisode = z.object({
  id: text,
  ...about,
  openedAt: instant,
  events: number,
  levels,
  facts,
  toldAt: instant,
  chainSince: instant,
  repeats: number,
  ...reminders,
  steps: number,
  toldBeyond: z.array(escalationTarget),
  acknowledged: z.object({ by: text, at: instant }).nullable(),
  holder: z.object({ by: text, since: instant }).nullable(),
  offer: z.object({ by: text, to: text, at: instant }).nullable(),
  muteAsked: mute.nullable(),
  mute: mute.nullable(),
  quietBy: textOrNull,
  clearAt: instantOrNull,
  resolved: z.object({ at: instant, ...end }).nullable(),
  refiredAt: instantOrNull,
});

const recharge = z.object({ id: text, at: instant, amount: microUnitsOrNull });
const storedWatch = z.object({
  balance: microUnitsOrNull,
  lastPurchase: microUnitsOrNull,
  usualDay: microUnitsOrNull,
  belowTriggerSince: instantOrNull,
  overdueAt: instantOrNull,
  failed: z
    .object({ at: instant, attempts: number, reason: textOrNull, reference: textOrNull, by: textOrNull })
    .nullable(),
  recharges: z.array(recharge),
  succeeded: recharge.nullable(),
  shortfall: numberOrNull,
  lots: z.array(expiringLot),
  findings: z.array(finding),
  drift: z
    .object({ observation: text, amount: microUnits, basisPoints: numberOrNull, isOver: z.boolean() })
    .nullable(),
});

const look = { reachable: number, of: number, unreached: number, at: instant };
const storedReach = z.object({
  since: instant,
  latest: z.object(look).nullable(),
  week: day.nullable(),
  report: z.object({ ...look, week: day }).nullable(),
});

const storedState = z.object({
  v: z.literal(shapeVersion),
  count: number,
  episodes: z.record(storedEpisode).transform((bySlot) => new Map(Object.entries(bySlot))),
  watches: z.record(storedWatch).transform((byCode, context) => {
    const entries = Object.entries(byCode).flatMap(([code, watch]) => {
      const known = currency(code);
      if (known === null)
        context.addIssue({ code: z.ZodIssueCode.custom, message: `not a currency: ${code}` });
      return known === null ? [] : [[known, watch] as const];
    });
    return new Map(entries);
  }),
  feed: z.object({ completedAt: instant, blindAt: instant }).nullable(),
  drill: z.object({ startedAt: instant, endsAt: instant, by: text }).nullable(),
  /** Absent in what earlier releases wrote. */
  reach: storedReach.nullable().default(null),
});

const of = { v: z.literal(shapeVersion), episode: text, number, at: instant };
const by = { by: text };
const storedEvent = z.discriminatedUnion('type', [
  z.object({ ...of, type: z.literal('opened'), ...about, levels, facts, ...reminders }),
  z.object({ ...of, type: z.literal('worsened'), levels, facts, ...reminders }),
  z.object({ ...of, type: z.literal('updated'), facts }),
  z.object({ ...of, type: z.literal('recovering'), clearAt: instant }),
  z.object({ ...of, type: z.literal('relapsed') }),
  z.object({ ...of, type: z.literal('quietened'), ...by }),
  z.object({ ...of, type: z.literal('spoke-again'), ...reminders }),
  z.object({ ...of, type: z.literal('repeated'), repeatAt: instantOrNull }),
  z.object({
    ...of,
    type: z.literal('escalated'),
    step: number,
    to: escalationTarget,
    escalateAt: instantOrNull,
  }),
  z.object({ ...of, type: z.literal('acknowledged'), ...by }),
  z.object({ ...of, type: z.literal('taken'), ...by }),
  z.object({ ...of, type: z.literal('handover-offered'), ...by, to: text }),
  z.object({ ...of, type: z.literal('handover-accepted'), ...by }),
  z.object({ ...of, type: z.literal('mute-asked'), mute }),
  z.object({ ...of, type: z.literal('muted'), mute, confirmedBy: textOrNull }),
  z.object({ ...of, type: z.literal('mute-ended'), ...reminders }),
  z.object({ ...of, type: z.literal('resolved'), facts, ...end }),
  z.object({ ...of, type: z.literal('refired'), facts }),
  z.object({ ...of, type: z.literal('subsided') }),
  z.object({ ...of, type: z.literal('over') }),
]);

/** The stored shape of a tenant's alerts, version 1. Equal states store equally. */
export function storeAlerts({ count, episodes, watches, feed, drill, reach }: AlertsState): JsonValue {
  const state = { count, episodes: inOrder(episodes), watches: inOrder(watches), feed, drill, reach };
  return asStored({ v: shapeVersion, ...state });
}

/** @throws {z.ZodError} where the shape is not one that {@link storeAlerts} writes */
export function readAlerts(json: unknown): AlertsState {
  const { v, ...state } = storedState.parse(json);
  return state;
}

/** The stored shape of one event of the log of alerts, version 1. */
export function storeEpisodeEvent(event: EpisodeEvent): JsonValue {
  return asStored({ v: shapeVersion, ...event });
}

/** @throws {z.ZodError} where the shape is not one that {@link storeEpisodeEvent} writes */
export function readEpisodeEvent(json: unknown): EpisodeEvent {
  const { v, ...event } = storedEvent.parse(json);
  return event;
}

/** The stored shape of one episode, as its record keeps it when another has taken its place, version 1. */
export function storeEpisode(episode: Episode): JsonValue {
  return asStored({ v: shapeVersion, ...episode });
}

/** @throws {z.ZodError} where the shape is not one that {@link storeEpisode} writes */
export function readEpisode(json: unknown): Episode {
  const { v, ...episode } = storedEpisode.extend({ v: z.literal(shapeVersion) }).parse(json);
  return episode;
}

function inOrder<Value>(map: ReadonlyMap<string, Value>): Readonly<Record<string, Value>> {
  return Object.fromEntries([...map].sort(([left], [right]) => (left < right ? -1 : 1)));
}
