import type { Instant } from '../decision/time.ts';

/** A calendar date in some time zone. */
export interface CalendarDate {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The date that the calendar on the asker's wall shows. */
export function dateIn(timeZone: string, at: Instant): CalendarDate {
  const [year = 0, month = 0, day = 0] = formatFor(timeZone).format(at).split('-').map(Number);
  return { year, month, day };
}

/** Making a format takes longer than all the rest; there are only so many time zones. */
function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format;
}

export function daysAfter(date: CalendarDate, days: number): CalendarDate {
  return fromUtc(Date.UTC(date.year, date.month - 1, date.day + days));
}

/** The last day of the month so many months after that of the date. */
export function lastDayOfMonth(date: CalendarDate, monthsLater: number): CalendarDate {
  return fromUtc(Date.UTC(date.year, date.month + monthsLater, 0));
}

/** 0 is Sunday. */
export function weekday(date: CalendarDate): number {
  return new Date(Date.UTC(date.year, date.month - 1, date.day)).getUTCDay();
}

export function isValid(date: CalendarDate): boolean {
  const same = fromUtc(Date.UTC(date.year, date.month - 1, date.day));
  return same.month === date.month && same.day === date.day;
}

/** `YYYY-MM-DD` */
export function toIsoDate({ year, month, day }: CalendarDate): string {
  return `${toIsoMonth({ year, month })}-${String(day).padStart(2, '0')}`;
}

/** `YYYY-MM` */
export function toIsoMonth({ year, month }: Pick<CalendarDate, 'year' | 'month'>): string {
  return `${year}-${String(month).padStart(2, '0')}`;
}

function fromUtc(at: number): CalendarDate {
  const date = new Date(at);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
