import type { Instant } from '../decision/time.ts';

const timeText =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))[T ]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,7}))?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/i;

/**
 * Reads a date and time as Graph and the report write it, with up to seven fraction digits, to the millisecond
 * below. Without an offset it is UTC, as the report documents. Null where it is no such time.
 */
export function readTime(text: string): Instant | null {
  const parts = timeText.exec(text);
  if (parts === null) return null;
  const [, date = '', time = '', fraction = '', offset = 'Z'] = parts;
  if (!isCalendarDay(date)) return null;
  const at = Date.parse(`${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${offset.toUpperCase()}`);
  // NaN is no time, and before 1970 nobody made a call that is reported here.
  return at >= 0 ? at : null;
}

/** The 31st of a short month must not slip into the next. */
function isCalendarDay(date: string): boolean {
  const day = Number(date.slice(8));
  if (day <= 28) return true;
  return day <= new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();
}
