import type { Money } from '../money/money.ts';
import { type DriftPart, unexplainedOf } from './drift-parts.ts';

const fiftieth = 50n;
const fiveMajorUnits = 5_000_000n;

/**
 * What may stay unexplained, in micro-units: 2 % of the figure that was read, which is less than a day's spend of a
 * balance that lasts a month; and never less than five major units, a tenth of the smallest purchase (USD 50), for
 * nobody looks for less.
 */
export function driftLimit(observed: Money): bigint {
  const size = observed.microUnits < 0n ? -observed.microUnits : observed.microUnits;
  const share = size / fiftieth;
  return share > fiveMajorUnits ? share : fiveMajorUnits;
}

/** Whether so much is unexplained that somebody should look for it. */
export function isOverLimit(parts: readonly DriftPart[], observed: Money): boolean {
  const unexplained = unexplainedOf(parts);
  return (unexplained < 0n ? -unexplained : unexplained) > driftLimit(observed);
}
