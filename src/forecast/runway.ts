import { addDays, type Day, type Instant, utcDay } from '../decision/time.ts';
import { daysBetween } from './history.ts';
import { type Quantiles, quantile, quantilesOf } from './quantile.ts';
import type { SpendPaths } from './spend-paths.ts';

/** What there is to spend, in micro-units. */
export interface Funds {
  readonly balance: bigint;
  /** Oldest first. What the balance holds beyond them does not expire in sight; what it lacks, the oldest have paid. */
  readonly lots: readonly FundsLot[];
  /** Null where it is off or unknown. */
  readonly autoRecharge: AutoRecharge | null;
}

/** Funds that lapse together, at the end of the UTC day of that instant, twelve months after purchase. */
export interface FundsLot {
  readonly amount: bigint;
  readonly expiresAt: Instant;
}

/**
 * A balance strictly below the trigger buys exactly the amount (Microsoft: "Set up Communications Credits"), at once,
 * and again while it is still below; that a second purchase follows the first is not documented.
 */
export interface AutoRecharge {
  readonly trigger: bigint;
  readonly amount: bigint;
}

/** What each possible future leaves at the end of each day, in micro-units. */
export interface Runway {
  readonly firstDay: Day;
  readonly days: number;
  readonly count: number;
  /** Path after path, as the spends are. */
  readonly balances: Float64Array;
  /** For each lot that ends in sight, what each path forfeits, ascending. */
  readonly lapses: readonly Lapse[];
}

export interface Lapse {
  readonly day: Day;
  readonly forfeited: Float64Array;
}

/**
 * Takes what each path spends from the funds, first in first out. With F the funds that all lots up to one hold
 * together, the end of that lot means that F is gone at the least. So more spend never leaves more, and without
 * auto-recharge more funds never leave less.
 */
export function runway(paths: SpendPaths, funds: Funds): Runway {
  const { firstDay, days, count } = paths;
  const ends = lotEnds(funds, firstDay, days);
  const balances = new Float64Array(count * days);
  const forfeited = ends.map(() => new Float64Array(count));

  for (let path = 0; path < count; path += 1) {
    let total = Number(funds.balance);
    let gone = 0;
    let next = 0;
    for (let day = 0; day < days; day += 1) {
      gone += paths.spends[path * days + day] ?? 0;
      for (let end = ends[next]; end !== undefined && end.dayIndex <= day; end = ends[next]) {
        const lapsed = forfeited[next];
        if (lapsed) lapsed[path] = Math.max(0, end.fundsUntil - gone);
        gone = Math.max(gone, end.fundsUntil);
        next += 1;
      }
      if (funds.autoRecharge) total += recharged(total - gone, funds.autoRecharge);
      balances[path * days + day] = total - gone;
    }
  }
  const lapses = ends.map(({ dayIndex }, index) => ({
    day: addDays(firstDay, dayIndex),
    forfeited: (forfeited[index] ?? new Float64Array()).sort(),
  }));
  return { firstDay, days, count, balances, lapses };
}

/** The first day that ends without money; null where that is beyond what was looked at. */
export function zeroDates(runway: Runway): Quantiles<Day | null> {
  const { p10, p50, p90 } = quantilesOf(firstDaysAtOrBelow(runway, 0));
  const asDay = (index: number): Day | null =>
    index >= runway.days ? null : addDays(runway.firstDay, index);
  return { p10: asDay(p10), p50: asDay(p50), p90: asDay(p90) };
}

/** The day before which money runs out in so small a share of futures; null where that is beyond what was looked at. */
export function zeroDateAt(runway: Runway, share: number): Day | null {
  const index = quantile(firstDaysAtOrBelow(runway, 0), share);
  return index >= runway.days ? null : addDays(runway.firstDay, index);
}

/** In so small a share of futures some day before this one ends with no more than that, in micro-units. */
export function lowestUntil({ balances, firstDay, days, count }: Runway, before: Day, share: number): number {
  const end = Math.min(days, daysBetween(firstDay, before));
  const lowest = Float64Array.from({ length: count }, (_, path) =>
    balances.subarray(path * days, path * days + end).reduce((low, left) => Math.min(low, left), Infinity),
  );
  return quantile(lowest.sort(), share);
}

export interface DailyBalance extends Quantiles<bigint> {
  readonly date: Day;
}

/** What is left at the end of each of so many days, from the first. */
export function dailyBalances(runway: Runway, days: number): readonly DailyBalance[] {
  return Array.from({ length: Math.min(days, runway.days) }, (_, day) => {
    const { p10, p50, p90 } = quantilesOf(balancesAfter(runway, day));
    return { date: addDays(runway.firstDay, day), p10: BigInt(p10), p50: BigInt(p50), p90: BigInt(p90) };
  });
}

/**
 * How likely a day up to and including this one ends strictly below an amount: from 0 to 1. A day beyond what was
 * looked at is taken as the last one.
 */
export function probabilityBelow(runway: Runway, amount: bigint, until: Day): number {
  const last = daysBetween(runway.firstDay, until);
  // Balances are whole micro-units, so strictly below is at or below one less.
  const firsts = firstDaysAtOrBelow(runway, Number(amount) - 1);
  return firsts.filter((day) => day <= last && day < runway.days).length / runway.count;
}

function recharged(balance: number, { trigger, amount }: AutoRecharge): number {
  const missing = Number(trigger) - balance;
  return missing <= 0 || amount <= 0n ? 0 : Math.ceil(missing / Number(amount)) * Number(amount);
}

interface LotEnd {
  readonly dayIndex: number;
  /** What this lot and those before it hold together. */
  readonly fundsUntil: number;
}

function lotEnds(funds: Funds, firstDay: Day, days: number): readonly LotEnd[] {
  const inLots = funds.lots.reduce((sum, lot) => sum + lot.amount, 0n);
  let until = funds.balance < inLots ? funds.balance - inLots : 0n;
  const ends = funds.lots.map((lot) => {
    until += lot.amount;
    const dayIndex = daysBetween(firstDay, utcDay(lot.expiresAt));
    return { dayIndex: Math.max(0, dayIndex), fundsUntil: Number(until) };
  });
  return ends.filter(({ dayIndex, fundsUntil }) => dayIndex < days && fundsUntil > 0);
}

/** For each path the number of the first such day, or the number of days where there is none, ascending. */
function firstDaysAtOrBelow({ balances, days, count }: Runway, level: number): Float64Array {
  return Float64Array.from({ length: count }, (_, path) => {
    let day = 0;
    while (day < days && (balances[path * days + day] ?? 0) > level) day += 1;
    return day;
  }).sort();
}

function balancesAfter({ balances, days, count }: Runway, day: number): Float64Array {
  return Float64Array.from({ length: count }, (_, path) => balances[path * days + day] ?? 0).sort();
}
