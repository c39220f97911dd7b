import assert from 'node:assert/strict';
import type { Currency } from '../../src/money/currency.ts';
import { type CallToRate, deckAt, rateAt } from '../../src/rates/rate-at.ts';
import { deckOf, eur, eurDeck, priced, usd, usdDeck } from './decks.ts';

const january = deckOf([priced({ id: 'january' })], '2026-01-01');
const july = deckOf([priced({ id: 'july' })], '2026-07-01');
const euros = deckOf([priced({ id: 'euros', currency: eur })], '2026-03-01');
const decks = [july, january, euros];

function call(differences: Partial<CallToRate>): CallToRate {
  const startedAt = Date.parse('2026-10-01T00:00:00Z');
  return { startedAt, currency: usd, direction: 'outbound', number: '+4930', region: null, ...differences };
}

describe('the deck that counts', () => {
  const cases: readonly [sentence: string, at: string, currency: Currency, expected: unknown][] = [
    ['is none before the first', '2025-12-31T23:59:59.999Z', usd, null],
    ['is the first from the first instant of its day', '2026-01-01T00:00:00Z', usd, january],
    ['stays so until the last instant before the next', '2026-06-30T23:59:59.999Z', usd, january],
    ['is the next from then on', '2026-07-01T00:00:00Z', usd, july],
    ['is of the asked currency', '2026-07-01T00:00:00Z', eur, euros],
    ['is none before the first of that currency', '2026-02-01T00:00:00Z', eur, null],
  ];
  for (const [sentence, at, currency, expected] of cases) {
    it(sentence, () => {
      assert.equal(deckAt(decks, { currency, at: Date.parse(at) }), expected);
    });
  }
});

describe('the rate of a call', () => {
  it('is that of the deck that counted when the call began, though it ended under the next', () => {
    const found = rateAt(decks, call({ startedAt: Date.parse('2026-06-30T23:59:30Z') }));
    assert(found.kind === 'found');
    assert.equal(found.rate.id, 'january');
    assert.equal(found.deck, january);
  });

  it('is that of the region whose toll-free number was called, where regions share the code', () => {
    const inbound = { direction: 'inbound_toll_free', number: '+18005550100', region: 'PR' } as const;
    const found = rateAt([usdDeck, eurDeck], call(inbound));
    assert(found.kind === 'found');
    assert.equal(found.rate.id, 'USD-I-PR-1-toll_free');
  });

  it('needs no region where one region has the toll-free code for itself', () => {
    const found = rateAt([usdDeck], call({ direction: 'inbound_toll_free', number: '+448005550100' }));
    assert(found.kind === 'found');
    assert.equal(found.rate.id, 'USD-I-GB-44-toll_free');
  });

  const refusals: readonly [sentence: string, differences: Partial<CallToRate>, code: string][] = [
    ['no deck counted', { startedAt: 0 }, 'no-deck-yet'],
    ['no prefix matches', { number: '+999' }, 'no-matching-prefix'],
    ['the number is a text', { number: 'Internal Revenue Service' }, 'no-matching-prefix'],
    ['the number is not one of the toll-free', { direction: 'inbound_toll_free' }, 'no-matching-prefix'],
    [
      'nobody knows whose toll-free code it is',
      { direction: 'inbound_toll_free', number: '+18005550100' },
      'toll-free-region-unknown',
    ],
    [
      'the toll-free code is of other regions',
      { direction: 'inbound_toll_free', number: '+18005550100', region: 'JM' },
      'toll-free-region-unknown',
    ],
  ];
  for (const [sentence, differences, code] of refusals) {
    it(`is refused where ${sentence}`, () => {
      assert.deepEqual(rateAt([usdDeck], call(differences)), { kind: 'refused', refusal: { code } });
    });
  }
});
