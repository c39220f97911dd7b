import type { Purchase } from './top-up-state.ts';

/** What a figure read in the admin centre says of purchases that wait for proof. */
export interface Proof {
  readonly proven: readonly number[];
  readonly disproved: readonly number[];
}

/** A purchase that waits, by the number of its request. */
export interface Awaiting {
  readonly number: number;
  readonly purchase: Purchase;
}

/**
 * Compares a figure with the estimate that counts every recorded purchase. What is missing from the figure is missing
 * from the latest purchases first; one is there when the greater part of it is, for estimates are off by calls that
 * nobody reported yet.
 * @param figure Micro-units, as is the estimate.
 */
export function proofBy(figure: bigint, estimate: bigint, awaiting: readonly Awaiting[]): Proof {
  const proven: number[] = [];
  const disproved: number[] = [];
  let missing = estimate - figure;
  for (const { number, purchase } of [...awaiting].sort(latestFirst)) {
    const { microUnits } = purchase.amount;
    if (missing * 2n <= microUnits) proven.push(number);
    else {
      disproved.push(number);
      missing -= microUnits;
    }
  }
  return { proven, disproved };
}

function latestFirst(left: Awaiting, right: Awaiting): number {
  return right.purchase.boughtAt - left.purchase.boughtAt || right.number - left.number;
}
