import {
  type CalendarDate,
  daysAfter,
  isValid,
  lastDayOfMonth,
  toIsoDate,
  toIsoMonth,
  weekday,
} from './calendar.ts';
import type { SpokenDate } from './dates.ts';
import type { Duration, Period, Until } from './question.ts';
import type { Reading } from './reading.ts';

/** The period in the past that was asked about; undefined where none was said, or none that we can answer for. */
export function periodOf(reading: Reading, today: CalendarDate): Period | undefined {
  for (const date of reading.dates) {
    if (date.kind === 'lastDays') return lastDays(date.days);
    if (date.kind === 'month') return monthBefore(date.year, date.month, today);
  }
  const month = conceptValue(reading, 'month:');
  if (month !== undefined) return monthBefore(null, Number(month), today);
  const token = conceptValue(reading, 'period:');
  if (token !== undefined) return token as Period;
  const length = reading.durations[0];
  return length === undefined ? undefined : lastDays(length.minutes / minutesPerDay);
}

const minutesPerDay = 1_440;

function lastDays(days: number): Period | undefined {
  if (days === 7) return 'last_7_days';
  return days === 30 ? 'last_30_days' : undefined;
}

/** A month without a year is the latest that has begun. */
function monthBefore(year: number | null, month: number, today: CalendarDate): Period {
  return toIsoMonth({ year: year ?? (month <= today.month ? today.year : today.year - 1), month });
}

/** The day ahead that was asked about. */
export function untilOf(reading: Reading, today: CalendarDate): Until | undefined {
  const dated = reading.dates.map((date) => dateAhead(date, today)).find((date) => date !== null);
  if (dated) return toIsoDate(dated);
  for (const { concepts } of reading.phrases) {
    for (const concept of concepts) {
      const [kind = '', value = ''] = concept.split(':');
      const until = untilByKind(kind, value, today);
      if (until !== undefined) return until;
    }
  }
  const length = reading.durations[0];
  return length === undefined || length.minutes < minutesPerDay
    ? undefined
    : toIsoDate(daysAfter(today, Math.round(length.minutes / minutesPerDay)));
}

function untilByKind(kind: string, value: string, today: CalendarDate): Until | undefined {
  if (kind === 'day') return value === 'after_tomorrow' ? toIsoDate(daysAfter(today, 2)) : (value as Until);
  if (kind === 'month') return toIsoDate(firstOfMonthAhead(Number(value), today));
  if (kind === 'end') return endOf(value, today);
  if (kind === 'period')
    return value === 'this_month' ? 'end_of_month' : value === 'this_week' ? 'sunday' : undefined;
  return kind === 'span' ? spanAhead(value, today) : undefined;
}

function endOf(span: string, today: CalendarDate): Until {
  if (span === 'month' || span === 'quarter' || span === 'year') return `end_of_${span}`;
  if (span === 'next_month') return toIsoDate(lastDayOfMonth(today, 1));
  return 'sunday';
}

function spanAhead(span: string, today: CalendarDate): Until | undefined {
  const firstOfNextMonth = daysAfter(lastDayOfMonth(today, 0), 1);
  const spans: Readonly<Record<string, Until>> = {
    next_week: 'next_week',
    next_month: toIsoDate(firstOfNextMonth),
    next_year: toIsoDate({ year: today.year + 1, month: 1, day: 1 }),
    this_quarter: 'end_of_quarter',
    next_quarter: toIsoDate(firstOfNextQuarter(today)),
    this_year: 'end_of_year',
    weekend: 'sunday',
    christmas: toIsoDate(ahead({ month: 12, day: 25 }, today)),
  };
  return spans[span];
}

function firstOfNextQuarter(today: CalendarDate): CalendarDate {
  const monthsLeft = 2 - ((today.month - 1) % 3);
  return daysAfter(lastDayOfMonth(today, monthsLeft), 1);
}

function dateAhead(date: SpokenDate, today: CalendarDate): CalendarDate | null {
  if (date.kind === 'lastDays') return null;
  if (date.kind === 'month') {
    return date.year === null
      ? firstOfMonthAhead(date.month, today)
      : { year: date.year, month: date.month, day: 1 };
  }
  if (date.month === null) {
    const first = date.day > today.day ? today : daysAfter(lastDayOfMonth(today, 0), 1);
    return { ...first, day: date.day };
  }
  const dated =
    date.year === null
      ? ahead({ month: date.month, day: date.day }, today)
      : { year: date.year, month: date.month, day: date.day };
  return isValid(dated) ? dated : null;
}

function firstOfMonthAhead(month: number, today: CalendarDate): CalendarDate {
  return { year: month > today.month ? today.year : today.year + 1, month, day: 1 };
}

function ahead(date: Pick<CalendarDate, 'month' | 'day'>, today: CalendarDate): CalendarDate {
  const passed = date.month < today.month || (date.month === today.month && date.day < today.day);
  return { year: passed ? today.year + 1 : today.year, ...date };
}

/** How long alerts are to be silent. */
export function durationOf(reading: Reading, today: CalendarDate): Duration | undefined {
  const length = reading.durations[0];
  if (length !== undefined) return length.iso;
  const dated = reading.dates.map((date) => dateAhead(date, today)).find((date) => date !== null);
  if (dated) return daysUntil(dated, today);
  for (const { concepts } of reading.phrases) {
    for (const concept of concepts) {
      const duration = durationByConcept(concept, today);
      if (duration !== undefined) return duration;
    }
  }
  return undefined;
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function durationByConcept(concept: string, today: CalendarDate): Duration | undefined {
  const [kind, value = ''] = concept.split(':');
  if (concept === 'day:tomorrow' || concept === 'period:today' || concept === 'span:this_evening') {
    return 'until_tomorrow';
  }
  if (['day:monday', 'span:next_week', 'span:weekend', 'end:week', 'period:this_week'].includes(concept)) {
    return 'until_monday';
  }
  if (concept === 'day:after_tomorrow') return 'P2D';
  if (kind !== 'day') return undefined;
  const days = (weekdays.indexOf(value) - weekday(today) + 7) % 7;
  return `P${days === 0 ? 7 : days}D`;
}

function daysUntil(date: CalendarDate, today: CalendarDate): Duration {
  const difference =
    Date.UTC(date.year, date.month - 1, date.day) - Date.UTC(today.year, today.month - 1, today.day);
  const days = Math.round(difference / (minutesPerDay * 60_000));
  return days <= 1 ? 'until_tomorrow' : `P${days}D`;
}

function conceptValue(reading: Reading, prefix: string): string | undefined {
  for (const { concepts } of reading.phrases) {
    const concept = concepts.find((one) => one.startsWith(prefix));
    if (concept !== undefined) return concept.slice(prefix.length);
  }
  return undefined;
}
