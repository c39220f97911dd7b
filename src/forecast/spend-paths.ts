import { addDays, type Day } from '../decision/time.ts';
import type { Burn } from './burn.ts';
import { daysBetween } from './history.ts';
import { isHoliday } from './holidays.ts';
import { type Level, weightOf } from './level.ts';
import { quantilesOf } from './quantile.ts';
import { type Random, randomOf } from './random.ts';
import { growthUntil } from './trend.ts';
import { wideningOf } from './widening.ts';

/** Possible futures, each as likely as the others: what each day costs, in whole micro-units. */
export interface SpendPaths {
  readonly firstDay: Day;
  readonly days: number;
  readonly count: number;
  /**
   * Path after path. Doubles that hold integers: sums are exact to 2⁵³ micro-units and keep their order beyond, which
   * is all that a comparison needs.
   */
  readonly spends: Float64Array;
}

export interface PathMaking {
  readonly days: number;
  readonly count: number;
  readonly seed: number;
  readonly countries: readonly string[];
}

/**
 * Futures from the day after the last complete one. A path draws whole stretches of past weeks, each day from its own
 * weekday; which weeks it prefers is drawn for the path, in the way of Rubin's Bayesian bootstrap with recent weeks
 * the likelier, so that paths differ as much as the level is uncertain. Then they are widened to what this history's
 * own forecasts would have missed. No draw depends on how large the amounts are: twice the spend is twice each path.
 */
export function spendPaths(burn: Burn, making: PathMaking): SpendPaths {
  const { days, count, seed, countries } = making;
  const random = randomOf(seed);
  const firstDay = addDays(burn.lastDay, 1);
  const factors = dayFactors(burn, firstDay, days, countries);
  const spends = new Float64Array(count * days);
  const weights = new Float64Array(burn.weeks.length);

  for (let path = 0; path < count; path += 1) {
    drawWeights(weights, halfLifeFor(burn.level, random.uniform()), random);
    let week = drawWeek(weights, random);
    for (let day = 0; day < days; day += 1) {
      if (random.uniform() < chanceOfLeap) week = drawWeek(weights, random);
      const sameWeekday = 7 * week + 6 - (day % 7);
      spends[path * days + day] = (burn.spends[sameWeekday] ?? 0) * (factors[day] ?? 1);
    }
  }
  const paths = { firstDay, days, count, spends };
  widen(paths, burn, random);
  return paths;
}

/** What each path costs over so many days from the day of that number on, ascending. */
export function totalsOver(
  paths: SpendPaths,
  { from, days }: { readonly from: number; readonly days: number },
): Float64Array {
  return Float64Array.from({ length: paths.count }, (_, path) => {
    let sum = 0;
    for (let day = from; day < from + days; day += 1) sum += paths.spends[path * paths.days + day] ?? 0;
    return sum;
  }).sort();
}

/**
 * The futures as seen from a later day: what is reported of the days since the last complete one has been spent
 * already, and what is still to be reported of them will be taken today.
 */
export function fromToday(paths: SpendPaths, today: Day, reported: (day: Day) => number): SpendPaths {
  const past = Math.max(0, daysBetween(paths.firstDay, today));
  const known = Array.from({ length: past + 1 }, (_, day) => reported(addDays(paths.firstDay, day)));
  const days = paths.days - past;
  const spends = new Float64Array(paths.count * days);
  for (let path = 0; path < paths.count; path += 1) {
    const from = path * paths.days;
    const open = known.reduce(
      (sum, spent, day) => sum + Math.max(0, (paths.spends[from + day] ?? 0) - spent),
      0,
    );
    spends.set(paths.spends.subarray(from + past, from + paths.days), path * days);
    spends[path * days] = open;
  }
  return { firstDay: today, days, count: paths.count, spends };
}

/** On a given day a path goes on elsewhere in the past: stretches of four days keep campaigns and outages whole. */
const chanceOfLeap = 0.25;

/** Each way of forgetting has its share of the paths. */
function halfLifeFor({ memories }: Level, drawn: number): number {
  let sum = 0;
  const found = memories.find(({ share }) => {
    sum += share;
    return drawn < sum;
  });
  return (found ?? memories.at(-1))?.halfLifeWeeks ?? 1;
}

function drawWeights(cumulative: Float64Array, halfLifeWeeks: number, random: Random): void {
  let sum = 0;
  for (let week = 0; week < cumulative.length; week += 1) {
    sum += weightOf(week, halfLifeWeeks) * random.exponential();
    cumulative[week] = sum;
  }
}

function drawWeek(cumulative: Float64Array, random: Random): number {
  const last = cumulative.length - 1;
  const drawn = random.uniform() * (cumulative[last] ?? 0);
  let week = 0;
  while (week < last && (cumulative[week] ?? 0) < drawn) week += 1;
  return week;
}

function dayFactors(burn: Burn, firstDay: Day, days: number, countries: readonly string[]): Float64Array {
  return Float64Array.from({ length: days }, (_, day) => {
    const growth = growthUntil(burn.trend, day + 1);
    return burn.holidayShare !== 1 && isHoliday(addDays(firstDay, day), countries)
      ? growth * burn.holidayShare
      : growth;
  });
}

const weekDays = 7;
const monthDays = 28;

/** Each path as a whole runs above or below what was drawn for it, the more so the farther ahead. */
function widen(paths: SpendPaths, burn: Burn, random: Random): void {
  const week = missingDeviation(paths, burn, weekDays);
  const month = missingDeviation(paths, burn, monthDays);
  const deviations = Float64Array.from({ length: paths.days }, (_, day) => {
    const ahead = day + 1;
    if (ahead <= weekDays) return week;
    if (ahead <= monthDays) return week + ((month - week) * (ahead - weekDays)) / (monthDays - weekDays);
    return Math.min(mostDeviation, month * Math.sqrt(ahead / monthDays));
  });
  for (let path = 0; path < paths.count; path += 1) {
    const course = random.normal();
    for (let day = 0; day < paths.days; day += 1) {
      const at = path * paths.days + day;
      paths.spends[at] = Math.round((paths.spends[at] ?? 0) * Math.exp(course * (deviations[day] ?? 0)));
    }
  }
}

/** Of the logarithm; far ahead, a factor of e either way is said to be all that is thinkable. */
const mostDeviation = 1;

function missingDeviation(paths: SpendPaths, burn: Burn, days: number): number {
  const { p10, p50, p90 } = quantilesOf(totalsOver(paths, { from: 0, days }));
  if (p50 <= 0) return 0;
  const spread = (p90 - p10) / deviationsBetweenP10AndP90 / p50;
  const widening = wideningOf(burn.weeks, days / weekDays, spread);
  return Math.min(mostDeviation, Math.sqrt(Math.max(0, widening ** 2 - 1)) * spread);
}

const deviationsBetweenP10AndP90 = 2.563;
