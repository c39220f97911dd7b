import { addDays, type Day } from '../decision/time.ts';
import type { Futures } from './forecast.ts';
import { daysBetween } from './history.ts';
import { type Funds, lowestUntil, runway, zeroDateAt } from './runway.ts';

/** What an amount buys: so many days more, until a date, with a certainty (features L10). */
export interface Worth {
  /** The last day that ends with money left, with that probability; null where that is beyond a year. */
  readonly until: Day | null;
  /** The same without the amount. */
  readonly untilWithout: Day | null;
  /** Days more than without it; null where either is beyond a year. */
  readonly days: number | null;
  /** In basis points. */
  readonly certainty: number;
}

const certainty = 0.8;

/** The same futures for every amount, and the funds that they are spent from. */
export interface Spending {
  readonly ahead: Futures;
  readonly funds: Funds;
}

/**
 * Compares the same futures with and without the amount, so that it never buys less than nothing. It is taken as
 * bought now, so that it does not expire in sight.
 * @param amount Micro-units.
 */
export function worthOf({ ahead, funds }: Spending, amount: bigint): Worth {
  const without = zeroDateAt(ahead.balance, 1 - certainty);
  const zero = zeroDateAt(runway(ahead.spend, { ...funds, balance: funds.balance + amount }), 1 - certainty);
  return {
    until: zero === null ? null : addDays(zero, -1),
    untilWithout: without === null ? null : addDays(without, -1),
    days: zero === null || without === null ? null : daysBetween(without, zero),
    certainty: certainty * 10_000,
  };
}

/**
 * The least amount that leaves money at the end of every day before this one, with the same certainty, in micro-units:
 * none where there is enough without it. Funds never owe more than their lots hold, so that all of it is there to spend.
 */
export function leastToReach({ ahead }: Spending, day: Day): bigint {
  if (day <= ahead.balance.firstDay) return 0n;
  const left = BigInt(lowestUntil(ahead.balance, day, 1 - certainty));
  return left > 0n ? 0n : 1n - left;
}
