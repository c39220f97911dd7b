import { divideHalfUp } from './divide.ts';
import { maxMicroUnits, microUnitDigits } from './money.ts';

/** A decimal as a machine wrote it, and how finely. */
export interface ReadDecimal {
  readonly microUnits: bigint;
  /** Decimals as written, trailing zeros included: how finely the writer knew the amount. */
  readonly decimals: number;
}

const decimalText = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:[eE](?<exponent>[+-]?\d{1,3}))?$/;

/**
 * Reads the text of a number in a JSON document or a report, to the micro-unit. What a binary float adds beyond it
 * (0.30000000000000004) is noise of the writer and is rounded off, half up. Null where the text is not a finite
 * decimal, or is more than {@link maxMicroUnits} from zero.
 */
export function readDecimal(text: string): ReadDecimal | null {
  const parts = decimalText.exec(text)?.groups;
  if (parts === undefined) return null;
  const { sign = '', whole = '', fraction = '', exponent = '0' } = parts;
  const digits = BigInt(whole + fraction);
  const shift = Number(exponent) - fraction.length + microUnitDigits;
  const absolute = shift >= 0 ? digits * 10n ** BigInt(shift) : divideHalfUp(digits, 10n ** BigInt(-shift));
  if (absolute > maxMicroUnits) return null;
  return {
    microUnits: sign === '-' ? -absolute : absolute,
    decimals: Math.max(0, fraction.length - Number(exponent)),
  };
}
