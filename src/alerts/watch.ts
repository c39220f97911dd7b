import { dayMs, hourMs, type Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import type { AlertSettings } from './settings.ts';
import type { ExpiringLot, FundingRecorded, RechargeFailed, Signal } from './signal.ts';
import type { SpendFinding } from './spike.ts';

/** What was last told of one currency, as far as an incident may come of it. Due times are instants in it. */
export interface Watch {
  /** Null until a balance was told. */
  readonly balance: bigint | null;
  readonly lastPurchase: bigint | null;
  readonly usualDay: bigint | null;
  /** Since when the balance is below the trigger of auto-recharge with no money come in: a recharge is expected. */
  readonly belowTriggerSince: Instant | null;
  /** When that recharge is overdue. */
  readonly overdueAt: Instant | null;
  readonly failed: FailedRecharge | null;
  /** Those of the last 24 hours, the earliest first. */
  readonly recharges: readonly RecentRecharge[];
  /** The latest success that is worth a word of its own. */
  readonly succeeded: RecentRecharge | null;
  /** Of 10,000, that the balance runs short. */
  readonly shortfall: number | null;
  readonly lots: readonly ExpiringLot[];
  readonly findings: readonly SpendFinding[];
  readonly drift: {
    readonly observation: string;
    readonly amount: bigint;
    readonly basisPoints: number | null;
    readonly isOver: boolean;
  } | null;
}

export interface FailedRecharge {
  readonly at: Instant;
  readonly attempts: number;
  readonly reason: string | null;
  readonly reference: string | null;
  readonly by: string | null;
}

export interface RecentRecharge {
  readonly id: string;
  readonly at: Instant;
  /** Null where nobody told how much. */
  readonly amount: bigint | null;
}

export const emptyWatch: Watch = {
  balance: null,
  lastPurchase: null,
  usualDay: null,
  belowTriggerSince: null,
  overdueAt: null,
  failed: null,
  recharges: [],
  succeeded: null,
  shortfall: null,
  lots: [],
  findings: [],
  drift: null,
};

/** Money that came in longer ago than this is history that is told late, not news. */
const newsMs = dayMs;

/** What is watched after a signal of that currency; what was known already changes nothing. */
export function watched(
  watch: Watch,
  signal: Exclude<Signal, { readonly type: 'feedSeen' | 'reachLooked' }>,
  { settings, at }: WatchContext,
): Watch {
  switch (signal.type) {
    case 'balanceChanged': {
      const { balance, lastPurchase, usualDay } = signal;
      return expecting(
        { ...watch, balance, lastPurchase, usualDay },
        { currency: signal.currency, settings, at },
      );
    }
    case 'fundingRecorded':
      return funded(watch, signal, { settings, at });
    case 'rechargeFailed':
      return { ...watch, failed: failure(watch, signal) };
    case 'rechargeSucceeded': {
      const success = { id: signal.id, at: signal.succeededAt, amount: null };
      return succeeded(watch, success, { currency: signal.currency, settings, at });
    }
    case 'runwayEstimated':
      return { ...watch, shortfall: signal.probability };
    case 'fundsLooked':
      return { ...watch, lots: signal.lots };
    case 'spendLooked':
      return { ...watch, findings: signal.findings };
    case 'driftFound': {
      const { observation, amount, basisPoints, isOver } = signal;
      return { ...watch, drift: { observation, amount, basisPoints, isOver } };
    }
  }
}

interface WatchContext {
  readonly settings: AlertSettings;
  readonly at: Instant;
}
interface CurrencyContext extends WatchContext {
  readonly currency: Currency;
}

/** A person says that auto-recharge is on again: nothing failed, and the wait for a recharge begins anew. */
export function confirmed(watch: Watch, context: CurrencyContext): Watch {
  return expecting({ ...watch, failed: null, belowTriggerSince: null, overdueAt: null }, context);
}

/** What the passing of time leaves of it. */
export function later(watch: Watch, context: CurrencyContext): Watch {
  const recharges = watch.recharges.filter((recharge) => recharge.at > context.at - dayMs);
  const isSame = recharges.length === watch.recharges.length;
  return expecting(isSame ? watch : { ...watch, recharges }, context);
}

/** Strictly below the trigger a purchase is expected (Microsoft: "Set up Communications Credits"). */
function expecting(watch: Watch, { currency, settings, at }: CurrencyContext): Watch {
  const trigger = settings.autoRecharge[currency]?.trigger ?? null;
  const isExpected = trigger !== null && watch.balance !== null && watch.balance < trigger;
  if (!isExpected) {
    return watch.belowTriggerSince === null ? watch : { ...watch, belowTriggerSince: null, overdueAt: null };
  }
  const since = watch.belowTriggerSince ?? at;
  const overdueAt = since + settings.overdueAfterHours * hourMs;
  const isSame = since === watch.belowTriggerSince && overdueAt === watch.overdueAt;
  return isSame ? watch : { ...watch, belowTriggerSince: since, overdueAt };
}

function failure(watch: Watch, { failedAt, reason, reference, by }: RechargeFailed): FailedRecharge {
  const { failed } = watch;
  if (failed === null) return { at: failedAt, attempts: 1, reason, reference, by };
  const isSame = failed.at === failedAt || (reference !== null && failed.reference === reference);
  return isSame ? failed : { ...failed, attempts: failed.attempts + 1, reason: reason ?? failed.reason };
}

function funded(watch: Watch, signal: FundingRecorded, context: WatchContext): Watch {
  const { id, fundedAt, amount, currency, kind } = signal;
  // Whatever money came in after the balance fell below the trigger, the wait begins anew.
  const isAwaited = watch.belowTriggerSince !== null && fundedAt >= watch.belowTriggerSince;
  const waiting = isAwaited ? { ...watch, belowTriggerSince: null, overdueAt: null } : watch;
  if (kind === 'recharge') return succeeded(waiting, { id, at: fundedAt, amount }, { ...context, currency });
  return expecting(waiting, { ...context, currency });
}

function succeeded(watch: Watch, success: RecentRecharge, context: CurrencyContext): Watch {
  const isKnown = watch.recharges.some(({ id }) => id === success.id);
  const isNews = !isKnown && success.at > context.at - newsMs;
  const endsFailure = watch.failed !== null && success.at >= watch.failed.at;
  const recharges = isNews ? [...watch.recharges, success] : watch.recharges;
  return expecting(
    {
      ...watch,
      recharges: [...recharges].sort((left, right) => left.at - right.at),
      failed: endsFailure ? null : watch.failed,
      // The end of the failure tells of the success by itself.
      succeeded: isNews && !endsFailure ? success : watch.succeeded,
    },
    context,
  );
}
