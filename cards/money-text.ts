import { minorUnitDigits } from '../src/money/currency.ts';
import { type Money, toDecimal } from '../src/money/money.ts';

type DecimalText = `${number}`;

const fineDigits = 4;

/** Writes amounts as one locale does: en-US "$1,234.50", ko-KR "US$1,234.50", "₩1,234". */
export class MoneyText {
  readonly #locale: string;
  readonly #formats = new Map<string, Intl.NumberFormat>();

  constructor(locale: string) {
    this.#locale = locale;
  }

  /** To the currency's minor unit, a half rounded away from zero. */
  plain(amount: Money): string {
    return this.#format(amount.currency).format(toDecimal(amount) as DecimalText);
  }

  /** Prices of a minute and costs of single calls: up to four decimals, as many as are needed. */
  fine(amount: Money): string {
    return this.#fineFormat(amount.currency).format(toDecimal(amount) as DecimalText);
  }

  /** Without its sign, for sentences that say the direction in words. */
  size(amount: Money): string {
    return this.plain({
      ...amount,
      microUnits: amount.microUnits < 0n ? -amount.microUnits : amount.microUnits,
    });
  }

  /** With the ISO code as well, unless it is written already: "$1,234.50 USD", but "CHF 12.00". */
  withCode(amount: Money): string {
    const text = this.plain(amount);
    return text.includes(amount.currency) ? text : `${text} ${amount.currency}`;
  }

  /** For a line that has no room for all digits: "1.2 trillion USD". */
  roundedWithCode(amount: Money): string {
    // With a currency's symbol, even the long form would be "$1.2T", which is not a word to be read aloud.
    const format = new Intl.NumberFormat(this.#locale, {
      notation: 'compact',
      compactDisplay: 'long',
      maximumSignificantDigits: 2,
    });
    return `${format.format(toDecimal(amount) as DecimalText)} ${amount.currency}`;
  }

  #format(currency: string): Intl.NumberFormat {
    return this.#formatWith(currency, minorUnitDigits(currency as Money['currency']));
  }

  #fineFormat(currency: string): Intl.NumberFormat {
    return this.#formatWith(currency, Math.max(fineDigits, minorUnitDigits(currency as Money['currency'])));
  }

  #formatWith(currency: string, mostDigits: number): Intl.NumberFormat {
    const key = `${currency} ${mostDigits}`;
    const known = this.#formats.get(key);
    if (known) return known;
    const fitting = this.#make(currency, { mostDigits, currencyDisplay: 'symbol' });
    const symbol = fitting.formatToParts(0).find((part) => part.type === 'currency')?.value;
    // "$" alone would be taken for the dollar of the United States, whatever the locale.
    const isAmbiguous = symbol === '$' && currency !== 'USD';
    const made = isAmbiguous ? this.#make(currency, { mostDigits, currencyDisplay: 'code' }) : fitting;
    this.#formats.set(key, made);
    return made;
  }

  #make(
    currency: string,
    {
      mostDigits,
      currencyDisplay,
    }: { readonly mostDigits: number; readonly currencyDisplay: 'symbol' | 'code' },
  ): Intl.NumberFormat {
    const digits = minorUnitDigits(currency as Money['currency']);
    return new Intl.NumberFormat(this.#locale, {
      style: 'currency',
      currency,
      currencyDisplay,
      minimumFractionDigits: digits,
      maximumFractionDigits: mostDigits,
      signDisplay: 'negative',
    });
  }
}
