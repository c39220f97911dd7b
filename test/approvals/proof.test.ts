import assert from 'node:assert/strict';
import { proofBy } from '../../src/approvals/proof.ts';
import type { Purchase } from '../../src/approvals/top-up-state.ts';
import { moneyOf } from '../money/builders.ts';
import { grace, start } from './builders.ts';

const purchase = (amount: string, boughtAt = start): Purchase => ({
  orderNumber: 'E1',
  amount: moneyOf(amount),
  boughtAt,
  recordedAt: boughtAt,
  by: grace,
});

describe('a figure read in the admin centre', () => {
  const one = [{ number: 1, purchase: purchase('500') }];
  const two = [
    { number: 1, purchase: purchase('500') },
    { number: 2, purchase: purchase('300', start + 1) },
  ];
  const cases = [
    { figure: 600n, estimate: 600n, awaiting: one, proven: [1], disproved: [] },
    { figure: 590n, estimate: 600n, awaiting: one, proven: [1], disproved: [] },
    { figure: 700n, estimate: 600n, awaiting: one, proven: [1], disproved: [] },
    { figure: 350n, estimate: 600n, awaiting: one, proven: [1], disproved: [] },
    { figure: 349n, estimate: 600n, awaiting: one, proven: [], disproved: [1] },
    { figure: 100n, estimate: 600n, awaiting: one, proven: [], disproved: [1] },
    { figure: 900n, estimate: 900n, awaiting: two, proven: [2, 1], disproved: [] },
    { figure: 600n, estimate: 900n, awaiting: two, proven: [1], disproved: [2] },
    { figure: 100n, estimate: 900n, awaiting: two, proven: [], disproved: [2, 1] },
    { figure: 100n, estimate: 100n, awaiting: [], proven: [], disproved: [] },
  ];
  for (const { figure, estimate, awaiting, proven, disproved } of cases) {
    it(`of ${figure} beside an estimate of ${estimate} proves ${proven} and not ${disproved}`, () => {
      const micro = 1_000_000n;
      assert.deepEqual(proofBy(figure * micro, estimate * micro, awaiting), { proven, disproved });
    });
  }
});
