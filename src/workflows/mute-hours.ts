import type { Instant } from '../decision/time.ts';
import type { Duration } from '../language/question.ts';

const usualHours = 24;
const longestHours = 168;

/** For how many whole hours a mute is to last that was asked for in words; at most a week. */
export function muteHours(
  duration: Duration | undefined,
  { now, timeZone }: { readonly now: Instant; readonly timeZone: string },
): number {
  if (duration === undefined) return usualHours;
  const hours = duration.startsWith('P') ? hoursOf(duration) : hoursUntil(duration, clockAt(now, timeZone));
  return Math.min(longestHours, Math.max(1, Math.ceil(hours)));
}

function hoursOf(iso: string): number {
  const [, days = 0, hours = 0, minutes = 0] = (
    /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(iso) ?? []
  ).map((part) => Number(part ?? 0));
  return days * 24 + hours + minutes / 60;
}

interface ClockNow {
  /** 0 for Sunday. */
  readonly weekday: number;
  readonly hour: number;
}

/** Until the day begins. */
function hoursUntil(day: string, { weekday, hour }: ClockNow): number {
  const days = day === 'until_monday' ? (8 - weekday) % 7 || 7 : 1;
  return days * 24 - hour;
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** A name that no calendar knows counts as UTC. */
function clockAt(now: Instant, timeZone: string): ClockNow {
  try {
    const clock = new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      hourCycle: 'h23',
    });
    const parts = new Map(clock.formatToParts(now).map(({ type, value }) => [type, value]));
    return {
      weekday: weekdays.indexOf(parts.get('weekday') ?? 'Sun'),
      hour: Number(parts.get('hour') ?? 0),
    };
  } catch {
    const date = new Date(now);
    return { weekday: date.getUTCDay(), hour: date.getUTCHours() };
  }
}
