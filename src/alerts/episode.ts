import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import type { AlertFacts } from './condition.ts';
import type { EscalationTarget } from './escalation.ts';
import { type AlertKind, kindRules } from './kind.ts';

/** One incident from its beginning to its end: all signals of one kind and currency while it lasts. */
export interface Episode {
  readonly id: string;
  readonly kind: AlertKind;
  /** Null for what concerns no currency. */
  readonly currency: Currency | null;
  readonly openedAt: Instant;
  /** How many events it has had; each has its number, from 1. */
  readonly events: number;
  /** What fired in it; each once. */
  readonly levels: readonly string[];
  readonly facts: AlertFacts;
  /** When the facts were last told. */
  readonly toldAt: Instant;
  /** When it began, got worse or spoke again: the chain of escalation counts from here. */
  readonly chainSince: Instant;
  readonly repeats: number;
  readonly repeatAt: Instant | null;
  /** Steps of the chain that were taken since then. */
  readonly steps: number;
  readonly escalateAt: Instant | null;
  /** Whom it was told beyond the usual roles. */
  readonly toldBeyond: readonly EscalationTarget[];
  readonly acknowledged: { readonly by: string; readonly at: Instant } | null;
  /** Who has it in hand. */
  readonly holder: { readonly by: string; readonly since: Instant } | null;
  readonly offer: { readonly by: string; readonly to: string; readonly at: Instant } | null;
  /** Asked for by one of the two people that it takes. */
  readonly muteAsked: Mute | null;
  readonly mute: Mute | null;
  /** The episode that says what this one would say. */
  readonly quietBy: string | null;
  /** When it ends, if all stays well until then. */
  readonly clearAt: Instant | null;
  readonly resolved: Resolved | null;
  /** Since when it fires again within the cool-down. */
  readonly refiredAt: Instant | null;
}

export interface Mute {
  readonly by: string;
  readonly until: Instant;
  readonly reason: string;
}

export interface Resolved {
  readonly at: Instant;
  /** Null where it ended by itself. */
  readonly by: string | null;
  /**
   * `recovered`: what it tells of is over. `confirmed`: a person says that it works again. `closed`: a person has
   * seen enough of it. `told`: there was nothing to follow.
   */
  readonly how: 'recovered' | 'confirmed' | 'closed' | 'told';
  /** Firing again before this belongs to this episode. */
  readonly coolUntil: Instant;
  /** True while what a person closed still lasts: it does not begin anew by itself. */
  readonly lasting: boolean;
}

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

/** How an episode stands, in one word. */
export type EpisodeStatus = 'open' | 'escalated' | 'acknowledged' | 'muted' | 'resolved';

export function statusOf(episode: Episode): EpisodeStatus {
  if (episode.resolved !== null) return 'resolved';
  if (episode.mute !== null) return 'muted';
  if (episode.acknowledged !== null) return 'acknowledged';
  return episode.steps > 0 ? 'escalated' : 'open';
}

/** True while it goes on, also where it came back within the cool-down. */
export function isLive(episode: Episode): boolean {
  return episode.resolved === null || episode.refiredAt !== null;
}

/** True where it would speak by itself: nobody has it, and nothing keeps it quiet. */
export function isUnattended({ resolved, acknowledged, mute, quietBy }: Episode): boolean {
  return resolved === null && acknowledged === null && mute === null && quietBy === null;
}

/** Incidents of one kind and currency take turns. */
export function slotOf({ kind, currency }: Pick<Episode, 'kind' | 'currency'>): string {
  return currency === null ? kind : `${kind}:${currency}`;
}

export function urgencyOf({ kind }: Pick<Episode, 'kind'>) {
  return kindRules[kind].urgency;
}

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
