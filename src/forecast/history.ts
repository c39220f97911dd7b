import { addDays, type Day, dayMs, hourMs, type Instant, startOfDay, utcDay } from '../decision/time.ts';
import { isHoliday } from './holidays.ts';

/** What each complete day cost, without a hole, ready for a model to learn from. */
export interface History {
  readonly lastDay: Day;
  /** Micro-units, the newest day first; days that nobody knows, and holidays, hold what their weekday usually costs. */
  readonly spends: Float64Array;
  /** Days whose spend is really known. */
  readonly knownDays: number;
  /** What a holiday costs in relation to an ordinary day of that weekday; 1 where nothing shows that it differs. */
  readonly holidayShare: number;
}

export interface Usage {
  /** Micro-units. A day that is missing between two others cost nothing, unless it is one of the unknown. */
  readonly usageByDay: ReadonlyMap<Day, bigint>;
  readonly unknownDays?: ReadonlySet<Day>;
  /** ISO 3166-1 alpha-2: where people keep the public holidays; those without a known calendar have none. */
  readonly countries?: readonly string[];
}

/** Reports arrive 24 to 48 hours after a call (Microsoft: "PSTN usage report"). */
export const reportingLagMs = 48 * hourMs;

/** The latest UTC day of which every call is reported. */
export function lastCompleteDay(now: Instant, lagMs: number): Day {
  return addDays(utcDay(now - lagMs), -1);
}

/** Two years hold more than any model here looks back. */
const longestHistoryDays = 728;

/** The days from the first one recorded to the last complete one; null where there is none. */
export function historyOf(usage: Usage, lastDay: Day): History | null {
  const firstDay = firstRecordedDay(usage.usageByDay);
  if (firstDay === null || firstDay > lastDay) return null;
  const span = daysBetween(firstDay, lastDay) + 1;
  const days = Array.from({ length: Math.min(span, longestHistoryDays) }, (_, age) => addDays(lastDay, -age));

  const raw = Float64Array.from(days, (day) =>
    usage.unknownDays?.has(day) ? Number.NaN : Number(usage.usageByDay.get(day) ?? 0n),
  );
  const isClosed = days.map((day) => isHoliday(day, usage.countries ?? []));
  const ordinary = filled(raw.map((spend, age) => (isClosed[age] ? Number.NaN : spend)));
  const holidayShare = shareOnHolidays(raw, ordinary, isClosed);
  return {
    lastDay,
    spends: holidayShare === 1 ? filled(raw) : ordinary,
    knownDays: raw.filter((spend) => !Number.isNaN(spend)).length,
    holidayShare,
  };
}

/** How many days later the second day is; below zero where it is earlier. */
export function daysBetween(first: Day, second: Day): number {
  return Math.round((startOfDay(second) - startOfDay(first)) / dayMs);
}

/** The same history as it stood so many days earlier. */
export function earlier(history: History, days: number): History {
  return {
    ...history,
    lastDay: addDays(history.lastDay, -days),
    spends: history.spends.subarray(days),
    knownDays: Math.max(0, history.knownDays - days),
  };
}

function firstRecordedDay(usageByDay: ReadonlyMap<Day, bigint>): Day | null {
  let first: Day | null = null;
  for (const day of usageByDay.keys()) if (first === null || day < first) first = day;
  return first;
}

/** How many known days of the same weekday, the nearest ones, tell what an unknown day cost. */
const neighbours = 4;

function filled(spends: Float64Array): Float64Array {
  return spends.map((spend, age) => (Number.isNaN(spend) ? usualOfWeekday(spends, age) : spend));
}

function usualOfWeekday(spends: Float64Array, age: number): number {
  const near: number[] = [];
  for (let weeks = 1; near.length < neighbours && 7 * weeks < spends.length; weeks += 1) {
    for (const spend of [spends[age - 7 * weeks], spends[age + 7 * weeks]])
      if (spend !== undefined && !Number.isNaN(spend)) near.push(spend);
  }
  return near.length === 0 ? 0 : near.reduce((sum, spend) => sum + spend, 0) / near.length;
}

/** Fewer holidays than these, or ones that cost more than this share of an ordinary day, are taken as chance. */
const leastHolidays = 2;
const highestHolidayShare = 0.6;

/** Holidays count only where this tenant's own history shows that it keeps them. */
function shareOnHolidays(raw: Float64Array, ordinary: Float64Array, isClosed: readonly boolean[]): number {
  let seen = 0;
  let spent = 0;
  let usual = 0;
  raw.forEach((spend, age) => {
    if (!isClosed[age] || Number.isNaN(spend)) return;
    seen += 1;
    spent += spend;
    usual += ordinary[age] ?? 0;
  });
  if (seen < leastHolidays || usual === 0) return 1;
  return spent / usual > highestHolidayShare ? 1 : spent / usual;
}
