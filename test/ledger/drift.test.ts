import assert from 'node:assert/strict';
import { drift } from '../../src/ledger/drift.ts';
import { CurrenciesMixed } from '../../src/money/money.ts';
import { moneyOf } from '../money/builders.ts';

describe('drift', () => {
  const cases: readonly [
    sentence: string,
    observed: string,
    estimate: string,
    amount: string,
    basisPoints: number | null,
  ][] = [
    ['is nothing where both agree', '100', '100', '0', 0],
    ['is below zero where more was taken than is known', '99.60', '100', '-0.40', -40],
    ['is above zero where money came in that is not known', '250', '100', '150', 15_000],
    ['rounds half a basis point away from zero', '100.005', '100', '0.005', 1],
    ['is a share of the size of a negative estimate', '-50', '-100', '50', 5_000],
    ['has no share where the estimate was zero', '5', '0', '5', null],
  ];
  for (const [sentence, observed, estimate, amount, basisPoints] of cases) {
    it(sentence, () => {
      assert.deepEqual(drift(moneyOf(observed), moneyOf(estimate)), { amount: moneyOf(amount), basisPoints });
    });
  }

  it('is never between two currencies', () => {
    assert.throws(() => drift(moneyOf('1', 'USD'), moneyOf('1', 'EUR')), CurrenciesMixed);
  });
});
