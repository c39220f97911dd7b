import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import type { AlertFacts } from './alert-facts.ts';
import type { Episode, Mute, Resolved } from './episode.ts';
import type { EscalationTarget } from './escalation.ts';
import type { AlertKind } from './kind.ts';

/** What happened to an episode: which, the number of the event in it, and when. */
export type EpisodeEvent = { readonly episode: string; readonly number: number; readonly at: Instant } & (
  | {
      readonly type: 'opened';
      readonly kind: AlertKind;
      readonly currency: Currency | null;
      readonly levels: readonly string[];
      readonly facts: AlertFacts;
      readonly repeatAt: Instant | null;
      readonly escalateAt: Instant | null;
    }
  | {
      readonly type: 'worsened';
      readonly levels: readonly string[];
      readonly facts: AlertFacts;
      readonly repeatAt: Instant | null;
      readonly escalateAt: Instant | null;
    }
  | { readonly type: 'updated'; readonly facts: AlertFacts }
  | { readonly type: 'recovering'; readonly clearAt: Instant }
  | { readonly type: 'relapsed' }
  | { readonly type: 'quietened'; readonly by: string }
  | { readonly type: 'spoke-again'; readonly repeatAt: Instant | null; readonly escalateAt: Instant | null }
  | { readonly type: 'repeated'; readonly repeatAt: Instant | null }
  | {
      readonly type: 'escalated';
      readonly step: number;
      readonly to: EscalationTarget;
      readonly escalateAt: Instant | null;
    }
  | { readonly type: 'acknowledged'; readonly by: string }
  | { readonly type: 'taken'; readonly by: string }
  | { readonly type: 'handover-offered'; readonly by: string; readonly to: string }
  | { readonly type: 'handover-accepted'; readonly by: string }
  | { readonly type: 'mute-asked'; readonly mute: Mute }
  | { readonly type: 'muted'; readonly mute: Mute; readonly confirmedBy: string | null }
  | { readonly type: 'mute-ended'; readonly repeatAt: Instant | null; readonly escalateAt: Instant | null }
  | ({ readonly type: 'resolved'; readonly facts: AlertFacts } & Omit<Resolved, 'at'>)
  | { readonly type: 'refired'; readonly facts: AlertFacts }
  | { readonly type: 'subsided' }
  | { readonly type: 'over' }
);

export type EpisodeEventOf<Type extends EpisodeEvent['type']> = Extract<
  EpisodeEvent,
  { readonly type: Type }
>;

/** The episode as it begins. */
export function opened(event: EpisodeEventOf<'opened'>): Episode {
  const { episode: id, kind, currency, at, levels, facts, repeatAt, escalateAt } = event;
  return {
    id,
    kind,
    currency,
    openedAt: at,
    events: event.number,
    levels,
    facts,
    toldAt: at,
    chainSince: at,
    repeats: 0,
    repeatAt,
    steps: 0,
    escalateAt,
    toldBeyond: [],
    acknowledged: null,
    holder: null,
    offer: null,
    muteAsked: null,
    mute: null,
    quietBy: null,
    clearAt: null,
    resolved: null,
    refiredAt: null,
  };
}

/** The episode after one more event. */
export function evolved(episode: Episode, event: Exclude<EpisodeEvent, { type: 'opened' }>): Episode {
  return { ...episode, ...changes(episode, event), events: event.number };
}

function changes(episode: Episode, event: Exclude<EpisodeEvent, { type: 'opened' }>): Partial<Episode> {
  const { at } = event;
  switch (event.type) {
    case 'worsened': {
      // A worse state is news to whoever acknowledged or muted the one before.
      const unattended = { acknowledged: null, mute: null, muteAsked: null, clearAt: null };
      const levels = [...episode.levels, ...event.levels];
      return { ...unattended, ...restarted(event), levels, facts: event.facts, toldAt: at };
    }
    case 'updated':
      return { facts: event.facts, toldAt: at };
    case 'recovering':
      return { clearAt: event.clearAt };
    case 'relapsed':
      return { clearAt: null };
    case 'quietened':
      return { quietBy: event.by };
    case 'spoke-again':
      return { quietBy: null, ...restarted(event) };
    case 'repeated':
      return { repeats: episode.repeats + 1, repeatAt: event.repeatAt };
    case 'escalated':
      return {
        steps: event.step + 1,
        escalateAt: event.escalateAt,
        toldBeyond: [...episode.toldBeyond, event.to],
      };
    case 'acknowledged':
      return { acknowledged: { by: event.by, at } };
    case 'taken':
    case 'handover-accepted':
      return {
        acknowledged: episode.acknowledged ?? { by: event.by, at },
        holder: { by: event.by, since: at },
        offer: null,
      };
    case 'handover-offered':
      return { offer: { by: event.by, to: event.to, at } };
    case 'mute-asked':
      return { muteAsked: event.mute };
    case 'muted':
      return { mute: event.mute, muteAsked: null };
    case 'mute-ended':
      return { mute: null, ...restarted(event) };
    case 'resolved': {
      const { by, how, coolUntil, lasting, facts } = event;
      const silent = {
        repeatAt: null,
        escalateAt: null,
        clearAt: null,
        mute: null,
        muteAsked: null,
        offer: null,
      };
      return { ...silent, facts, toldAt: at, resolved: { at, by, how, coolUntil, lasting } };
    }
    case 'refired':
      return { refiredAt: at, facts: event.facts, toldAt: at };
    case 'subsided':
      return { refiredAt: null };
    case 'over':
      return episode.resolved === null ? {} : { resolved: { ...episode.resolved, lasting: false } };
  }
}

/** The reminders and the chain from their beginning. */
function restarted({
  at,
  repeatAt,
  escalateAt,
}: Pick<EpisodeEventOf<'spoke-again'>, 'at' | 'repeatAt' | 'escalateAt'>): Partial<Episode> {
  return { chainSince: at, repeats: 0, steps: 0, repeatAt, escalateAt };
}
