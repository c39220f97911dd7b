import { type Episode, type EpisodeStatus, statusOf, urgencyOf } from '../alerts/episode.ts';
import { type AlertKind, kindRules, type Urgency } from '../alerts/kind.ts';
import type { IncidentSummary } from '../alerts/timeline.ts';
import type { Day, Instant } from '../decision/time.ts';
import { type Money, money } from '../money/money.ts';
import type { StoppingService } from './explain.ts';

/** One incident as it stands. With figures only in a personal chat of a holder of an eligible role. */
export interface IncidentAnswer {
  readonly kind: 'incident';
  readonly id: string;
  readonly about: AlertKind;
  readonly urgency: Urgency;
  readonly status: EpisodeStatus;
  /** True where others read along, or the reader may see no figures: no figure, no name, nothing to tap. */
  readonly shared: boolean;
  readonly currency: string | null;
  readonly openedAt: Instant;
  /** How and when it ended; null while it goes on. */
  readonly resolved: { readonly at: Instant; readonly by: string | null; readonly how: ResolvedHow } | null;
  /** Since when it is so again within the cool-down. */
  readonly againSince: Instant | null;
  readonly figures: IncidentFigures;
  readonly reason: string | null;
  readonly acknowledged: { readonly by: string; readonly at: Instant } | null;
  readonly holder: { readonly by: string; readonly since: Instant } | null;
  /** To whom it is offered, and not accepted yet. */
  readonly offeredTo: string | null;
  readonly mute: IncidentMute | null;
  /** A mute that waits for a second person. */
  readonly muteAsked: IncidentMute | null;
  /** True where another incident says what this one would. */
  readonly quiet: boolean;
  /** What stops at zero, the most used first; empty where it is not about that. */
  readonly stops: readonly StoppingService[];
  readonly findings: readonly IncidentFinding[];
  /** What happened, the earliest first. */
  readonly timeline: readonly IncidentStep[];
  /** What may be done about it now, the likeliest first. */
  readonly actions: readonly IncidentAction[];
}

type ResolvedHow = NonNullable<Episode['resolved']>['how'];

/** Null where it does not apply, or is not for everybody who reads. */
export interface IncidentFigures {
  readonly balance: Money | null;
  readonly threshold: Money | null;
  readonly amount: Money | null;
  readonly count: number | null;
  /** Since when it is so, or when it will be. */
  readonly at: Instant | null;
  readonly basisPoints: number | null;
  readonly timeLeftMs: number | null;
}

export interface IncidentMute {
  readonly by: string;
  readonly until: Instant;
  readonly reason: string;
}

export interface IncidentFinding {
  readonly subject: 'user' | 'class';
  /** A person's name, or a class of destinations. */
  readonly name: string;
  readonly day: Day;
  readonly spent: Money;
  readonly usual: Money;
}

export interface IncidentStep {
  readonly at: Instant;
  readonly type: IncidentSummary['steps'][number]['type'];
  readonly by: string | null;
  readonly detail: string | null;
}

export const incidentActions = [
  'alert.acknowledge',
  'alert.take',
  'alert.mute',
  'alert.resolve',
  'alert.rechargeConfirmed',
  'alert.rechargeFailed',
] as const;
export type IncidentAction = (typeof incidentActions)[number];

/** What only shows an incident. */
export const incidentViews = ['alert.view'] as const;

/** More lines than these nobody reads on a card. */
const mostSteps = 8;
const mostFindings = 5;

/** What is beside the incident itself. */
export interface IncidentContext {
  readonly summary: IncidentSummary;
  readonly stops: readonly StoppingService[];
  /** The name of a person, or of a user of calls, by the id. */
  readonly nameOf: (id: string) => string;
  /** Who reads and may see figures; null for a channel, and for whoever may not. */
  readonly reader: string | null;
}

