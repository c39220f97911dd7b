import { addDays, type Day } from '../decision/time.ts';

/** What a user, or a class of destinations, cost on each UTC day, in micro-units. */
export interface SpendSeries {
  readonly subject: 'user' | 'class';
  readonly id: string;
  /** How much more than other money this counts; see {@link destinationClasses}. */
  readonly weight: number;
  readonly byDay: ReadonlyMap<Day, bigint>;
}

/** How much more money counts by where it went: premium and high-cost numbers are where fraud earns. */
export const destinationClasses = { premium: 8, 'high-cost': 3, ordinary: 1 } as const;
export type DestinationClass = keyof typeof destinationClasses;

const premiumTypes: ReadonlySet<string> = new Set(['premium', 'satellite', 'personal', 'pager']);
/** So many times what a minute usually costs this tenant. */
const highCostTimes = 4n;

/** By the price list; a number that it does not name, or without a price, is ordinary. */
export function destinationClass({
  numberType,
  perMinute,
  usualPerMinute,
}: {
  readonly numberType: string | null;
  readonly perMinute: bigint | null;
  readonly usualPerMinute: bigint | null;
}): DestinationClass {
  if (numberType !== null && premiumTypes.has(numberType)) return 'premium';
  if (perMinute === null || usualPerMinute === null) return 'ordinary';
  return perMinute > usualPerMinute * highCostTimes ? 'high-cost' : 'ordinary';
}

/** A day that stands out against what the same user or class usually costs. */
export interface SpendFinding {
  readonly subject: 'user' | 'class';
  readonly id: string;
  readonly day: Day;
  /** So far, for calls of the last two days are still being reported. */
  readonly spent: bigint;
  /** What an ordinary day costs. */
  readonly usual: bigint;
}

export interface SpikeQuestion {
  readonly series: readonly SpendSeries[];
  readonly today: Day;
}

/** Days that calls are still being reported for: each poll may show more of them. */
const openDays = 4;
/** Five weeks hold each weekday five times. */
const baselineDays = 35;
/** Fewer days with any spend tell nothing of what is usual. */
const leastDays = 10;
/** So many robust standard deviations are no chance. */
const deviations = 6;
/** A median absolute deviation times this is the standard deviation of a normal distribution. */
const normalScale = 1.4826;
/** The dearest day that anybody of the baseline had is exceeded by chance; by this much it is not. */
const overDearest = 1.5;

/**
 * The open days that cost far more than the same user or class did in the five weeks before: beyond the median by six
 * robust deviations, and beyond the dearest day of all users, or of the class itself, by half. An open day only grows,
 * so what stands out early is no false alarm, and is seen with the poll that brings it. The dearest first.
 */
export function spendFindings({ series, today }: SpikeQuestion): readonly SpendFinding[] {
  const baseline = daysBefore(addDays(today, -openDays), baselineDays);
  if (daysWithSpend(series, baseline) < leastDays) return [];
  const open = daysBefore(today, openDays);
  const dearestOfUsers = dearest(
    series.filter(({ subject }) => subject === 'user'),
    baseline,
  );
  return series
    .flatMap((one) => {
      const past = baseline.map((day) => Number(one.byDay.get(day) ?? 0n));
      const floor = one.subject === 'user' ? dearestOfUsers : Math.max(dearestOfUsers, ...past);
      const limit = limitOf(past, floor) / one.weight;
      return open.flatMap((day) => finding(one, { day, limit, usual: median(past) }));
    })
    .sort((left, right) => Number(right.spent - left.spent));
}

function finding(
  { subject, id, byDay }: SpendSeries,
  { day, limit, usual }: { readonly day: Day; readonly limit: number; readonly usual: number },
): readonly SpendFinding[] {
  const spent = byDay.get(day) ?? 0n;
  return Number(spent) > limit ? [{ subject, id, day, spent, usual: BigInt(Math.round(usual)) }] : [];
}

function limitOf(past: readonly number[], floor: number): number {
  const middle = median(past);
  const spread = normalScale * median(past.map((spend) => Math.abs(spend - middle)));
  return Math.max(middle + deviations * spread, overDearest * floor);
}

function dearest(series: readonly SpendSeries[], days: readonly Day[]): number {
  let most = 0;
  for (const { byDay } of series) for (const day of days) most = Math.max(most, Number(byDay.get(day) ?? 0n));
  return most;
}

function daysWithSpend(series: readonly SpendSeries[], days: readonly Day[]): number {
  return days.filter((day) => series.some(({ byDay }) => (byDay.get(day) ?? 0n) > 0n)).length;
}

/** So many days up to and with this one. */
function daysBefore(last: Day, count: number): readonly Day[] {
  return Array.from({ length: count }, (_, back) => addDays(last, -back));
}

function median(values: readonly number[]): number {
  const ascending = [...values].sort((left, right) => left - right);
  const middle = ascending.length / 2;
  const [low, high] = [ascending[Math.ceil(middle) - 1] ?? 0, ascending[Math.floor(middle)] ?? 0];
  return (low + high) / 2;
}
