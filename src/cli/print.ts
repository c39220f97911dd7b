import { minorUnitDigits } from '../money/currency.ts';
import { divideHalfUp } from '../money/divide.ts';
import { type Money, microUnitDigits, money, toDecimal } from '../money/money.ts';

/** One line of JSON on standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** One line, whatever is in it: names come from outside, and a terminal obeys control characters. */
export function printLine(line: string): void {
  process.stdout.write(`${line.replace(/\p{Cc}+/gu, ' ')}\n`);
}

/** ISO 8601 in UTC. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}

/** As people read it, to the currency's minor unit: "24.57 USD". What is read by programs has every digit. */
export function amountText({ microUnits, currency }: Money): string {
  const unit = 10n ** BigInt(microUnitDigits - minorUnitDigits(currency));
  return `${toDecimal(money(divideHalfUp(microUnits, unit) * unit, currency))} ${currency}`;
}