export function incidentAnswer(episode: Episode, context: IncidentContext): IncidentAnswer {
  const { nameOf, reader, summary } = context;
  const { resolved, acknowledged, holder, offer } = episode;
  const shared = reader === null;
  const named = (by: string | null): string | null => (by === null ? null : nameOf(by));
  return {
    kind: 'incident',
    id: episode.id,
    about: episode.kind,
    urgency: urgencyOf(episode),
    status: statusOf(episode),
    shared,
    currency: episode.currency,
    openedAt: episode.openedAt,
    resolved: resolved && { at: resolved.at, by: shared ? null : named(resolved.by), how: resolved.how },
    againSince: episode.refiredAt,
    figures: shared ? noFigures : figuresOf(episode),
    ...(shared
      ? withoutNames
      : {
          reason: episode.facts.reason,
          acknowledged: acknowledged && { by: nameOf(acknowledged.by), at: acknowledged.at },
          holder: holder && { by: nameOf(holder.by), since: holder.since },
          offeredTo: offer && nameOf(offer.to),
          mute: muteOf(episode.mute, nameOf),
          muteAsked: muteOf(episode.muteAsked, nameOf),
          stops: isAboutStopping(episode.kind) ? context.stops : [],
          findings: findingsOf(episode, nameOf),
          timeline: summary.steps.slice(-mostSteps).map((step) => ({ ...step, by: named(step.by) })),
          actions: actionsFor(episode, reader),
        }),
    quiet: episode.quietBy !== null,
  };
}

const noFigures: IncidentFigures = {
  balance: null,
  threshold: null,
  amount: null,
  count: null,
  at: null,
  basisPoints: null,
  timeLeftMs: null,
};

const withoutNames = {
  reason: null,
  acknowledged: null,
  holder: null,
  offeredTo: null,
  mute: null,
  muteAsked: null,
  stops: [],
  findings: [],
  timeline: [],
  actions: [],
} as const;

function figuresOf({ currency, facts }: Episode): IncidentFigures {
  const amountOf = (microUnits: bigint | null): Money | null =>
    microUnits === null || currency === null ? null : money(microUnits, currency);
  const { balance, threshold, amount, count, at, basisPoints, timeLeftMs } = facts;
  return {
    balance: amountOf(balance),
    threshold: amountOf(threshold),
    amount: amountOf(amount),
    count,
    at,
    basisPoints,
    timeLeftMs,
  };
}

function muteOf(mute: Episode['mute'], nameOf: (id: string) => string): IncidentMute | null {
  return mute && { ...mute, by: nameOf(mute.by) };
}

function findingsOf(
  { currency, facts }: Episode,
  nameOf: (id: string) => string,
): readonly IncidentFinding[] {
  if (currency === null) return [];
  return facts.findings.slice(0, mostFindings).map(({ subject, id, day, spent, usual }) => ({
    subject,
    name: subject === 'user' ? nameOf(id) : id,
    day,
    spent: money(spent, currency),
    usual: money(usual, currency),
  }));
}

/** Incidents after which, or in which, calls stop. */
function isAboutStopping(kind: AlertKind): boolean {
  return (
    kind === 'balance-zero' ||
    kind === 'recharge-failed' ||
    kind === 'recharge-overdue' ||
    kind === 'balance-low'
  );
}

function actionsFor(episode: Episode, reader: string | null): readonly IncidentAction[] {
  if (episode.resolved !== null) return [];
  const { confirmable, closable } = kindRules[episode.kind];
  const isOffered = episode.offer !== null && episode.offer.to === reader;
  const mayTake = episode.holder === null || isOffered;
  const isAboutMoney = episode.kind === 'balance-zero' || episode.kind === 'balance-low';
  const may: Readonly<Record<IncidentAction, boolean>> = {
    'alert.acknowledge': episode.acknowledged === null,
    'alert.take': mayTake,
    'alert.rechargeConfirmed': confirmable,
    'alert.rechargeFailed': episode.kind === 'recharge-overdue' || isAboutMoney,
    'alert.mute': episode.mute === null,
    'alert.resolve': closable,
  };
  const likeliestFirst = [
    'alert.acknowledge',
    'alert.take',
    'alert.rechargeConfirmed',
    'alert.rechargeFailed',
  ] as const;
  return [...likeliestFirst, 'alert.mute' as const, 'alert.resolve' as const].filter((action) => may[action]);
}
