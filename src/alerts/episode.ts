import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import type { AlertFacts } from './alert-facts.ts';
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
