import type { Day } from '../decision/time.ts';
import type { History } from './history.ts';
import { type Level, levelOf } from './level.ts';
import { liftFrom, type WeeklyTrend, weeklyTrend } from './trend.ts';

/** What a model of the daily spend knows: past weeks, brought to the level of today. */
export interface Burn {
  readonly lastDay: Day;
  /** Micro-units by day, the newest first, in whole weeks, each lifted by the trend since. */
  readonly spends: Float64Array;
  /** Micro-units by week, the newest first, as they were. */
  readonly weeks: readonly number[];
  readonly level: Level;
  readonly trend: WeeklyTrend;
  readonly holidayShare: number;
}

/** Nobody can tell one week from another with less (features C1). */
export const leastDays = 14;
/** A pattern older than half a year is another company's. */
const mostWeeks = 26;

/**
 * Learns from complete days. Null below {@link leastDays}. A rare day counts at most three times what its like has
 * cost before, so that one accident does not become a habit.
 */
export function burnOf(history: History): Burn | null {
  if (history.knownDays < leastDays || history.spends.length < leastDays) return null;
  const spends = capped(history.spends.subarray(0, 7 * mostWeeks));
  const weeks = weekSums(spends);
  const trend = weeklyTrend(weeks);
  return {
    lastDay: history.lastDay,
    spends: spends.subarray(0, 7 * weeks.length).map((spend, age) => spend * liftFrom(trend, age / 7)),
    weeks,
    level: levelOf(weeks, trend),
    trend,
    holidayShare: history.holidayShare,
  };
}

/** One day in so many may be far from all others, and be chance. */
const daysPerOutlier = 60;
const highestRise = 3;

function capped(spends: Float64Array): Float64Array {
  const descending = spends.slice().sort().reverse();
  const known = descending[Math.ceil(spends.length / daysPerOutlier)] ?? 0;
  return known === 0 ? spends : spends.map((spend) => Math.min(spend, highestRise * known));
}

function weekSums(spends: Float64Array): readonly number[] {
  return Array.from({ length: Math.floor(spends.length / 7) }, (_, week) =>
    spends.subarray(7 * week, 7 * week + 7).reduce((sum, spend) => sum + spend, 0),
  );
}
