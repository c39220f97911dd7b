import { type Day, type Instant, startOfDay } from '../decision/time.ts';

/** What the calendar and the clock of a time zone show. */
export interface LocalTime {
  readonly day: Day;
  /** By the hands of the clock, since midnight: 08:00 is 480 also on a day on which the clock was put forward. */
  readonly minute: number;
}

/** A name that no calendar knows counts as UTC: better heard at an odd hour than never. */
export function localTime(at: Instant, timeZone: string): LocalTime {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const read = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return {
    day: `${read('year')}-${read('month')}-${read('day')}` as Day,
    minute: Number(read('hour')) * 60 + Number(read('minute')),
  };
}

export function isMonday(day: Day): boolean {
  return new Date(startOfDay(day)).getUTCDay() === 1;
}

/** Minutes since midnight of a clock time, `HH:MM`. */
export function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = makeClock(timeZone) ?? makeClock('UTC') ?? new Intl.DateTimeFormat('en-GB');
  clocks.set(timeZone, clock);
  return clock;
}

function makeClock(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  } catch {
    return null;
  }
}
