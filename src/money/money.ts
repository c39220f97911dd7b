import { type Currency, minorUnitDigits } from './currency.ts';
import { divideUp } from './divide.ts';

/**
 * An amount in integer micro-units (10⁻⁶ of the major unit) of one currency. Never a float: 10¹⁴ micro-units are
 * 100 million won, a real balance, and rates have four and more decimals.
 */
export interface Money<C extends Currency = Currency> {
  readonly currency: C;
  readonly microUnits: bigint;
}

export const microUnitDigits = 6;
const microUnitsPerMajorUnit = 1_000_000n;

/** The largest single amount that is taken in, either way of zero: a thousand million major units. */
export const maxMicroUnits = 1_000_000_000n * microUnitsPerMajorUnit;

export function money<C extends Currency>(microUnits: bigint, currency: C): Money<C> {
  return { currency, microUnits };
}

/** Amounts of two currencies never meet: it is a defect of ours, not a case. */
export class CurrenciesMixed extends Error {
  constructor(left: Currency, right: Currency) {
    super(`Amounts of ${left} and ${right} were to be combined.`);
    this.name = 'CurrenciesMixed';
  }
}

/** @throws {CurrenciesMixed} */
export function add<C extends Currency>(left: Money<C>, right: Money<C>): Money<C> {
  checkSameCurrency(left, right);
  return money(left.microUnits + right.microUnits, left.currency);
}

/** @throws {CurrenciesMixed} */
export function subtract<C extends Currency>(left: Money<C>, right: Money<C>): Money<C> {
  checkSameCurrency(left, right);
  return money(left.microUnits - right.microUnits, left.currency);
}

/** Below zero, zero or above zero, as left is to right. @throws {CurrenciesMixed} */
export function compare<C extends Currency>(left: Money<C>, right: Money<C>): number {
  checkSameCurrency(left, right);
  if (left.microUnits === right.microUnits) return 0;
  return left.microUnits < right.microUnits ? -1 : 1;
}

/** The least amount of whole minor units that is not less: nothing smaller can be paid. */
export function upToMinorUnit<C extends Currency>({ microUnits, currency }: Money<C>): Money<C> {
  const unit = 10n ** BigInt(microUnitDigits - minorUnitDigits(currency));
  return money(divideUp(microUnits, unit) * unit, currency);
}

function checkSameCurrency(left: Money, right: Money): void {
  if (left.currency !== right.currency) throw new CurrenciesMixed(left.currency, right.currency);
}

/** Decimal text with at least the currency's own decimals and no needless zeros: "412.80", "53.606", "1234". */
export function toDecimal(amount: Money): string {
  return microUnitsToDecimal(amount.microUnits, minorUnitDigits(amount.currency));
}

/** Decimal text of micro-units with at least so many decimals. */
export function microUnitsToDecimal(microUnits: bigint, minimumDecimals: number): string {
  const sign = microUnits < 0n ? '-' : '';
  const absolute = microUnits < 0n ? -microUnits : microUnits;
  const fraction = (absolute % microUnitsPerMajorUnit).toString().padStart(microUnitDigits, '0');
  const shown = fraction.replace(/0+$/, '').padEnd(minimumDecimals, '0');
  const whole = (absolute / microUnitsPerMajorUnit).toString();
  return shown === '' ? `${sign}${whole}` : `${sign}${whole}.${shown}`;
}
