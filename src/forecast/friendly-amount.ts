import { type Currency, minorUnitDigits } from '../money/currency.ts';
import { microUnitDigits } from '../money/money.ts';

/** In tenths, what may stand before the zeros of an amount that people like to type. */
const steps = [10n, 12n, 15n, 20n, 25n, 30n, 35n, 40n, 50n, 60n, 70n, 80n, 90n, 100n] as const;

/**
 * The next amount at or above that is easy to say, at most a quarter above it: 137 becomes 150, 2,310 becomes 2,500.
 * Never finer than the major unit, or a thousand of a currency without decimals. Micro-units in and out.
 */
export function friendlyAmount(microUnits: bigint, currency: Currency): bigint {
  const smallest = 10n ** BigInt(microUnitDigits + (minorUnitDigits(currency) === 0 ? 3 : 0));
  if (microUnits <= smallest) return microUnits <= 0n ? 0n : smallest;
  let scale = smallest;
  while (scale * 10n < microUnits) scale *= 10n;
  const step = steps.find((tenths) => (scale * tenths) / 10n >= microUnits) ?? 100n;
  const amount = (scale * step) / 10n;
  return ((amount + smallest - 1n) / smallest) * smallest;
}
