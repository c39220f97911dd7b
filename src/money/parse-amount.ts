import type { Refusal } from '../decision/decider.ts';
import { type Currency, minorUnitDigits } from './currency.ts';
import { type Money, maxMicroUnits, money, toDecimal } from './money.ts';
import { readDecimal } from './read-decimal.ts';

/** Why an amount that a person typed was not taken; `example` is one that would be. */
export interface AmountRefused extends Refusal {
  readonly code: 'amount-not-a-number' | 'amount-negative' | 'amount-too-precise' | 'amount-too-large';
  readonly data: { readonly example: string; readonly decimals: number; readonly currency: string };
}

export type ParsedAmount =
  | { readonly ok: true; readonly amount: Money }
  | { readonly ok: false; readonly refusal: AmountRefused };

/** Digits in groups of three, or none grouped; a comma as decimal sign is not guessed at. */
const plain = /^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$/;

/**
 * Reads an amount that a person typed, exactly: "412.80", "1,234.50", "$ 412.80", in full-width digits too.
 * Refuses, in this order, what is not a plain number, is below zero, has more decimals than the currency, or is
 * beyond {@link maxMicroUnits}.
 */
export function parseAmount(text: string, of: Currency): ParsedAmount {
  const decimals = minorUnitDigits(of);
  const refuse = (code: AmountRefused['code']): ParsedAmount => {
    const example = toDecimal(money(decimals === 0 ? 413_000_000_000n : 412_800_000n, of));
    return {
      ok: false,
      refusal: { code, data: { example, decimals, currency: of } },
    };
  };

  const bare = withoutCurrency(text.normalize('NFKC').trim(), of);
  const digits = bare.replace(/^[-−]\s*/u, '');
  // Long digit strings are refused by length, so that nobody makes us multiply a megabyte of them.
  if (digits.length > 40 || !plain.test(digits)) return refuse('amount-not-a-number');
  if (digits !== bare) return refuse('amount-negative');

  const read = readDecimal(digits.replaceAll(',', ''));
  if (read === null) return refuse('amount-too-large');
  if (read.decimals > decimals) return refuse('amount-too-precise');
  if (read.microUnits > maxMicroUnits) return refuse('amount-too-large');
  return { ok: true, amount: money(read.microUnits, of) };
}

/** Takes away this currency's own code or symbol, before or after the number. */
function withoutCurrency(text: string, of: Currency): string {
  for (const sign of signs(of)) {
    if (text.startsWith(sign)) return text.slice(sign.length).trim();
    if (text.endsWith(sign)) return text.slice(0, -sign.length).trim();
  }
  return text;
}

function signs(of: Currency): readonly string[] {
  const symbols = (['symbol', 'narrowSymbol'] as const).flatMap((currencyDisplay) =>
    ['en', 'ko'].map((locale) => {
      const parts = new Intl.NumberFormat(locale, {
        style: 'currency',
        currency: of,
        currencyDisplay,
      }).formatToParts(0);
      return parts.find((part) => part.type === 'currency')?.value ?? of;
    }),
  );
  return [of, of.toLowerCase(), ...new Set(symbols)].sort((left, right) => right.length - left.length);
}
