import { levelOf } from './level.ts';
import { growthUntil, weeklyTrend } from './trend.ts';

/**
 * By how much a spread of forecasts must be stretched to hold what came, from the errors that the same method would
 * have made in this history. While there are few of them a usual stretch counts as {@link priorWindows} windows, and
 * it counts less with each window more. Measured on generated series of many kinds; it lands near 80% in P10–P90.
 * @param weeks Spend by week, the newest first.
 * @param ahead Weeks that are forecast together.
 * @param spread The relative standard deviation of the forecast as it stands.
 */
export function wideningOf(weeks: readonly number[], ahead: number, spread: number): number {
  if (spread <= 0) return 1;
  let squares = 0;
  let windows = 0;
  for (let origin = ahead; origin + leastWeeks <= weeks.length; origin += 1) {
    const forecast = forecastOf(weeks.slice(origin), ahead);
    if (forecast <= 0) continue;
    const actual = weeks.slice(origin - ahead, origin).reduce((sum, spend) => sum + spend, 0);
    squares += Math.min(mostDeviations, Math.abs(actual / forecast - 1) / spread) ** 2;
    windows += 1;
  }
  // Windows that overlap tell less than apart ones.
  const weight = (overlapWorth * windows) / ahead;
  const own = windows === 0 ? 0 : squares / windows;
  return Math.sqrt((priorWindows * usualStretch(weeks.length) ** 2 + weight * own) / (priorWindows + weight));
}

/** An origin needs a month before it. */
const leastWeeks = 4;
const priorWindows = 3;
const overlapWorth = 1.5;
/** One great miss must not widen all that follows without measure. */
const mostDeviations = 4;

/** Two or three weeks say little of how much weeks differ; from two months on they say nearly all. */
function usualStretch(weeks: number): number {
  return 1.5 * (1 + 6 / weeks ** 3);
}

function forecastOf(weeks: readonly number[], ahead: number): number {
  const trend = weeklyTrend(weeks);
  let growth = 0;
  for (let week = 0; week < ahead; week += 1) growth += growthUntil(trend, 7 * week + 3.5);
  return levelOf(weeks, trend).perWeek * growth;
}
