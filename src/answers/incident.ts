import type { Episode, EpisodeStatus } from '../alerts/episode.ts';
import type { AlertKind, Urgency } from '../alerts/kind.ts';
import type { IncidentSummary } from '../alerts/timeline.ts';
import type { Day, Instant } from '../decision/time.ts';
import type { Money } from '../money/money.ts';
import type { StoppingService } from './explain.ts';
import type { IncidentSpend } from './incident-spend.ts';
import type { IncidentWays } from './incident-ways.ts';

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
  /** Who offers it to the reader; null where nobody does. */
  readonly offeredBy: string | null;
  /** Whom the reader, who has it, may offer it to, by name. */
  readonly others: readonly IncidentPerson[];
  readonly mute: IncidentMute | null;
  /** A mute that waits for a second person. */
  readonly muteAsked: IncidentMute | null;
  /** True where another incident says what this one would. */
  readonly quiet: boolean;
  /** What stops at zero, the most used first; empty where it is not about that. */
  readonly stops: readonly StoppingService[];
  readonly findings: readonly IncidentFinding[];
  /** The calls behind the findings; null where it is not about spend that stands out. */
  readonly spend: IncidentSpend | null;
  /** What it came to; null while it goes on. */
  readonly impact: IncidentImpact | null;
  /** What happened, the earliest first. */
  readonly timeline: readonly IncidentStep[];
  /** What may be done about it now, the likeliest first. */
  readonly actions: readonly IncidentAction[];
  /** Absent where others read along. */
  readonly ways?: IncidentWays;
}

type ResolvedHow = NonNullable<Episode['resolved']>['how'];

/** Null where it does not apply, or is not for everybody who reads. */
export interface IncidentFigures {
  readonly balance: Money | null;
  readonly threshold: Money | null;
  readonly amount: Money | null;
  readonly count: number | null;
  /** Of how many people that is; absent where it is not about people. */
  readonly of?: number;
  /** Since when it is so, or when it will be. */
  readonly at: Instant | null;
  readonly basisPoints: number | null;
  readonly timeLeftMs: number | null;
}

export interface IncidentPerson {
  readonly id: string;
  readonly name: string;
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

export interface IncidentImpact {
  readonly lastedMs: number;
  /** How long the balance was at zero or below; null where it concerns no balance. */
  readonly atZeroMs: number | null;
  /** Null where it is of no currency. */
  readonly charged: Charged | null;
}

/** The calls that were charged in some time; those that failed for want of credits are in no report. */
export interface Charged {
  readonly calls: number;
  readonly spent: Money;
}

export interface IncidentStep {
  readonly at: Instant;
  readonly type: IncidentSummary['steps'][number]['type'];
  readonly by: string | null;
  /** Whom it was offered to. */
  readonly to: string | null;
  readonly detail: string | null;
}

export const incidentActions = [
  'alert.acknowledge',
  'alert.take',
  'alert.handOver',
  'alert.mute',
  'alert.resolve',
  'alert.rechargeConfirmed',
  'alert.rechargeFailed',
] as const;
export type IncidentAction = (typeof incidentActions)[number];

/** What only shows an incident as it stands. */
export const incidentViews = ['alert.view'] as const;
