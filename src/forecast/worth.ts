import { addDays, type Day } from '../decision/time.ts';
import { type ForecastQuestion, futures, type TooEarly } from './forecast.ts';
import { daysBetween } from './history.ts';
import { runway, zeroDateAt } from './runway.ts';

/** What an amount buys: so many days more, until a date, with a certainty (features L10). */
export interface Worth {
  readonly kind: 'worth';
  /** The last day that ends with money left, with that probability; null where that is beyond a year. */
  readonly until: Day | null;
  /** Days more than without it; null where either is beyond a year. */
  readonly days: number | null;
  readonly probability: number;
}

const certainty = 0.8;

/**
 * Compares the same futures with and without the amount, so that it never buys less than nothing. It is taken as
 * bought now, so that it does not expire in sight.
 * @param amount Micro-units.
 */
export function worthOf(question: ForecastQuestion, amount: bigint): Worth | TooEarly {
  const ahead = futures(question);
  if (ahead.kind === 'too-early') return ahead;
  const { funds } = question;
  const without = zeroDateAt(ahead.balance, 1 - certainty);
  const zero = zeroDateAt(runway(ahead.spend, { ...funds, balance: funds.balance + amount }), 1 - certainty);
  return {
    kind: 'worth',
    until: zero === null ? null : addDays(zero, -1),
    days: zero === null || without === null ? null : daysBetween(without, zero),
    probability: certainty,
  };
}
