import { addDays, type Day, dayMs, type Instant, startOfDay, utcDay } from '../decision/time.ts';
import { dateIn, toIsoDate } from '../language/calendar.ts';
import type { Period } from '../language/question.ts';

/** Days from the first to the last, both with it. */
export interface DayRange {
  readonly from: Day;
  readonly to: Day;
}

/** A period, and the one before it that it is compared with. */
export interface ComparedPeriod {
  readonly days: DayRange;
  /** As many days as are over by now; a whole month is compared with the whole month before. */
  readonly before: DayRange;
}

/**
 * The dates that a period has on the asker's calendar; a week begins on Monday. Usage is counted by UTC days, so the
 * days of these names in UTC are meant, and whoever shows the figures says so.
 */
export function comparedPeriod(
  period: Period,
  { now, timeZone }: { readonly now: Instant; readonly timeZone: string },
): ComparedPeriod {
  const today = toIsoDate(dateIn(timeZone, now)) as Day;
  switch (period) {
    case 'today':
      return compared({ from: today, to: today }, 1);
    case 'yesterday':
      return compared({ from: addDays(today, -1), to: addDays(today, -1) }, 1);
    case 'this_week':
      return compared({ from: monday(today), to: today }, 7);
    case 'last_week':
      return compared({ from: addDays(monday(today), -7), to: addDays(monday(today), -1) }, 7);
    case 'last_7_days':
      return compared({ from: addDays(today, -6), to: today }, 7);
    case 'last_30_days':
      return compared({ from: addDays(today, -29), to: today }, 30);
    case 'this_month':
      return monthSoFar(today);
    case 'last_month':
      return wholeMonth(firstOfMonth(addDays(firstOfMonth(today), -1)));
    default:
      return period === today.slice(0, 'YYYY-MM'.length)
        ? monthSoFar(today)
        : wholeMonth(`${period}-01` as Day);
  }
}

function compared(days: DayRange, daysEarlier: number): ComparedPeriod {
  return { days, before: { from: addDays(days.from, -daysEarlier), to: addDays(days.to, -daysEarlier) } };
}

function monday(day: Day): Day {
  const daysSinceMonday = (new Date(startOfDay(day)).getUTCDay() + 6) % 7;
  return addDays(day, -daysSinceMonday);
}

function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 'YYYY-MM'.length)}-01` as Day;
}

/** A month of which the days to come are missing is compared with as many days of the month before. */
function monthSoFar(today: Day): ComparedPeriod {
  const from = firstOfMonth(today);
  const lastBefore = addDays(from, -1);
  const firstBefore = firstOfMonth(lastBefore);
  const daysBetween = Math.min(daysFrom(from, today), daysFrom(firstBefore, lastBefore));
  return { days: { from, to: today }, before: { from: firstBefore, to: addDays(firstBefore, daysBetween) } };
}

function daysFrom(first: Day, last: Day): number {
  return (startOfDay(last) - startOfDay(first)) / dayMs;
}

function wholeMonth(from: Day): ComparedPeriod {
  const date = new Date(startOfDay(from));
  const next = utcDay(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
  const lastBefore = addDays(from, -1);
  return {
    days: { from, to: addDays(next, -1) },
    before: { from: firstOfMonth(lastBefore), to: lastBefore },
  };
}
