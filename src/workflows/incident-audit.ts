import type { EpisodeEvent } from '../alerts/episode-event.ts';
import { actorOf } from '../alerts/timeline.ts';
import { type AlertsState, episodeOf } from '../alerts/unfolding.ts';
import type { AuditFact } from '../decision/audit.ts';
import type { JsonValue } from '../decision/json.ts';

/** What happened by itself again and again, or on the way to something, is told by the incident's own log. */
const unaudited: ReadonlySet<EpisodeEvent['type']> = new Set([
  'updated',
  'recovering',
  'relapsed',
  'quietened',
  'spoke-again',
  'repeated',
  'subsided',
  'over',
]);

/** The audit entry of an event of an incident, `alert.opened`, `alert.acknowledged`, …; none for what is no deed. */
export function incidentAudit(
  event: EpisodeEvent,
  { state, actor }: { readonly state: AlertsState; readonly actor: string },
): readonly AuditFact[] {
  if (unaudited.has(event.type)) return [];
  const episode = episodeOf(state, event.episode);
  const about = { kind: episode?.kind ?? null, currency: episode?.currency ?? null };
  return [
    {
      at: event.at,
      actor: actorOf(event) ?? actor,
      type: `alert.${event.type}`,
      subject: event.episode,
      data: { ...about, ...dataOf(event) },
    },
  ];
}

function dataOf(event: EpisodeEvent): { readonly [key: string]: JsonValue } {
  switch (event.type) {
    case 'opened':
    case 'worsened':
      return { levels: event.levels, reason: event.facts.reason };
    case 'escalated':
      return { step: event.step, to: event.to.kind };
    case 'handover-offered':
      return { to: event.to };
    case 'mute-asked':
      return { until: event.mute.until, reason: event.mute.reason };
    case 'muted':
      return { until: event.mute.until, reason: event.mute.reason, askedBy: event.mute.by };
    case 'resolved':
      return { how: event.how };
    default:
      return {};
  }
}
