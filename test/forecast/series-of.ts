import { addDays, type Day, startOfDay } from '../../src/decision/time.ts';
import type { ForecastQuestion } from '../../src/forecast/forecast.ts';
import { type Random, randomOf } from '../../src/forecast/random.ts';
import type { Funds } from '../../src/forecast/runway.ts';

/** A Monday. */
export const firstDay = '2025-01-06' as Day;

/** Micro-units of a whole number of dollars and cents. */
export const dollars = (amount: number): bigint => BigInt(Math.round(amount * 100)) * 10_000n;

export function usage(spends: readonly number[], from: Day = firstDay): ReadonlyMap<Day, bigint> {
  return new Map(spends.map((spend, index) => [addDays(from, index), dollars(spend)]));
}

export function fundsOf(balance: number, rest: Partial<Funds> = {}): Funds {
  return { balance: dollars(balance), lots: [], autoRecharge: null, ...rest };
}

/** Asked in the first minute after the last day of a series whose days are all complete. */
export function questionOf(
  spends: readonly number[],
  balance: number,
  rest: Partial<ForecastQuestion> = {},
): ForecastQuestion {
  return {
    usageByDay: usage(spends),
    funds: fundsOf(balance),
    now: startOfDay(addDays(firstDay, spends.length)),
    lagMs: 0,
    seed: 1,
    ...rest,
  };
}

const weekdayShares = [1.05, 1.1, 1.08, 1.02, 0.85, 0.12, 0.08];

/** Working days around a hundred dollars, weekends near nothing, each day a little by chance. */
function workingWeeks(random: Random, days: number, growthPerDay = 0): number[] {
  return Array.from(
    { length: days },
    (_, day) => 100 * (weekdayShares[day % 7] ?? 1) * Math.exp(growthPerDay * day + 0.25 * random.normal()),
  );
}

/** Kinds of spend that a forecast must be honest about, from a seed. */
export const families = {
  'a weekday pattern': (random, days) => workingWeeks(random, days),
  'growth of five in a hundred a month': (random, days) => workingWeeks(random, days, 0.05 / 30),
  bursts: (random, days) =>
    workingWeeks(random, days).map((spend) => (random.uniform() < 0.04 ? 50 + 5 * spend : spend)),
  'spend on one day of three': (random, days) =>
    Array.from({ length: days }, () => (random.uniform() < 0.35 ? 100 * Math.exp(0.8 * random.normal()) : 0)),
  'days off': (random, days) =>
    workingWeeks(random, days).map((spend) => (random.uniform() < 0.03 ? spend / 10 : spend)),
  'a level that wanders': (random, days) => {
    let level = 0;
    return workingWeeks(random, days).map((spend, day) => {
      if (day % 7 === 0) level += 0.05 * random.normal();
      return spend * Math.exp(level);
    });
  },
} satisfies Record<string, (random: Random, days: number) => number[]>;

export function seriesOf(family: keyof typeof families, seed: number, days: number): readonly number[] {
  return families[family](randomOf(seed), days);
}
