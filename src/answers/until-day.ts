import { addDays, type Day, type Instant } from '../decision/time.ts';
import { dateIn, daysAfter, lastDayOfMonth, toIsoDate, weekday } from '../language/calendar.ts';
import type { Until } from '../language/question.ts';

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/**
 * The day that is meant on the asker's calendar. A weekday is the next one after today; next week and the ends of
 * months, quarters and years are meant whole, so that an answer does not promise less than was asked for.
 */
export function untilDay(
  until: Until,
  { now, timeZone }: { readonly now: Instant; readonly timeZone: string },
): Day {
  const today = dateIn(timeZone, now);
  switch (until) {
    case 'tomorrow':
      return toIsoDate(daysAfter(today, 1)) as Day;
    case 'next_week':
      return toIsoDate(daysAfter(today, 7 + ((7 - weekday(today)) % 7))) as Day;
    case 'end_of_month':
      return toIsoDate(lastDayOfMonth(today, 0)) as Day;
    case 'end_of_quarter':
      return toIsoDate(lastDayOfMonth(today, 2 - ((today.month - 1) % 3))) as Day;
    case 'end_of_year':
      return toIsoDate(lastDayOfMonth(today, 12 - today.month)) as Day;
    default: {
      const named = weekdays.indexOf(until as (typeof weekdays)[number]);
      if (named === -1) return until as Day;
      return addDays(toIsoDate(today) as Day, ((named - weekday(today) + 6) % 7) + 1);
    }
  }
}
