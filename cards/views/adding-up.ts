import { minorUnitDigits } from '../../src/money/currency.ts';
import { divideHalfUp } from '../../src/money/divide.ts';
import { type Money, microUnitDigits, money } from '../../src/money/money.ts';

/**
 * The lines between an opening and a closing, in whole minor units that add up: each is the step from one rounded
 * running balance to the next, and so at most one minor unit from what it would be if rounded alone.
 */
export function addingUp(opening: Money, lines: readonly Money[]): readonly Money[] {
  let running = opening.microUnits;
  return lines.map(({ microUnits, currency }) => {
    const before = rounded(running, currency);
    running += microUnits;
    return money(rounded(running, currency) - before, currency);
  });
}

function rounded(microUnits: bigint, currency: Money['currency']): bigint {
  const minorUnit = 10n ** BigInt(microUnitDigits - minorUnitDigits(currency));
  return divideHalfUp(microUnits, minorUnit) * minorUnit;
}
