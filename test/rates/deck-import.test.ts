import assert from 'node:assert/strict';
import { deckChanges, planDeckImport } from '../../src/rates/deck-import.ts';
import type { Rate } from '../../src/rates/rate.ts';
import { deckOf, eurDeck, plainBilling, priced, unpriced, usdDeck } from './decks.ts';

describe('a change between two decks', () => {
  const before = priced();
  const cases: readonly [sentence: string, before: Rate[], after: Rate[], kinds: string[]][] = [
    ['is none where rows are equal', [before], [priced()], []],
    [
      'is none where only a name is spelt anew',
      [before],
      [priced({ name: { en: 'Deutschland', ko: null } })],
      [],
    ],
    [
      'is none where prefixes only change places',
      [priced({ prefixes: ['49', '50'] })],
      [priced({ prefixes: ['50', '49'] })],
      [],
    ],
    ['is new', [], [before], ['new']],
    ['is gone', [before], [], ['gone']],
    ['is up', [before], [priced({ perMinute: 20_001n })], ['up']],
    ['is down', [before], [priced({ perMinute: 19_999n })], ['down']],
    [
      'goes by the price per minute when the fee changes too',
      [before],
      [priced({ perMinute: 19_999n, billing: { ...plainBilling, connectionFee: 1n } })],
      ['down'],
    ],
    [
      'is a changed fee',
      [before],
      [priced({ billing: { ...plainBilling, connectionFee: 1n } })],
      ['changed'],
    ],
    [
      'is a changed increment',
      [before],
      [priced({ billing: { ...plainBilling, nextIncrementSeconds: 6 } })],
      ['changed'],
    ],
    [
      'is a changed rounding',
      [before],
      [priced({ billing: { ...plainBilling, rounding: { mode: 'up', decimals: 3 } } })],
      ['changed'],
    ],
    ['is a changed kind of number', [before], [priced({ numberType: 'voip' })], ['changed']],
    ['is a changed zone', [before], [priced({ zone: 'other' })], ['changed']],
    ['is a changed prefix', [before], [priced({ prefixes: ['4930'] })], ['changed']],
    ['is a changed status', [before], [priced({ status: 'blocked_by_default' })], ['changed']],
    ['is a price that went away, never a price of zero', [before], [unpriced()], ['changed']],
    ['is a price that appeared', [unpriced()], [before], ['changed']],
    ['is none where there was no price and is none', [unpriced()], [unpriced()], []],
  ];
  for (const [sentence, earlier, later, kinds] of cases) {
    it(sentence, () => {
      assert.deepEqual(
        deckChanges(earlier, later).map((change) => change.kind),
        kinds,
      );
    });
  }

  it('comes in the order of the later deck, then what is gone', () => {
    const earlier = [priced({ id: 'gone' }), priced({ id: 'dearer' })];
    const later = [priced({ id: 'new' }), priced({ id: 'dearer', perMinute: 1_000_000n })];
    assert.deepEqual(
      deckChanges(earlier, later).map((change) => change.kind),
      ['new', 'up', 'gone'],
    );
  });
});

describe('the plan of a deck import', () => {
  const january = deckOf([priced()], '2026-01-01');

  it('shows what the deck changes against the one that counts on its day, whatever comes later', () => {
    const july = deckOf([priced({ perMinute: 1n })], '2026-07-01');
    const march = deckOf([priced({ perMinute: 30_000n })], '2026-03-01');
    const plan = planDeckImport([july, january], march);
    assert(plan.kind === 'version');
    assert.equal(plan.replaces, january);
    assert.deepEqual(
      plan.changes.map((change) => change.kind),
      ['up'],
    );
  });

  it('shows each rate of the first deck of a currency as new', () => {
    const plan = planDeckImport([usdDeck], eurDeck);
    assert(plan.kind === 'version');
    assert.equal(plan.replaces, null);
    assert.equal(plan.changes.length, eurDeck.rates.length);
    assert(plan.changes.every((change) => change.kind === 'new'));
  });

  it('knows a deck that is there already', () => {
    assert.deepEqual(planDeckImport([january], deckOf([priced()], '2026-01-01')), {
      kind: 'known',
      deck: january,
    });
  });

  it('refuses another deck for a day that has one: a deck is never edited', () => {
    const other = deckOf([priced({ perMinute: 1n })], '2026-01-01');
    assert.deepEqual(planDeckImport([january], other), {
      kind: 'refused',
      refusal: { code: 'deck-date-taken', data: { deck: january.id, effectiveFrom: '2026-01-01' } },
    });
  });
});
