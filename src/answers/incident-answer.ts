import { noFacts } from '../alerts/alert-facts.ts';
import { type Episode, statusOf, urgencyOf } from '../alerts/episode.ts';
import { type AlertKind, kindRules } from '../alerts/kind.ts';
import type { IncidentSummary } from '../alerts/timeline.ts';
import { type Money, money } from '../money/money.ts';
import type { StoppingService } from './explain.ts';
import type {
  Charged,
  IncidentAction,
  IncidentAnswer,
  IncidentFigures,
  IncidentFinding,
  IncidentImpact,
  IncidentMute,
  IncidentPerson,
} from './incident.ts';
import type { IncidentSpend } from './incident-spend.ts';
import type { IncidentWays } from './incident-ways.ts';

/** More lines than these nobody reads on a card. */
const mostSteps = 8;
const mostFindings = 5;

/** What is beside the incident itself. */
export interface IncidentContext {
  readonly summary: IncidentSummary;
  readonly stops: readonly StoppingService[];
  /** What is known of the ways to people. */
  readonly ways?: IncidentWays;
  /** The name of a person, or of a user of calls, by the id. */
  readonly nameOf: (id: string) => string;
  /** Who reads and may see figures; null for a channel, and for whoever may not. */
  readonly reader: string | null;
  /** Whether who has it may act still. */
  readonly holderMayAct: boolean;
  /** Everybody who may take it. */
  readonly eligible: readonly IncidentPerson[];
  readonly spend: IncidentSpend | null;
  readonly charged: Charged | null;
}

export function incidentAnswer(episode: Episode, context: IncidentContext): IncidentAnswer {
  const { nameOf, reader, summary, eligible, spend, charged } = context;
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
    figures: figuresOf(shared ? { ...episode, facts: noFacts } : episode),
    ...(shared
      ? withoutNames
      : {
          reason: episode.facts.reason,
          acknowledged: acknowledged && { by: nameOf(acknowledged.by), at: acknowledged.at },
          holder: holder && { by: nameOf(holder.by), since: holder.since },
          offeredTo: offer && nameOf(offer.to),
          offeredBy: offer?.to === reader ? nameOf(offer.by) : null,
          others: othersThan(reader, { episode, eligible }),
          mute: muteOf(episode.mute, nameOf),
          muteAsked: muteOf(episode.muteAsked, nameOf),
          stops: isAboutStopping(episode.kind) ? context.stops : [],
          findings: findingsOf(episode, nameOf),
          spend,
          impact: impactOf(episode, { summary, charged }),
          timeline: summary.steps
            .slice(-mostSteps)
            .map((step) => ({ ...step, by: named(step.by), to: named(step.to) })),
          actions: actionsFor(episode, { reader, eligible, holderMayAct: context.holderMayAct }),
          ...(context.ways && { ways: context.ways }),
        }),
    quiet: episode.quietBy !== null,
  };
}

const withoutNames = {
  reason: null,
  acknowledged: null,
  holder: null,
  offeredTo: null,
  offeredBy: null,
  others: [],
  mute: null,
  muteAsked: null,
  stops: [],
  findings: [],
  spend: null,
  impact: null,
  timeline: [],
  actions: [],
} as const;

function figuresOf({ currency, facts }: Episode): IncidentFigures {
  const amountOf = (microUnits: bigint | null): Money | null =>
    microUnits === null || currency === null ? null : money(microUnits, currency);
  const { balance, threshold, amount, count, of, at, basisPoints, timeLeftMs } = facts;
  return {
    balance: amountOf(balance),
    threshold: amountOf(threshold),
    amount: amountOf(amount),
    count,
    at,
    basisPoints,
    timeLeftMs,
    ...(of !== null && { of }),
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

/** What was said once has no end, and what came back has not ended. */
function impactOf(
  { resolved, refiredAt, openedAt }: Episode,
  { summary, charged }: Pick<IncidentContext, 'summary' | 'charged'>,
): IncidentImpact | null {
  if (resolved === null || refiredAt !== null || resolved.how === 'told') return null;
  return { lastedMs: resolved.at - openedAt, atZeroMs: summary.atZeroMs, charged };
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

/** A longer list would be no choice on a phone. */
const mostOthers = 25;

/** By name; where there are more than a list holds, those stay who come first in the order of the roles. */
function othersThan(
  reader: string,
  { episode, eligible }: { readonly episode: Episode } & Pick<IncidentContext, 'eligible'>,
): readonly IncidentPerson[] {
  if (episode.resolved !== null || episode.holder?.by !== reader) return [];
  return eligible
    .filter(({ id }) => id !== reader)
    .slice(0, mostOthers)
    .sort((left, right) => left.name.localeCompare(right.name, 'en'));
}

function actionsFor(
  episode: Episode,
  {
    reader,
    eligible,
    holderMayAct,
  }: { readonly reader: string } & Pick<IncidentContext, 'eligible' | 'holderMayAct'>,
): readonly IncidentAction[] {
  const { confirmable, closable } = kindRules[episode.kind];
  if (episode.resolved !== null) {
    return episode.refiredAt !== null && confirmable ? ['alert.rechargeConfirmed'] : [];
  }
  const isOffered = episode.offer !== null && episode.offer.to === reader;
  const mayTake = episode.holder === null || isOffered || !holderMayAct;
  const isAboutMoney = episode.kind === 'balance-zero' || episode.kind === 'balance-low';
  const may: Readonly<Record<IncidentAction, boolean>> = {
    'alert.acknowledge': episode.acknowledged === null,
    'alert.take': mayTake,
    'alert.handOver': othersThan(reader, { episode, eligible }).length > 0,
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
    'alert.handOver',
    'alert.mute',
    'alert.resolve',
  ] as const;
  const isOffer = isOffered ? (['alert.take'] as const) : [];
  return [...new Set([...isOffer, ...likeliestFirst])].filter((action) => may[action]);
}
