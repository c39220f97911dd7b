import assert from 'node:assert/strict';
import type { Day } from '../../src/decision/time.ts';
import { readDecimal } from '../../src/money/read-decimal.ts';
import { priceCall } from '../../src/rates/price.ts';
import { longestPrefix } from '../../src/rates/rate-deck.ts';
import { readAcsDeck } from '../../src/rates/read-acs-deck.ts';
import { fixture, rateOf, taken, usd } from './decks.ts';

const unstated = { currency: usd, effectiveFrom: '2025-10-15' as Day };
const csvText = fixture('acs-pstn-rates.csv');
const deck = taken(readAcsDeck(csvText, unstated));

describe('the list of Azure Communication Services', () => {
  it('gives each of its 6,592 prefixes its own price', () => {
    const rows = csvText.trim().split('\r\n').slice(1);
    assert.equal(rows.length, 6592);
    for (const row of rows) {
      const [prefix = '', price = ''] = row.split(',').slice(-2);
      const match = longestPrefix(deck, `+${prefix}`);
      assert.equal(match?.prefix, prefix);
      const priced = priceCall({ rate: match.value, durationSeconds: 1 });
      assert(priced.kind === 'priced');
      assert.equal(priced.price.charge.microUnits, readDecimal(price)?.microUnits);
    }
  });

  it('gives a number below a prefix the price of that prefix', () => {
    assert.equal(longestPrefix(deck, '+821055501234')?.prefix, '821');
    assert.equal(longestPrefix(deck, '+8225550123')?.prefix, '822');
    assert.equal(longestPrefix(deck, '+12645550123')?.value.region, 'AI');
  });

  it('names the types of numbers as our own lists do, and keeps those that we do not have', () => {
    assert.equal(rateOf(deck, 'acs-82').numberType, 'fixed');
    assert.equal(rateOf(deck, 'acs-93').numberType, 'fixed_or_mobile');
    assert.equal(rateOf(deck, 'acs-821').numberType, 'mobile');
    assert.equal(rateOf(deck, 'acs-8203').numberType, 'non-geographic');
  });

  it('takes the currency and the day from the person who imports it', () => {
    assert.equal(deck.currency, 'USD');
    assert.equal(deck.effectiveFrom, '2025-10-15');
  });

  it('is refused whole for one bad price', () => {
    const read = readAcsDeck(`${csvText}Nowhere,mixed,XX,999,-1\r\n`, unstated);
    assert(!read.ok);
    assert.deepEqual(read.problems, [{ row: 6593, column: 'Price / min', code: 'price-unreadable' }]);
  });

  it('is not mistaken for a list of our own format', () => {
    const read = readAcsDeck(fixture('rates.csv'), unstated);
    assert(!read.ok);
    assert.equal(read.refusal.code, 'deck-columns-missing');
  });
});
