import { dayMs, type Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { type AlertFacts, noFacts } from './alert-facts.ts';
import { low, zero } from './balance-conditions.ts';
import { timeLeft } from './cadence.ts';
import type { ConditionContext, ConditionStatus, Found } from './found.ts';
import type { AlertKind } from './kind.ts';
import type { Watch } from './watch.ts';

/** How one kind of incident stands, by what is watched. */
export interface Condition {
  readonly kind: AlertKind;
  /** Null for what concerns no currency. */
  readonly currency: Currency | null;
  readonly status: ConditionStatus;
  /** What of it fires, such as each level that the balance is below; each fires once in an episode. */
  readonly levels: readonly string[];
  readonly facts: AlertFacts;
}

/** What gets worse as the balance is used up. */
const pressing: ReadonlySet<AlertKind> = new Set([
  'recharge-failed',
  'recharge-overdue',
  'balance-low',
  'runway-short',
  'spend-spike',
]);

/** Of one currency, in the order of the kinds. */
export function conditionsOf(watch: Watch, context: ConditionContext): readonly Condition[] {
  const { currency } = context;
  const { balance, usualDay } = watch;
  const left = balance === null ? null : timeLeft(balance, usualDay);
  const conditionOf = ({ kind, status, levels = [], facts = {} }: Found): Condition => ({
    kind,
    currency,
    status,
    levels,
    facts: { ...noFacts, balance, timeLeftMs: pressing.has(kind) ? left : null, ...facts },
  });
  return [
    failed(watch),
    ...(balance === null ? [] : [zero(balance, watch, context)]),
    overdue(watch, context),
    ...(balance === null ? [] : [low(balance, watch, context)]),
    short(watch, context),
    spike(watch),
    runaway(watch, context),
    drifted(watch),
    expiring(watch, context),
    succeeded(watch, context),
  ].map(conditionOf);
}

/** Feed and drill belong to no currency. */
export function tenantConditions({
  feed,
  drill,
  at,
}: {
  readonly feed: { readonly completedAt: Instant; readonly blindAt: Instant } | null;
  readonly drill: { readonly startedAt: Instant; readonly endsAt: Instant; readonly by: string } | null;
  readonly at: Instant;
}): readonly Condition[] {
  const conditions: Condition[] = [];
  if (feed !== null) {
    const status = at >= feed.blindAt ? 'firing' : 'clear';
    const facts = { ...noFacts, at: feed.completedAt };
    conditions.push({ kind: 'feed-blind', currency: null, status, levels: [], facts });
  }
  if (drill !== null) {
    const status = at < drill.endsAt ? 'firing' : 'clear';
    const levels = [`drill:${drill.startedAt}`];
    conditions.push({
      kind: 'drill',
      currency: null,
      status,
      levels,
      facts: { ...noFacts, at: drill.startedAt },
    });
  }
  return conditions;
}

function firingIf(isFiring: boolean): 'firing' | 'clear' {
  return isFiring ? 'firing' : 'clear';
}

function failed({ failed: failure }: Watch): Found {
  if (failure === null) return { kind: 'recharge-failed', status: 'clear' };
  const { at, attempts, reason, reference } = failure;
  return { kind: 'recharge-failed', status: 'firing', facts: { at, count: attempts, reason, reference } };
}

function overdue(watch: Watch, { currency, settings, at }: ConditionContext): Found {
  const { belowTriggerSince, overdueAt } = watch;
  if (overdueAt === null || at < overdueAt) return { kind: 'recharge-overdue', status: 'clear' };
  const recharge = settings.autoRecharge[currency];
  return {
    kind: 'recharge-overdue',
    status: 'firing',
    facts: { at: belowTriggerSince, threshold: recharge?.trigger ?? null, amount: recharge?.amount ?? null },
  };
}

/** Ends somewhat lower than it begins, so that it does not begin and end with every estimate. */
const shortfallMargin = 500;

function short({ shortfall }: Watch, { settings }: ConditionContext): Found {
  const limit = settings.runwayPercent * 100;
  if (shortfall === null) return { kind: 'runway-short', status: 'clear' };
  if (shortfall > limit) return { kind: 'runway-short', status: 'firing', facts: { basisPoints: shortfall } };
  return {
    kind: 'runway-short',
    status: shortfall <= Math.max(0, limit - shortfallMargin) ? 'clear' : 'between',
  };
}

function spike({ findings }: Watch): Found {
  return {
    kind: 'spend-spike',
    status: firingIf(findings.length > 0),
    levels: findings.map(({ subject, id }) => `${subject}:${id}`),
    facts: { findings, amount: findings[0]?.spent ?? null },
  };
}

function runaway({ recharges }: Watch, { currency, settings }: ConditionContext): Found {
  const amount = recharges.reduce((sum, recharge) => sum + (recharge.amount ?? 0n), 0n);
  const limit = settings.runawayAmount[currency];
  const isTooMuch = limit !== undefined && amount > limit;
  return {
    kind: 'runaway-recharges',
    status: firingIf(recharges.length > settings.runawayRecharges || isTooMuch),
    facts: { count: recharges.length, amount },
  };
}

function drifted({ drift }: Watch): Found {
  if (drift === null) return { kind: 'drift', status: 'clear' };
  const { amount, basisPoints, observation, isOver } = drift;
  return { kind: 'drift', status: firingIf(isOver), levels: [observation], facts: { amount, basisPoints } };
}

function expiring({ lots }: Watch, { settings, at }: ConditionContext): Found {
  const fired = lots.flatMap(({ id, expiresAt }) =>
    settings.expiryDays.filter((days) => expiresAt <= at + days * dayMs).map((days) => `${id}:${days}`),
  );
  const within = lots.filter(({ id }) => fired.some((level) => level.startsWith(`${id}:`)));
  const [first] = [...within].sort((left, right) => left.expiresAt - right.expiresAt);
  if (first === undefined) return { kind: 'funds-expiring', status: 'clear' };
  const amount = within.reduce((sum, lot) => sum + lot.remaining, 0n);
  return { kind: 'funds-expiring', status: 'firing', levels: fired, facts: { amount, at: first.expiresAt } };
}

function succeeded({ succeeded: recharge }: Watch, { at }: ConditionContext): Found {
  if (recharge === null || recharge.at <= at - dayMs) return { kind: 'recharge-succeeded', status: 'clear' };
  return {
    kind: 'recharge-succeeded',
    status: 'firing',
    levels: [recharge.id],
    facts: { amount: recharge.amount, at: recharge.at, reference: recharge.id },
  };
}
