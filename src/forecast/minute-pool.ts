import { addDays, type Day, type Instant, utcDay } from '../decision/time.ts';
import { leastDays } from './burn.ts';
import { daysBetween, lastCompleteDay, reportingLagMs } from './history.ts';
import { type Quantiles, quantilesOf } from './quantile.ts';
import { randomOf } from './random.ts';

/** What is known of one pool of included minutes. */
export interface PoolUse {
  /** Of reported calls, by UTC day. */
  readonly secondsByDay: ReadonlyMap<Day, bigint>;
  /** In a calendar month; null where that is not known or not shared. */
  readonly minutesTotal: number | null;
  /** The first day of which this tenant's calls are known, whatever they drew on; null where there is none. */
  readonly knownSince: Day | null;
  readonly now: Instant;
  readonly seed: number;
}

/** How a pool stands in the calendar month of UTC that has begun. */
export interface PoolStanding {
  /** Begun minutes of all calls together: no page says how single calls are rounded. */
  readonly minutesUsed: number;
  /** Whole minutes; null where the pool's size is not known, as are share and overage. */
  readonly minutesLeft: number | null;
  /** Basis points, rounded down, so that a pool is not said to be used up before it is. */
  readonly usedBasisPoints: number | null;
  readonly state: 'fine' | 'at-80' | 'exhausted' | 'unknown';
  /**
   * The day on which calls begin to draw on credits at this pace; null of a quantile is not in this month. Null
   * where it is over already, and where nobody can tell: below two weeks of complete days.
   */
  readonly overageFrom: Quantiles<Day | null> | null;
  /** The day on which reported calls used the last minute. */
  readonly exhaustedOn: Day | null;
}

/**
 * Futures draw whole weeks of the last six, each day from its own weekday, and days of which calls are still to be
 * reported count as what is drawn or reported, whichever is more. No draw depends on the amounts, so that more use
 * never leaves more minutes and never gives a later day.
 */
export function poolStanding(use: PoolUse): PoolStanding {
  const days = daysOfMonth(use.now);
  const used = days.reduce((sum, day) => sum + secondsOn(use, day), 0);
  const minutesUsed = Math.ceil(used / secondsPerMinute);
  const { minutesTotal } = use;
  if (minutesTotal === null) {
    const untold = { minutesLeft: null, usedBasisPoints: null, overageFrom: null, exhaustedOn: null };
    return { minutesUsed, state: 'unknown', ...untold };
  }
  const seconds = minutesTotal * secondsPerMinute;
  const isExhausted = used >= seconds;
  return {
    minutesUsed,
    minutesLeft: Math.max(0, minutesTotal - minutesUsed),
    usedBasisPoints: Math.floor((10_000 * used) / seconds),
    state: isExhausted ? 'exhausted' : used >= warnedShare * seconds ? 'at-80' : 'fine',
    overageFrom: isExhausted ? null : overageFrom(use, days, seconds),
    exhaustedOn: isExhausted ? dayReached(days, seconds, (day) => secondsOn(use, day)) : null,
  };
}

const secondsPerMinute = 60;
/** Microsoft's first mail ("Audio Conferencing dial-out"). */
const warnedShare = 0.8;
const pathCount = 200;
const mostWeeks = 6;

function secondsOn({ secondsByDay }: PoolUse, day: Day): number {
  return Number(secondsByDay.get(day) ?? 0n);
}

function daysOfMonth(now: Instant): readonly Day[] {
  const today = utcDay(now);
  const month = today.slice(0, 'YYYY-MM'.length);
  const first = `${month}-01` as Day;
  const days = Array.from({ length: 31 }, (_, index) => addDays(first, index));
  return days.filter((day) => day.startsWith(month));
}

function overageFrom(use: PoolUse, days: readonly Day[], seconds: number): PoolStanding['overageFrom'] {
  const lastDay = lastCompleteDay(use.now, reportingLagMs);
  const weeks = wholeWeeks(use, lastDay);
  if (weeks.length < leastDays / 7) return null;
  const random = randomOf(use.seed);
  const reached = Float64Array.from({ length: pathCount }, () => {
    const drawn = drawDays(weeks, daysBetween(lastDay, days.at(-1) ?? lastDay), random.uniform);
    const day = dayReached(days, seconds, (day) => {
      const reported = secondsOn(use, day);
      const ahead = daysBetween(lastDay, day);
      return ahead <= 0 ? reported : Math.max(reported, drawn[ahead - 1] ?? 0);
    });
    return day === null ? Number.POSITIVE_INFINITY : days.indexOf(day);
  }).sort();
  const { p10, p50, p90 } = quantilesOf(reached);
  return { p10: days[p10] ?? null, p50: days[p50] ?? null, p90: days[p90] ?? null };
}

/** Seconds by day, the latest week first, each from its first day to its last. */
function wholeWeeks(use: PoolUse, lastDay: Day): readonly (readonly number[])[] {
  if (use.knownSince === null) return [];
  const knownDays = daysBetween(use.knownSince, lastDay) + 1;
  const count = Math.max(0, Math.min(mostWeeks, Math.floor(knownDays / 7)));
  return Array.from({ length: count }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => secondsOn(use, addDays(lastDay, day - 6 - 7 * week))),
  );
}

function drawDays(
  weeks: readonly (readonly number[])[],
  days: number,
  uniform: () => number,
): readonly number[] {
  const drawn = Array.from(
    { length: Math.ceil(days / 7) },
    () => weeks[Math.floor(uniform() * weeks.length)],
  );
  return drawn.flatMap((week) => week ?? []);
}

function dayReached(days: readonly Day[], seconds: number, secondsOnDay: (day: Day) => number): Day | null {
  let sum = 0;
  for (const day of days) {
    sum += secondsOnDay(day);
    if (sum >= seconds) return day;
  }
  return null;
}
