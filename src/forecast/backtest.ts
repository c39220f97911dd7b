import { burnOf, leastDays } from './burn.ts';
import { earlier, type History } from './history.ts';
import { median, quantile } from './quantile.ts';
import { type SpendPaths, spendPaths, totalsOver } from './spend-paths.ts';

/** How the method would have done in this history: asked at past days, with what was known then. */
export interface Backtest {
  /** Share of outcomes within P10–P90, over both horizons; null while the history is too short to tell. */
  readonly coverage: number | null;
  /** Median of the error of P50 in relation to what was spent, over both horizons. */
  readonly medianError: number | null;
  readonly week: Trial;
  readonly month: Trial;
  /** Of a made-up balance that the usual spend uses up in fifteen days. */
  readonly zeroDate: Trial;
  readonly verdict: Verdict;
}

export interface Trial {
  readonly origins: number;
  readonly coverage: number | null;
  /** Relative for spend; in days for the zero date. */
  readonly medianError: number | null;
}

/** Whether the promised eight of ten were kept, allowing for chance. */
export type Verdict = 'untested' | 'as-promised' | 'too-narrow' | 'too-wide';

export interface BacktestMaking {
  readonly seed: number;
  readonly countries: readonly string[];
}

const weekDays = 7;
const monthDays = 30;
/** Enough to see a failure, few enough to be asked for in a chat. */
const mostOrigins = 24;
/** What happened before is no judge of the present. */
const longestAgo = 270;
const pathsPerOrigin = 200;
/** A long history is judged by forecasts that had four weeks to learn from, a short one by what there is. */
const longHistory = 56;
const daysToStartWith = 28;

/** A rolling-origin back-test; each origin sees only the days before it. */
export function backtest(history: History, making: BacktestMaking): Backtest {
  const outcomes = origins(history).flatMap((daysAgo) => outcomesAt(history, daysAgo, making));
  const of = (kind: Outcome['kind']): readonly Outcome[] =>
    outcomes.filter((outcome) => outcome.kind === kind);
  const spend = [...of('week'), ...of('month')];
  const { coverage, medianError } = trial(spend);
  return {
    coverage,
    medianError,
    week: trial(of('week')),
    month: trial(of('month')),
    zeroDate: trial(of('zero-date')),
    verdict: verdict(spend, coverage),
  };
}

interface Outcome {
  readonly kind: 'week' | 'month' | 'zero-date';
  readonly daysAgo: number;
  readonly isCovered: boolean;
  readonly error: number;
}

function origins(history: History): readonly number[] {
  const total = history.spends.length;
  const earliest = Math.min(longestAgo, total - (total >= longHistory ? daysToStartWith : leastDays));
  const step = Math.max(1, Math.ceil((earliest - weekDays + 1) / mostOrigins));
  const count = Math.max(0, Math.floor((earliest - weekDays) / step) + 1);
  return Array.from({ length: count }, (_, index) => weekDays + index * step);
}

function outcomesAt(
  history: History,
  daysAgo: number,
  { seed, countries }: BacktestMaking,
): readonly Outcome[] {
  const burn = burnOf(earlier(history, daysAgo));
  if (burn === null) return [];
  const paths = spendPaths(burn, {
    days: monthDays,
    count: pathsPerOrigin,
    seed: seed + daysAgo,
    countries,
  });
  const actual = history.spends.subarray(0, daysAgo).slice().reverse();
  const week: Outcome = { kind: 'week', daysAgo, ...spendOutcome(paths, actual, weekDays) };
  if (daysAgo < monthDays) return [week];

  const balance = (madeUpDays * burn.level.perWeek) / weekDays;
  return [
    week,
    { kind: 'month', daysAgo, ...spendOutcome(paths, actual, monthDays) },
    { kind: 'zero-date', daysAgo, ...zeroDateOutcome(paths, actual, balance) },
  ];
}

const madeUpDays = 15;

type Judgement = Pick<Outcome, 'isCovered' | 'error'>;

function spendOutcome(paths: SpendPaths, actual: Float64Array, days: number): Judgement {
  const totals = totalsOver(paths, { from: 0, days });
  const spent = actual.subarray(0, days).reduce((sum, spend) => sum + spend, 0);
  const miss = Math.abs(quantile(totals, 0.5) - spent);
  // Where nothing was spent, any forecast of some spend is wholly wrong.
  return { isCovered: isWithin(totals, spent), error: spent === 0 ? Math.min(1, miss) : miss / spent };
}

function zeroDateOutcome(paths: SpendPaths, actual: Float64Array, balance: number): Judgement {
  const dates = Float64Array.from({ length: paths.count }, (_, path) =>
    daysUntilSpent(paths.spends.subarray(path * paths.days, (path + 1) * paths.days), balance),
  ).sort();
  const date = daysUntilSpent(actual.subarray(0, paths.days), balance);
  return { isCovered: isWithin(dates, date), error: Math.abs(quantile(dates, 0.5) - date) };
}

function daysUntilSpent(spends: Float64Array, balance: number): number {
  let left = balance;
  const day = spends.findIndex((spend) => {
    left -= spend;
    return left <= 0;
  });
  return day === -1 ? spends.length : day;
}

function isWithin(ascending: Float64Array, actual: number): boolean {
  return actual >= quantile(ascending, 0.1) && actual <= quantile(ascending, 0.9);
}

function trial(outcomes: readonly Outcome[]): Trial {
  const count = outcomes.length;
  if (count === 0) return { origins: 0, coverage: null, medianError: null };
  return {
    origins: count,
    coverage: outcomes.filter(({ isCovered }) => isCovered).length / count,
    medianError: median(outcomes.map(({ error }) => error)),
  };
}

const promised = 0.8;
/** Five in a hundred either way are part of the promise (features C2: 75 to 85%). */
const leastTolerance = 0.05;

function verdict(outcomes: readonly Outcome[], coverage: number | null): Verdict {
  if (coverage === null) return 'untested';
  // Windows that overlap are one experience told twice: what counts is how many fit side by side.
  const months = Math.max(...outcomes.map(({ daysAgo }) => daysAgo)) / monthDays;
  const tolerance = Math.max(leastTolerance, 1.64 * Math.sqrt((promised * (1 - promised)) / (2 * months)));
  if (coverage < promised - tolerance) return 'too-narrow';
  return coverage > promised + tolerance ? 'too-wide' : 'as-promised';
}
