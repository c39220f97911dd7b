import { addDays, type Day, type Instant, utcDay } from '../decision/time.ts';
import { type Backtest, backtest } from './backtest.ts';
import { type Burn, burnOf, leastDays } from './burn.ts';
import { daysBetween, historyOf, lastCompleteDay, reportingLagMs, type Usage } from './history.ts';
import { type Quantiles, quantilesOf } from './quantile.ts';
import { type DailyBalance, dailyBalances, type Funds, type Runway, runway, zeroDates } from './runway.ts';
import { type Scenario, underScenario } from './scenario.ts';
import { fromToday, type SpendPaths, spendPaths } from './spend-paths.ts';
import { growthPerMonth } from './trend.ts';

/** What a forecast is made from; the same question has the same answer. */
export interface ForecastQuestion extends Usage {
  readonly funds: Funds;
  readonly now: Instant;
  readonly seed: number;
  /** How late a call may be reported; 48 hours unless the days are known to be complete. */
  readonly lagMs?: number;
  readonly scenario?: Scenario;
}

export type Forecast = TooEarly | Outlook;

/** Less than two weeks of complete days tell nothing. */
export interface TooEarly {
  readonly kind: 'too-early';
  readonly daysOfData: number;
  readonly daysNeeded: number;
}

export interface Outlook {
  readonly kind: 'outlook';
  /** Complete days that it was learned from. */
  readonly daysOfData: number;
  readonly learnedUntil: Day;
  /** When the balance is used up, a day of UTC; null where that is beyond the horizon. */
  readonly zero: Quantiles<Day | null>;
  readonly horizonDays: number;
  /** What is left at the end of each of thirty days from today, in micro-units. */
  readonly daily: readonly DailyBalance[];
  /** What an average day costs at the present level, in micro-units. */
  readonly usualDay: bigint;
  /** 0.05 is five in a hundred more each month; 0 where no trend is evident. */
  readonly growthPerMonth: number;
  /** Funds that will be forfeited at this pace, lot by lot, in micro-units. */
  readonly lapses: readonly ExpectedLapse[];
  readonly backtest: Backtest;
}

export interface ExpectedLapse extends Quantiles<bigint> {
  /** The last day on which the funds may be used. */
  readonly day: Day;
}

const horizonDays = 365;
const shownDays = 30;
const pathCount = 1_000;

/**
 * When the balance runs out, with its uncertainty, and how far such forecasts were right before.
 * More spend in proportion never gives a later date, nor does a scenario that adds to it; without auto-recharge, more
 * funds never give an earlier one. More spend on single days of the past may: it can be less of a growth than before.
 */
export function forecast(question: ForecastQuestion): Forecast {
  const learned = learn(question);
  if (learned.kind === 'too-early') return learned;
  const { burn, history } = learned;
  const ahead = runway(spendFrom(burn, question), question.funds);
  return {
    kind: 'outlook',
    daysOfData: history.knownDays,
    learnedUntil: history.lastDay,
    zero: zeroDates(ahead),
    horizonDays,
    daily: dailyBalances(ahead, shownDays),
    usualDay: usualDay(burn),
    growthPerMonth: growthPerMonth(burn.trend),
    lapses: expectedLapses(ahead),
    backtest: backtest(history, { seed: question.seed, countries: question.countries ?? [] }),
  };
}

/** The possible futures of the spend, from today, and of the balance under the question's funds. */
export interface Futures {
  readonly kind: 'futures';
  readonly spend: SpendPaths;
  readonly balance: Runway;
}

/** For questions other than the usual one: how likely the balance falls below an amount, what a recharge buys. */
export function futures(question: ForecastQuestion): Futures | TooEarly {
  const learned = learn(question);
  if (learned.kind === 'too-early') return learned;
  const spend = spendFrom(learned.burn, question);
  return { kind: 'futures', spend, balance: runway(spend, question.funds) };
}

function learn(question: ForecastQuestion) {
  const lastDay = lastCompleteDay(question.now, question.lagMs ?? reportingLagMs);
  const history = historyOf(question, lastDay);
  const burn = history === null ? null : burnOf(history);
  if (history === null || burn === null)
    return { kind: 'too-early', daysOfData: history?.knownDays ?? 0, daysNeeded: leastDays } as const;
  return { kind: 'learned', history, burn } as const;
}

function spendFrom(burn: Burn, question: ForecastQuestion): SpendPaths {
  const { usageByDay, countries = [], now, seed, scenario } = question;
  const today = utcDay(now);
  const lateDays = Math.max(0, daysBetween(addDays(burn.lastDay, 1), today));
  const paths = spendPaths(burn, { days: horizonDays + lateDays, count: pathCount, seed, countries });
  const changed = scenario === undefined ? paths : underScenario(paths, scenario);
  return fromToday(changed, today, (day) => Number(usageByDay.get(day) ?? 0n));
}

function usualDay(burn: Burn): bigint {
  return BigInt(Math.round(burn.level.perWeek / 7));
}

function expectedLapses({ lapses }: Runway): readonly ExpectedLapse[] {
  return lapses.map(({ day, forfeited }) => {
    const { p10, p50, p90 } = quantilesOf(forfeited);
    return { day, p10: BigInt(p10), p50: BigInt(p50), p90: BigInt(p90) };
  });
}
