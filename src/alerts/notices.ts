import { type Episode, isUnattended, urgencyOf } from './episode.ts';
import type { EpisodeEvent } from './episode-event.ts';
import type { EscalationTarget } from './escalation.ts';
import type { Urgency } from './kind.ts';
import { type AlertEvent, type AlertsState, episodeOf } from './unfolding.ts';

/** Whom something is to be said to; who that is, is looked up when it is sent. */
export type Audience =
  | { readonly kind: 'roles'; readonly roles: readonly string[] }
  | { readonly kind: 'people'; readonly people: readonly string[] }
  | { readonly kind: 'channel' };

/** That something is to be said of an episode: what, is read when it is sent. */
export interface Notice {
  readonly episode: string;
  /** From the event that caused it: the same event is said once. */
  readonly key: string;
  readonly audience: Audience;
  /** `edit` changes the card that is there; `new` speaks up; `final` does both, for the last time. */
  readonly mode: 'new' | 'edit' | 'final';
  readonly urgency: Urgency;
  /** `mail` where the chat was not heard. */
  readonly way: 'chat' | 'mail';
}

/** What the events of one decision come to: at most one notice for each episode and audience. */
export function notices(
  events: readonly AlertEvent[],
  { state, roles }: { readonly state: AlertsState; readonly roles: readonly string[] },
): readonly Notice[] {
  const strongest = new Map<string, Notice>();
  for (const event of events) {
    if (!('episode' in event)) continue;
    const episode = episodeOf(state, event.episode);
    if (episode === null) continue;
    for (const { to, mode } of said(event, episode)) {
      const notice = noticeOf(event, { episode, to, mode, roles });
      const place = JSON.stringify([notice.episode, notice.audience, notice.way]);
      const before = strongest.get(place);
      if (before === undefined || rank[before.mode] <= rank[mode]) strongest.set(place, notice);
    }
  }
  return [...strongest.values()];
}

const rank: Readonly<Record<Notice['mode'], number>> = { edit: 0, new: 1, final: 2 };

/** `told`: everybody of the usual roles, and of those that were turned to since. */
type Target =
  | EscalationTarget
  | { readonly kind: 'told' }
  | { readonly kind: 'person'; readonly person: string };
interface Said {
  readonly to: Target;
  readonly mode: Notice['mode'];
}

/** A new message is for a worse state and for the end; all else is seen on the card. */
function said(event: EpisodeEvent, episode: Episode): readonly Said[] {
  switch (event.type) {
    case 'opened':
    case 'worsened':
      return everywhere(episode, 'new');
    case 'mute-ended':
      return everywhere(episode, isUnattended(episode) ? 'new' : 'edit');
    case 'repeated':
      return [{ to: { kind: 'told' }, mode: 'new' }];
    case 'escalated':
      return [{ to: event.to, mode: 'new' }, ...everywhere(episode, 'edit')];
    case 'resolved':
      if (event.how === 'told') return [];
      // The end of what another said is not worth a message.
      return everywhere(episode, episode.quietBy === null ? 'final' : 'edit');
    case 'handover-offered':
      return [{ to: { kind: 'person', person: event.to }, mode: 'new' }, ...everywhere(episode, 'edit')];
    case 'recovering':
    case 'relapsed':
    case 'over':
      return [];
    default:
      return everywhere(episode, 'edit');
  }
}

function everywhere({ toldBeyond }: Episode, mode: Notice['mode']): readonly Said[] {
  const inChannel = toldBeyond.some(({ kind }) => kind === 'channel');
  return [{ to: { kind: 'told' }, mode }, ...(inChannel ? [{ to: { kind: 'channel' } as const, mode }] : [])];
}

function noticeOf(
  { number }: EpisodeEvent,
  { episode, to, mode, roles }: { readonly episode: Episode; readonly roles: readonly string[] } & Said,
): Notice {
  return {
    episode: episode.id,
    key: `incident:${episode.id}:${number}:${to.kind}`,
    audience: audienceOf(to, episode, roles),
    mode,
    urgency: urgencyOf(episode),
    way: to.kind === 'mail' ? 'mail' : 'chat',
  };
}

function audienceOf(to: Target, { toldBeyond }: Episode, usual: readonly string[]): Audience {
  switch (to.kind) {
    case 'channel':
      return { kind: 'channel' };
    case 'person':
      return { kind: 'people', people: [to.person] };
    case 'roles':
      return { kind: 'roles', roles: to.roles };
    case 'mail':
      return { kind: 'roles', roles: usual };
    case 'told': {
      const beyond = toldBeyond.flatMap((target) => (target.kind === 'roles' ? target.roles : []));
      return { kind: 'roles', roles: [...new Set([...usual, ...beyond])] };
    }
  }
}
