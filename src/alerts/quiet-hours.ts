import { z } from 'zod';
import { dayMs, type Instant, minuteMs } from '../decision/time.ts';
import type { Urgency } from './kind.ts';
import { localTime, minutesOf } from './local-time.ts';

const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** From one time of the person's own clock to another; across midnight where the first is the later. */
export const quietHours = z
  .object({ from: clockTime, to: clockTime })
  .refine(({ from, to }) => from !== to, { message: 'quiet hours that never end' });
export type QuietHours = z.infer<typeof quietHours>;

export type SpeakingTime =
  /** `critical` tells the reader why it came within the quiet hours. */
  | { readonly kind: 'now'; readonly because: 'not-quiet' | 'critical' }
  /** With all else that was held back, as one digest. */
  | { readonly kind: 'later'; readonly at: Instant };

/** Kinds of news that a person may do without; what is critical is none of them. */
export const optionalUrgency = z.enum(['info', 'warning']);
export type OptionalUrgency = z.infer<typeof optionalUrgency>;

export type Speaking =
  /** `heldUntil`: the end of the quiet hours within which it was to be said, and for which it has waited; else null. */
  | (Extract<SpeakingTime, { kind: 'now' }> & { readonly heldUntil: Instant | null })
  | Extract<SpeakingTime, { kind: 'later' }>
  /** The person does without such news: only the card that is there shows it. */
  | { readonly kind: 'never' };

/** When a message that was committed before is said to a person, at the moment at which it could be. */
export function speaking(
  { hours, without }: { readonly hours: QuietHours | null; readonly without: readonly OptionalUrgency[] },
  {
    committedAt,
    ...asked
  }: {
    readonly timeZone: string;
    readonly urgency: Urgency;
    readonly at: Instant;
    readonly committedAt: Instant;
  },
): Speaking {
  if (without.some((urgency) => urgency === asked.urgency)) return { kind: 'never' };
  const now = speakingTime(hours, asked);
  if (now.kind === 'later') return now;
  const then = speakingTime(hours, { ...asked, at: committedAt });
  return { ...now, heldUntil: then.kind === 'later' ? then.at : null };
}

/** By the clock of the person's time zone. */
export function speakingTime(
  hours: QuietHours | null,
  { timeZone, urgency, at }: { readonly timeZone: string; readonly urgency: Urgency; readonly at: Instant },
): SpeakingTime {
  if (hours === null || !isQuiet(hours, localTime(at, timeZone).minute))
    return { kind: 'now', because: 'not-quiet' };
  if (urgency === 'critical') return { kind: 'now', because: 'critical' };
  return { kind: 'later', at: endOf(hours, timeZone, at) };
}

/** Whether a minute of the clock's day is one of them. */
export function isQuiet({ from, to }: QuietHours, minute: number): boolean {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  return start < end ? start <= minute && minute < end : start <= minute || minute < end;
}

/** The first minute that is quiet no more; found minute by minute, for clocks are put forward and back. */
function endOf(hours: QuietHours, timeZone: string, at: Instant): Instant {
  const wholeMinute = at - (at % minuteMs);
  for (let then = wholeMinute + minuteMs; then <= at + dayMs; then += minuteMs) {
    if (!isQuiet(hours, localTime(then, timeZone).minute)) return then;
  }
  return at + dayMs;
}
