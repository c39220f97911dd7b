import { divideHalfUp } from '../money/divide.ts';
import { type Money, subtract } from '../money/money.ts';

export interface Drift {
  /** Observed minus estimate: below zero where more was taken than the ledger knows. */
  readonly amount: Money;
  /** As a share of the estimate's size, a half rounded away from zero; null where the estimate was zero. */
  readonly basisPoints: number | null;
}

/** How far the figure that an admin read is from what the ledger said. @throws {CurrenciesMixed} */
export function drift(observed: Money, estimate: Money): Drift {
  const amount = subtract(observed, estimate);
  return { amount, basisPoints: share(amount.microUnits, estimate.microUnits) };
}

function share(part: bigint, whole: bigint): number | null {
  if (whole === 0n) return null;
  return Number(divideHalfUp(part * 10_000n, whole < 0n ? -whole : whole));
}
