import { type Episode, isLive, urgencyOf } from '../alerts/episode.ts';
import type { AlertKind, Urgency } from '../alerts/kind.ts';
import type { Instant } from '../decision/time.ts';

/** What goes on, and what ended lately; shown in a personal chat to a holder of an eligible role. */
export interface IncidentsAnswer {
  readonly kind: 'incidents';
  /** The worst first. */
  readonly open: readonly IncidentRow[];
  /** How many more go on. */
  readonly more: number;
  /** The latest first. */
  readonly ended: readonly IncidentRow[];
}

export interface IncidentRow {
  readonly id: string;
  readonly about: AlertKind;
  readonly urgency: Urgency;
  readonly currency: string | null;
  readonly since: Instant;
  /** Null while it goes on. */
  readonly endedAt: Instant | null;
  /** Who has it in hand; null for nobody. */
  readonly holder: string | null;
  readonly acknowledgedBy: string | null;
  readonly muted: boolean;
  /** True where another incident says what this one would. */
  readonly quiet: boolean;
}

const mostOpen = 10;
const mostEnded = 3;

/** Whom a list names, and of which incidents it tells. */
export function listedIncidents(episodes: readonly Episode[]): {
  readonly open: readonly Episode[];
  readonly more: number;
  readonly ended: readonly Episode[];
} {
  const open = episodes.filter(isLive).sort(worstFirst);
  const ended = episodes.filter((episode) => !isLive(episode)).sort(latestEndFirst);
  return {
    open: open.slice(0, mostOpen),
    more: Math.max(0, open.length - mostOpen),
    ended: ended.slice(0, mostEnded),
  };
}

export function incidentRow(episode: Episode, nameOf: (id: string) => string): IncidentRow {
  const { id, kind, currency, holder, acknowledged } = episode;
  return {
    id,
    about: kind,
    urgency: urgencyOf(episode),
    currency,
    since: episode.refiredAt ?? episode.openedAt,
    endedAt: isLive(episode) ? null : (episode.resolved?.at ?? null),
    holder: holder && nameOf(holder.by),
    acknowledgedBy: acknowledged && nameOf(acknowledged.by),
    muted: episode.mute !== null,
    quiet: episode.quietBy !== null,
  };
}

const urgencies: readonly Urgency[] = ['critical', 'warning', 'info'];

/** What is quiet is said by another; of what is as bad, the youngest comes first. */
function worstFirst(left: Episode, right: Episode): number {
  const quiet = ({ quietBy }: Episode): number => Number(quietBy !== null);
  const urgency = (episode: Episode): number => urgencies.indexOf(urgencyOf(episode));
  return quiet(left) - quiet(right) || urgency(left) - urgency(right) || right.openedAt - left.openedAt;
}

function latestEndFirst(left: Episode, right: Episode): number {
  return (right.resolved?.at ?? 0) - (left.resolved?.at ?? 0);
}
