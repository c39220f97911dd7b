import type { Day, Instant } from '../decision/time.ts';
import { utcDay } from '../decision/time.ts';
import type { Verdict } from '../forecast/backtest.ts';
import {
  type ForecastQuestion,
  forecast,
  futures,
  type Outlook,
  type TooEarly,
} from '../forecast/forecast.ts';
import { daysBetween } from '../forecast/history.ts';
import type { Quantiles } from '../forecast/quantile.ts';
import { dailyBalances, probabilityBelow } from '../forecast/runway.ts';
import type { Currency } from '../money/currency.ts';
import { type Money, money } from '../money/money.ts';
import type { KnownUsage } from './known-usage.ts';

/** When the balance runs out; shown in a personal chat to a holder of an eligible role. */
export interface ForecastAnswer extends KnownUsage {
  readonly kind: 'forecast';
  /** By currency in alphabetical order. */
  readonly accounts: readonly ForecastFigures[];
}

/** The balance that it starts from, and what comes of it. */
export interface ForecastFigures {
  readonly from: {
    readonly currency: string;
    /** Ledger estimate. */
    readonly estimate: Money;
    /** Last figure that an admin read in the admin centre. */
    readonly confirmed: { readonly amount: Money; readonly at: Instant } | null;
  };
  readonly outcome: TooEarly | OutlookFigures;
}

export interface OutlookFigures {
  readonly kind: 'outlook';
  /** Complete days that it was learned from, and the last of them. */
  readonly daysOfData: number;
  readonly learnedUntil: Day;
  /** UTC days; null beyond the horizon. */
  readonly zero: Quantiles<Day | null>;
  readonly horizonDays: number;
  /** At the end of each of thirty UTC days, today first. */
  readonly daily: readonly DayFigures[];
  readonly usualDay: Money;
  /** In basis points; 0 where no trend is evident. */
  readonly growthPerMonth: number;
  /** Funds that will lapse unused, the earliest first. */
  readonly lapses: readonly { readonly day: Day; readonly amount: Money }[];
  /** The day that was asked about; null where none was. */
  readonly asked: AskedDay | null;
  /** Shares in basis points; null while untested. */
  readonly backtest: {
    readonly coverage: number | null;
    readonly medianError: number | null;
    readonly verdict: Verdict;
  };
}

interface DayFigures extends Quantiles<Money> {
  readonly day: Day;
}

export type AskedDay =
  | { readonly kind: 'past' | 'beyond'; readonly day: Day }
  /** How likely money is left at the end of that day and of all before it, in basis points. */
  | ({ readonly kind: 'within'; readonly lasts: number } & DayFigures);

/** What an account's forecast is to tell of. */
export interface ForecastWanted {
  readonly question: ForecastQuestion;
  readonly currency: Currency;
  readonly until: Day | null;
}

export function forecastOutcome(wanted: ForecastWanted): ForecastFigures['outcome'] {
  const made = forecast(wanted.question);
  return made.kind === 'too-early' ? made : outlookFigures(made, wanted);
}

function outlookFigures(made: Outlook, wanted: ForecastWanted): OutlookFigures {
  const { daysOfData, learnedUntil, zero, horizonDays, daily, usualDay, lapses, backtest } = made;
  const inCurrency = (microUnits: bigint): Money => money(microUnits, wanted.currency);
  const { coverage, medianError, verdict } = backtest;
  return {
    kind: 'outlook',
    daysOfData,
    learnedUntil,
    zero,
    horizonDays,
    daily: daily.map(({ date: day, p10, p50, p90 }) => ({
      day,
      p10: inCurrency(p10),
      p50: inCurrency(p50),
      p90: inCurrency(p90),
    })),
    usualDay: inCurrency(usualDay),
    growthPerMonth: basisPoints(made.growthPerMonth),
    lapses: lapses.filter(({ p50 }) => p50 > 0n).map(({ day, p50 }) => ({ day, amount: inCurrency(p50) })),
    asked: wanted.until === null ? null : askedDay(wanted.until, made, wanted),
    backtest: {
      coverage: coverage === null ? null : basisPoints(coverage),
      medianError: medianError === null ? null : basisPoints(medianError),
      verdict,
    },
  };
}

function askedDay(
  day: Day,
  { horizonDays }: Outlook,
  { question, currency }: Pick<ForecastWanted, 'question' | 'currency'>,
): AskedDay {
  const daysAhead = daysBetween(utcDay(question.now), day);
  if (daysAhead < 0) return { kind: 'past', day };
  const ahead = futures(question);
  const balance = ahead.kind === 'too-early' ? undefined : dailyBalances(ahead.balance, daysAhead + 1).at(-1);
  if (ahead.kind === 'too-early' || balance === undefined || daysAhead >= horizonDays) {
    return { kind: 'beyond', day };
  }
  return {
    kind: 'within',
    day,
    // Below one micro-unit is at or below zero.
    lasts: basisPoints(1 - probabilityBelow(ahead.balance, 1n, day)),
    p10: money(balance.p10, currency),
    p50: money(balance.p50, currency),
    p90: money(balance.p90, currency),
  };
}

function basisPoints(share: number): number {
  return Math.round(share * 10_000);
}
