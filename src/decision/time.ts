/** Milliseconds since 1970-01-01T00:00:00Z. Time is always an argument; no room but the shell reads a clock. */
export type Instant = number;

declare const dayBrand: unique symbol;
/** A UTC calendar day, `YYYY-MM-DD`: usage is reported, and lots are consumed, by UTC day. */
export type Day = string & { readonly [dayBrand]: 'Day' };

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** The UTC day in which an instant falls. */
export function utcDay(at: Instant): Day {
  const dayNumber = Math.floor(at / dayMs);
  const named = namedDays.get(dayNumber);
  if (named !== undefined) return named;
  const day = new Date(at).toISOString().slice(0, 10) as Day;
  if (namedDays.size >= mostNamedDays) namedDays.clear();
  namedDays.set(dayNumber, day);
  return day;
}

/** Millions of calls fall on a few hundred days, and to name a day costs ten times as much as to look it up. */
const namedDays = new Map<number, Day>();
const mostNamedDays = 4_000;

/** The first instant of a UTC day. */
export function startOfDay(day: Day): Instant {
  return Date.parse(`${day}T00:00:00Z`);
}

export function addDays(day: Day, days: number): Day {
  return utcDay(startOfDay(day) + days * dayMs);
}

/**
 * The same date and time so many calendar months later; the 31st becomes the last day of a shorter month,
 * so that funds bought on 29 February expire on 28 February.
 */
export function addMonths(at: Instant, months: number): Instant {
  const date = new Date(at);
  const dayOfMonth = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDayOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(dayOfMonth, lastDayOfMonth));
  return date.getTime();
}
