import { type Day, hourMs, type Instant, startOfDay } from '../decision/time.ts';

/**
 * How late this tenant's calls are first seen. Only calls that are old enough to have been seen for sure, by the
 * longest lag counted, belong in it; else it would look quicker than it is.
 */
export interface Lateness {
  /** Calls by whole hours from the start of the call to its first sight; the last entry holds all later ones. */
  readonly callsByLagHour: readonly number[];
}

/** What share of a call's charge is visible, for lags in hours, from 0 to 1. */
export type VisibleShare = (lagHours: number) => number;

/** Fewer calls than these say less than Microsoft's rule. */
const enoughCalls = 200;

/** Null while too little is learned, and the rule of 24 to 48 hours is all there is. */
export function learnedShare({ callsByLagHour }: Lateness): VisibleShare | null {
  const seenWithin = [0];
  for (const calls of callsByLagHour) seenWithin.push((seenWithin.at(-1) ?? 0) + calls);
  const seen = seenWithin.at(-1) ?? 0;
  if (seen < enoughCalls) return null;
  return (lagHours) => {
    const hour = Math.max(0, Math.floor(lagHours));
    const before = seenWithin[Math.min(hour, seenWithin.length - 1)] ?? 0;
    const after = seenWithin[Math.min(hour + 1, seenWithin.length - 1)] ?? 0;
    return (before + (after - before) * (Math.max(0, lagHours) - hour)) / seen;
  };
}

/** The learned curve as people read it (features L1). */
export function lateShares(share: VisibleShare): Readonly<Record<6 | 12 | 24 | 48, number>> {
  return { 6: share(6), 12: share(12), 24: share(24), 48: share(48) };
}

/** What share of a UTC day's charge is spent at an instant and not visible yet, calls being spread evenly over it. */
export function hiddenShare(day: Day, now: Instant, visible: VisibleShare): number {
  const hoursSinceMidnight = (now - startOfDay(day)) / hourMs;
  let hidden = 0;
  for (let hour = 0; hour < hoursOfDay; hour += 1) {
    const lagHours = hoursSinceMidnight - hour - 0.5;
    if (lagHours > 0) hidden += 1 - visible(lagHours);
  }
  return hidden / hoursOfDay;
}

const hoursOfDay = 24;
