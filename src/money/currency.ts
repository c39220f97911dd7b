declare const brand: unique symbol;
/** An ISO 4217 code in capitals, one that this runtime's CLDR data knows. */
export type Currency = string & { readonly [brand]: 'Currency' };

const known: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Null where the text is not the code of a currency. */
export function currency(text: string): Currency | null {
  const code = text.trim().toUpperCase();
  return known.has(code) ? (code as Currency) : null;
}

const digits = new Map<Currency, number>();

/** How many decimals the currency's smallest coin or book unit has: USD 2, KRW 0, KWD 3. */
export function minorUnitDigits(of: Currency): number {
  let found = digits.get(of);
  if (found === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: of });
    found = format.resolvedOptions().maximumFractionDigits ?? 2;
    digits.set(of, found);
  }
  return found;
}
