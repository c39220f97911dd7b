import assert from 'node:assert/strict';
import { dayMs } from '../../src/decision/time.ts';
import { type AskingFacts, type AskReason, worthAsking } from '../../src/ledger/worth-asking.ts';
import { at } from './builders.ts';

const now = at('2026-11-24T12:00');
const daysAgo = (days: number): number => now - days * dayMs;

/** Checked ten days ago, far from every level. */
const calm: AskingFacts = {
  checkedAt: daysAgo(10),
  estimate: 400n,
  unreported: { low: 5n, high: 20n },
  lowLevel: 70n,
  recharges: false,
};

const cases: readonly (readonly [sentence: string, facts: Partial<AskingFacts>, reason: AskReason | null])[] =
  [
    ['not where the balance is far from every level', {}, null],
    ['where no figure was ever read', { checkedAt: null }, 'never-checked'],
    ['where some may be left or none', { estimate: 20n }, 'may-be-empty'],
    ['not where some is left for sure, and it is low for sure', { estimate: 21n }, null],
    ['not where nothing is left for sure', { estimate: 5n }, null],
    ['where it may be low or not', { estimate: 89n }, 'may-be-low'],
    ['where it may just be low', { estimate: 75n }, 'may-be-low'],
    ['not where it is not low for sure', { estimate: 90n }, null],
    ['not where it is low for sure', { estimate: 74n }, null],
    [
      'where it is low for sure and a recharge should have come',
      { estimate: 74n, recharges: true },
      'recharge-expected',
    ],
    [
      'where nothing is left and a recharge should have come',
      { estimate: -9n, recharges: true },
      'recharge-expected',
    ],
    ['not for a recharge that may not be due', { estimate: 90n, recharges: true }, null],
    ['not while the last figure is younger than a week', { estimate: 20n, checkedAt: daysAgo(6.9) }, null],
    ['once the last figure is a week old', { estimate: 20n, checkedAt: daysAgo(7) }, 'may-be-empty'],
    [
      'for a recharge a day after the last figure',
      { estimate: 74n, recharges: true, checkedAt: daysAgo(1) },
      'recharge-expected',
    ],
    ['not for a recharge within that day', { estimate: 74n, recharges: true, checkedAt: daysAgo(0.9) }, null],
  ];

describe('an admin is worth asking', () => {
  for (const [sentence, facts, reason] of cases) {
    it(sentence, () => assert.equal(worthAsking({ ...calm, ...facts }, now), reason));
  }
});
