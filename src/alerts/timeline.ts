import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import type { AlertFacts } from './alert-facts.ts';
import type { Episode } from './episode.ts';
import { type EpisodeEvent, evolved, opened } from './episode-event.ts';
import type { AlertKind } from './kind.ts';

/** What a closed incident comes to on one page, from its log alone. */
export interface IncidentSummary {
  readonly id: string;
  readonly kind: AlertKind;
  readonly currency: Currency | null;
  readonly openedAt: Instant;
  /** Null while it goes on. */
  readonly resolvedAt: Instant | null;
  readonly durationMs: number | null;
  /** From the beginning to the first acknowledgement; null where nobody acknowledged. */
  readonly acknowledgedAfterMs: number | null;
  /** How far the balance fell, in micro-units; null where it concerns no balance. */
  readonly lowestBalance: bigint | null;
  /** How long the balance was at zero or below, as far as it was told; null where it concerns no balance. */
  readonly atZeroMs: number | null;
  /** How often it got worse, was said again, and was turned to others. */
  readonly worsened: number;
  readonly repeated: number;
  readonly escalated: number;
  /** Everybody who did something, in order of their first deed. */
  readonly people: readonly string[];
  readonly steps: readonly TimelineStep[];
}

/** One line: who did what when; `by` is null where it happened by itself. */
export interface TimelineStep {
  readonly at: Instant;
  readonly type: EpisodeEvent['type'];
  readonly by: string | null;
  /** Whom it was offered to; null where it was offered to nobody. */
  readonly to: string | null;
  /** Why it was muted, or why it failed; null where there is nothing to say. */
  readonly detail: string | null;
}

/** Steps that the reader of a timeline does not miss. */
const untold: ReadonlySet<EpisodeEvent['type']> = new Set(['updated', 'recovering', 'relapsed', 'over']);

/** The events are those of one episode from its beginning; null where they are none. */
export function incidentSummary(events: readonly EpisodeEvent[]): IncidentSummary | null {
  const episode = replayed(events);
  if (episode === null) return null;
  const { id, kind, currency, openedAt, resolved } = episode;
  const lowestBalance = lowest(events);
  const acknowledgement = events.find(({ type }) => type === 'acknowledged' || type === 'taken');
  const steps = events.filter(({ type }) => !untold.has(type)).map(stepOf);
  const count = (type: EpisodeEvent['type']): number => events.filter((event) => event.type === type).length;
  return {
    id,
    kind,
    currency,
    openedAt,
    resolvedAt: resolved?.at ?? null,
    durationMs: resolved === null ? null : resolved.at - openedAt,
    acknowledgedAfterMs: acknowledgement === undefined ? null : acknowledgement.at - openedAt,
    lowestBalance,
    atZeroMs: lowestBalance === null ? null : atZero(kind, events),
    worsened: count('worsened'),
    repeated: count('repeated'),
    escalated: count('escalated'),
    people: [...new Set(steps.flatMap(({ by }) => (by === null ? [] : [by])))],
    steps,
  };
}

/** The episode as its log tells it; null where the log is empty. */
export function replayed(events: readonly EpisodeEvent[]): Episode | null {
  let episode: Episode | null = null;
  for (const event of events) {
    if (event.type === 'opened') episode = opened(event);
    else if (episode !== null) episode = evolved(episode, event);
  }
  return episode;
}

function stepOf(event: EpisodeEvent): TimelineStep {
  const to = event.type === 'handover-offered' ? event.to : null;
  return { at: event.at, type: event.type, by: actorOf(event), to, detail: detailOf(event) };
}

/** Null where the event happened by itself. */
export function actorOf(event: EpisodeEvent): string | null {
  switch (event.type) {
    case 'acknowledged':
    case 'taken':
    case 'handover-offered':
    case 'handover-accepted':
    case 'resolved':
      return event.by;
    case 'mute-asked':
      return event.mute.by;
    case 'muted':
      return event.confirmedBy ?? event.mute.by;
    default:
      return null;
  }
}

function detailOf(event: EpisodeEvent): string | null {
  if (event.type === 'muted' || event.type === 'mute-asked') return event.mute.reason;
  return event.type === 'opened' ? event.facts.reason : null;
}

function lowest(events: readonly EpisodeEvent[]): bigint | null {
  let least: bigint | null = null;
  for (const { balance } of events.flatMap(factsIn)) {
    if (balance !== null && (least === null || balance < least)) least = balance;
  }
  return least;
}

function atZero(kind: AlertKind, events: readonly EpisodeEvent[]): number {
  let since: Instant | null = null;
  let sum = 0;
  for (const event of events) {
    const isAtZero = isAtZeroAfter(kind, event);
    if (isAtZero === null) continue;
    if (since !== null) sum += event.at - since;
    since = isAtZero ? event.at : null;
  }
  return sum;
}

/** What recovers is above zero from then on, though its incident is held a while; null where nothing is told. */
function isAtZeroAfter(kind: AlertKind, event: EpisodeEvent): boolean | null {
  if (event.type === 'recovering') return false;
  if (event.type === 'relapsed') return kind === 'balance-zero' ? true : null;
  const balance = factsIn(event)[0]?.balance ?? null;
  return balance === null ? null : balance <= 0n;
}

function factsIn(event: EpisodeEvent): readonly AlertFacts[] {
  return 'facts' in event ? [event.facts] : [];
}
