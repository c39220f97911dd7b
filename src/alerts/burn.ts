import { hourMs, type Instant } from '../decision/time.ts';
import { divideHalfUp } from '../money/divide.ts';

/** What of a call that stands out counts here; the charge in micro-units. */
export interface ChargedCall {
  readonly startedAt: Instant;
  readonly durationSeconds: number;
  readonly charge: bigint;
}

/**
 * What calls cost an hour while they go on, in micro-units: their charges over the time in which at least one of them
 * was running, pauses below an hour with it. Whoever dials by machine pauses for the night, and the night is no part
 * of the pace. Null where there are none, or none that cost anything.
 */
export function burnPerHour(calls: readonly ChargedCall[]): bigint | null {
  const spent = calls.reduce((sum, { charge }) => sum + charge, 0n);
  if (spent <= 0n) return null;
  return divideHalfUp(spent * BigInt(hourMs), BigInt(Math.max(hourMs, busyMs(calls))));
}

/** How long the money lasts at a pace. */
export interface Pace {
  /** What went since the last call was reported, if it went on; in micro-units. */
  readonly goneSince: bigint;
  /** From now, in milliseconds; 0 where it may be gone already, null where no balance is known. */
  readonly lastsMs: number | null;
}

/** Calls are reported late, so that what went on since is taken in: the balance knows of none of it. */
export function paceOf({
  perHour,
  balance,
  reportedUntil,
  now,
}: {
  /** Above zero. */
  readonly perHour: bigint;
  readonly balance: bigint | null;
  readonly reportedUntil: Instant;
  readonly now: Instant;
}): Pace {
  const sinceMs = BigInt(Math.max(0, now - reportedUntil));
  const goneSince = divideHalfUp(perHour * sinceMs, BigInt(hourMs));
  if (balance === null) return { goneSince, lastsMs: null };
  const left = balance - goneSince;
  return { goneSince, lastsMs: left <= 0n ? 0 : Number((left * BigInt(hourMs)) / perHour) };
}

/** The time in which calls were running, pauses below an hour with it. */
function busyMs(calls: readonly ChargedCall[]): number {
  let [busy, end] = [0, Number.NEGATIVE_INFINITY];
  for (const { startedAt, durationSeconds } of [...calls].sort(
    (left, right) => left.startedAt - right.startedAt,
  )) {
    const endedAt = startedAt + durationSeconds * 1_000;
    const from = startedAt - end < hourMs ? end : startedAt;
    busy += Math.max(0, endedAt - from);
    end = Math.max(end, endedAt);
  }
  return busy;
}
