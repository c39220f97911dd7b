import { dayMs, hourMs, type Instant, minuteMs } from '../decision/time.ts';
import type { Urgency } from './kind.ts';

/** How long until an incident that nobody acknowledged is said again the first time; null is never. */
export interface Cadence {
  readonly critical: number | null;
  readonly warning: number | null;
}

/** No more than this many times the first pause, so that a long incident is not forgotten. */
const longestGrowth = 8;
/** Said at least this many times before the money is gone. */
const timesBeforeZero = 4;
const shortestMs = 30 * minuteMs;
/** What lasts longer than this leaves no hurry. */
const longestTimeLeftMs = 365 * dayMs;

/**
 * When to say it again: each pause is twice the one before, and shorter where the money is gone sooner.
 * `minutes` of a cadence are between the first and the second time.
 */
export function repeatAt(
  cadence: Cadence,
  {
    urgency,
    repeats,
    timeLeftMs,
    at,
  }: {
    readonly urgency: Urgency;
    readonly repeats: number;
    readonly timeLeftMs: number | null;
    readonly at: Instant;
  },
): Instant | null {
  const minutes = urgency === 'info' ? null : cadence[urgency];
  if (minutes === null) return null;
  const grown = minutes * minuteMs * Math.min(longestGrowth, 2 ** repeats);
  const hurried = timeLeftMs === null ? grown : Math.min(grown, timeLeftMs / timesBeforeZero);
  return at + Math.round(Math.max(shortestMs, hurried));
}

/** How long the balance lasts at the usual pace, in milliseconds; null where no pace is known. */
export function timeLeft(balance: bigint, usualDay: bigint | null): number | null {
  if (usualDay === null || usualDay <= 0n) return null;
  if (balance <= 0n) return 0;
  const hours = Number((balance * 24n) / usualDay);
  return Math.min(longestTimeLeftMs, hours * hourMs);
}
