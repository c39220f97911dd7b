import { addDays, type Day, type Instant, utcDay } from '../decision/time.ts';
import { daysBetween } from './history.ts';
import { median } from './quantile.ts';

/** Fewer gaps show no rhythm, and what was long ago is not how it is now. */
const leastGaps = 2;
const mostGaps = 6;

/**
 * The next day on which money usually comes in, by the times at which it did: the first after today in their rhythm,
 * whose step is the usual gap. Null where there are too few times, or where a gap is more than double the usual one or
 * less than half of it, so that nobody could count on the next.
 * @param times Ascending.
 */
export function usualRecharge(times: readonly Instant[], now: Instant): Day | null {
  const days = times.map(utcDay).slice(-(mostGaps + 1));
  const gaps = days.slice(1).map((day, index) => daysBetween(days[index] ?? day, day));
  const [usual, last] = [median(gaps), days.at(-1)];
  const isRegular = gaps.every((gap) => usual <= 2 * gap && gap <= 2 * usual);
  if (last === undefined || gaps.length < leastGaps || usual < 1 || !isRegular) return null;
  const since = Math.max(0, daysBetween(last, utcDay(now)));
  return addDays(last, usual * (Math.floor(since / usual) + 1));
}
