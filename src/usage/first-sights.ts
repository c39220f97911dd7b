import { dayMs, hourMs, type Instant } from '../decision/time.ts';

/**
 * How long after its start a call was first seen, counted while usage is read regularly: calls that a first import or
 * a file brings were not first seen when they came. The older a count, the less it weighs.
 */
export interface FirstSights {
  /** Since when reading has been regular; null before that. */
  readonly since: Instant | null;
  /** When the counts were halved last. */
  readonly halvedAt: Instant | null;
  /** Calls by whole hours from their start to their first sight; the last entry holds all later ones. */
  readonly callsByLagHour: readonly number[];
}

export const noSights: FirstSights = { since: null, halvedAt: null, callsByLagHour: [] };

/** Three days: beyond that a call was not late but missing. */
const longestLagHours = 72;
const halfLifeMs = 28 * dayMs;

/** The counts, after calls with these starts were first seen at an instant. */
export function withSights(sights: FirstSights, starts: readonly Instant[], at: Instant): FirstSights {
  const aged = halved({ ...sights, since: sights.since ?? at, halvedAt: sights.halvedAt ?? at }, at);
  if (starts.length === 0) return aged;
  const calls = Array.from({ length: longestLagHours + 1 }, (_, hour) => aged.callsByLagHour[hour] ?? 0);
  for (const start of starts) {
    const hour = Math.min(longestLagHours, Math.max(0, Math.floor((at - start) / hourMs)));
    calls[hour] = (calls[hour] ?? 0) + 1;
  }
  return { ...aged, callsByLagHour: calls };
}

/** Reading was interrupted: what was learned stays, and regular days are counted anew. */
export function interrupted(sights: FirstSights): FirstSights {
  return { ...sights, since: null };
}

function halved(sights: FirstSights, at: Instant): FirstSights {
  if (sights.halvedAt === null || at - sights.halvedAt < halfLifeMs) return sights;
  return {
    ...sights,
    halvedAt: at,
    callsByLagHour: sights.callsByLagHour.map((calls) => Math.round(calls / 2)),
  };
}

/** A week has each weekday once: with less, the calls of the days seen would count for all. */
const longEnoughMs = 7 * dayMs;

/** Null while too few regular days are known. */
export function learnedSights(sights: FirstSights, now: Instant): Pick<FirstSights, 'callsByLagHour'> | null {
  if (sights.since === null || now - sights.since < longEnoughMs) return null;
  return { callsByLagHour: sights.callsByLagHour };
}
