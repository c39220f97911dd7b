import { type Currency, currency } from '../../src/money/currency.ts';
import { type Money, money } from '../../src/money/money.ts';
import { readDecimal } from '../../src/money/read-decimal.ts';

export function currencyOf(code: string): Currency {
  const known = currency(code);
  if (known === null) throw new Error(`${code} is no currency`);
  return known;
}

export function moneyOf(decimal: string, code = 'USD'): Money {
  const read = readDecimal(decimal);
  if (read === null) throw new Error(`${decimal} is no amount`);
  return money(read.microUnits, currencyOf(code));
}
