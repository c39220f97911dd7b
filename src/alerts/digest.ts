import { z } from 'zod';
import type { Day, Instant } from '../decision/time.ts';
import { isMonday, localTime, minutesOf } from './local-time.ts';
import { isQuiet, type QuietHours } from './quiet-hours.ts';

/** How often a person is given a digest; a weekly one comes on Monday. */
export const digestFrequency = z.enum(['daily', 'weekly', 'off']);
export type DigestFrequency = z.infer<typeof digestFrequency>;

/** When a person wants digests, by the clock of the person's time zone. */
export interface DigestRhythm {
  readonly frequency: DigestFrequency;
  readonly hours: QuietHours | null;
  readonly timeZone: string;
}

/**
 * The day of the person's calendar whose digest is due now; null where none is. `decided` is the last day that was
 * decided upon. A morning that was missed is made up for until afternoon, and no later: it would be no morning's digest.
 */
export function dueDigest(
  { frequency, hours, timeZone }: DigestRhythm,
  { decided, at }: { readonly decided: Day | null; readonly at: Instant },
): Day | null {
  if (frequency === 'off') return null;
  const { day, minute } = localTime(at, timeZone);
  if (day === decided || (frequency === 'weekly' && !isMonday(day))) return null;
  if (hours !== null && isQuiet(hours, minute)) return null;
  const morning = morningMinute(hours);
  return morning <= minute && minute < morning + lateMinutes ? day : null;
}

const eightOClock = 8 * 60;
const lateMinutes = 6 * 60;

/** Eight o'clock, or the end of the quiet hours where these go on at eight. */
function morningMinute(hours: QuietHours | null): number {
  return hours !== null && isQuiet(hours, eightOClock) ? minutesOf(hours.to) : eightOClock;
}

/**
 * Names the digest that lists what waited for the end of the quiet hours. It is the day's own, brought forward: a
 * person has one a morning. Quiet hours that end later in the day have one of their own.
 */
export function digestAfter(
  until: Instant,
  { hours, timeZone }: Pick<DigestRhythm, 'hours' | 'timeZone'>,
): string {
  const { day, minute } = localTime(until, timeZone);
  return minute <= morningMinute(hours) ? day : `${day}+${minute}`;
}

/** What a digest would tell of since the one before it. */
export interface DigestNews {
  readonly frequency: DigestFrequency;
  /** Incidents that go on, and requests that wait for this person. */
  readonly openItems: number;
  readonly accounts: readonly AccountNews[];
}

/** In micro-units; `moved` is null where there was no digest before. */
export interface AccountNews {
  readonly moved: bigint | null;
  /** What came in by purchases and recharges. */
  readonly funded: bigint;
  /** What as many usual days cost; null where that is not known yet. */
  readonly usual: bigint | null;
}

/**
 * Whether a digest has something to say: an open item, money that came in, or a balance that moved. A weekly one tells
 * of every movement, a daily one of what is out of the usual.
 */
export function isWorthSaying({ frequency, openItems, accounts }: DigestNews): boolean {
  if (openItems > 0) return true;
  return accounts.some((account) => account.funded !== 0n || isMovement(account, frequency));
}

/** Spend differs from day to day: less than twice the usual is usual. */
const usualTimes = 2n;

function isMovement({ moved, usual }: AccountNews, frequency: DigestFrequency): boolean {
  if (moved === null) return true;
  if (moved === 0n) return false;
  if (frequency === 'weekly' || usual === null) return true;
  return moved > 0n || -moved > usual * usualTimes;
}
