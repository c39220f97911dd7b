import { alertsUnder } from '../alerts/alerts.ts';
import type { EpisodeEvent } from '../alerts/episode-event.ts';
import { notices } from '../alerts/notices.ts';
import type { AlertRefusal } from '../alerts/person-command.ts';
import { storeEpisode, storeEpisodeEvent } from '../alerts/stored-episode.ts';
import { type AlertEvent, type AlertsState, episodeOf } from '../alerts/unfolding.ts';
import type { AuditFact } from '../decision/audit.ts';
import type { Change, OutboxMessage, RecordChange } from '../decision/commit.ts';
import type { Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import {
  type AlertBooks,
  type AlertsHead,
  alertsHeadChange,
  incidentLog,
  incidentsTable,
} from './alert-books.ts';
import { bookAudit, changeOf } from './booking.ts';
import { incidentAudit } from './incident-audit.ts';

/** The incidents that a step was about, in the order of their first event. */
export type Followed = readonly string[];

/** Of what came once from its cause. */
export interface IncidentRequest {
  readonly key: string;
  readonly digest: string;
}

/** What was decided about incidents, and what it was decided upon. */
interface Decided {
  readonly books: AlertBooks;
  readonly events: readonly AlertEvent[];
  readonly looked: AlertsHead['looked'] | null;
  readonly records: readonly RecordChange[];
  /** What became of drills that end. */
  readonly certified: readonly AuditFact[];
  /** Whose holders are told, unless a step of the chain says otherwise. */
  readonly roles: readonly string[];
  readonly actor: string;
  readonly at: Instant;
  readonly request: IncidentRequest | undefined;
}

/** The incidents, their log, the audit, and what is to be said: all of it or nothing. */
export function planIncidents(tenant: TenantId, decided: Decided): Plan<Followed, AlertRefusal> {
  const { books, events, records, certified, roles, actor, at, request } = decided;
  const looked = decided.looked ?? books.alerts.state.looked;
  const isLookedFurther = looked !== books.alerts.state.looked;
  const told = events.flatMap((event): readonly EpisodeEvent[] => ('episode' in event ? [event] : []));
  const outcome = [...new Set(told.map(({ episode }) => episode))];
  const isNothing = events.length + records.length === 0 && !isLookedFurther && request === undefined;
  if (isNothing) return { kind: 'nothing', outcome };

  const { settings } = books.settings.state;
  const state = events.reduce(alertsUnder(settings).evolve, books.alerts.state.state);
  const facts = told.flatMap((event) => incidentAudit(event, { state, actor }));
  const head = { heads: [alertsHeadChange(books.alerts, { state, looked })], events: logEvents(told) };
  const audited = bookAudit(books.books, ...facts, ...certified);
  const change: Change = changeOf(tenant, [head, audited], {
    ...recordsOf(state, outcome, records),
    messages: messages(events, { state, roles, at }),
    ...(request && { idempotency: { ...request, outcome } }),
  });
  return { kind: 'change', outcome, change };
}

function logEvents(events: readonly EpisodeEvent[]) {
  return events.map((event) => ({ log: incidentLog(event.episode), event: storeEpisodeEvent(event) }));
}

function recordsOf(
  state: AlertsState,
  ids: readonly string[],
  beside: readonly RecordChange[],
): Pick<Change, 'records' | 'members'> {
  const episodes = ids.flatMap((id) => episodeOf(state, id) ?? []);
  return {
    records: [
      ...episodes.map((episode) => ({
        table: incidentsTable,
        id: episode.id,
        value: storeEpisode(episode),
      })),
      ...beside,
    ],
    members: episodes.map(({ id, openedAt }) => ({ index: incidentsTable, score: openedAt, member: id })),
  };
}

function messages(
  events: readonly AlertEvent[],
  {
    state,
    roles,
    at,
  }: { readonly state: AlertsState; readonly roles: readonly string[]; readonly at: Instant },
): readonly OutboxMessage[] {
  return notices(events, { state, roles }).map(({ episode, key, audience, mode, urgency, way }) => {
    const said = audienceOf(audience);
    const body = { v: 1, about: { kind: 'incident', id: episode }, audience: said, mode, urgency, at };
    return { key, body: way === 'mail' ? { ...body, way } : body };
  });
}

function audienceOf(audience: ReturnType<typeof notices>[number]['audience']) {
  switch (audience.kind) {
    case 'roles':
      return { kind: audience.kind, roles: audience.roles };
    case 'people':
      return { kind: audience.kind, people: audience.people };
    case 'channel':
      return { kind: audience.kind };
  }
}
