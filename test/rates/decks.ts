/** Decks for the tests of this room: those of the fixtures, and small ones of the rates that a case is about. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Day } from '../../src/decision/time.ts';
import { type Currency, currency } from '../../src/money/currency.ts';
import type { BillingRules, PricedRate, Rate, UnpricedRate } from '../../src/rates/rate.ts';
import { makeRateDeck, type RateDeck, type ReadDeck } from '../../src/rates/rate-deck.ts';
import { readRateDeck } from '../../src/rates/read-rate-deck.ts';

export const usd = currencyOf('USD');
export const eur = currencyOf('EUR');

export function currencyOf(code: string): Currency {
  const found = currency(code);
  assert(found !== null);
  return found;
}

export function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
}

export function taken(read: ReadDeck): RateDeck {
  assert(read.ok, read.ok ? '' : JSON.stringify(read));
  return read.deck;
}

export const usdDeck = taken(readRateDeck(fixture('rates.csv')));
export const eurDeck = taken(readRateDeck(fixture('rates-eur.csv')));

/** Each started minute counts, and nothing else. */
export const plainBilling: BillingRules = {
  connectionFee: 0n,
  firstIncrementSeconds: 60,
  nextIncrementSeconds: 60,
  minimumSeconds: 60,
  maximumCharge: null,
  rounding: { mode: 'half_up', decimals: 3 },
};

const plainRate: PricedRate = {
  id: 'plain',
  direction: 'outbound',
  region: 'DE',
  name: { en: 'Germany', ko: '독일' },
  numberType: 'fixed',
  zone: 'A',
  prefixes: ['49'],
  currency: usd,
  billing: plainBilling,
  provenance: null,
  status: 'published',
  perMinute: 20_000n,
};

export function priced(differences: Partial<PricedRate> = {}): PricedRate {
  return { ...plainRate, ...differences };
}

export function unpriced(differences: Partial<UnpricedRate> = {}): UnpricedRate {
  return { ...plainRate, status: 'no_published_rate', perMinute: null, ...differences };
}

export function deckOf(rates: readonly Rate[], effectiveFrom = '2026-01-01'): RateDeck {
  return taken(makeRateDeck({ effectiveFrom: effectiveFrom as Day, rates }));
}

/** The rate of a fixture deck by its id. */
export function rateOf(deck: RateDeck, id: string): Rate {
  const found = deck.rates.find((rate) => rate.id === id);
  assert(found !== undefined, `The deck has no rate ${id}.`);
  return found;
}
