import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays, startOfDay } from '../../src/decision/time.ts';
import { type Funds, type FundsLot, runway, zeroDates } from '../../src/forecast/runway.ts';
import type { SpendPaths } from '../../src/forecast/spend-paths.ts';
import { firstDay } from './series-of.ts';

const days = 40;
const spendsOf = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: days, maxLength: days });
const lotsOf = fc
  .array(fc.record({ amount: fc.integer({ min: 1, max: 400 }), lastDay: fc.integer({ min: 0, max: 60 }) }), {
    maxLength: 6,
  })
  .map((lots) => lots.sort((left, right) => left.lastDay - right.lastDay));

type Lots = readonly { readonly amount: number; readonly lastDay: number }[];

const pathOf = (spends: readonly number[]): SpendPaths => ({
  firstDay,
  days: spends.length,
  count: 1,
  spends: Float64Array.from(spends),
});
const fundsFrom = (lots: Lots): Funds => ({
  balance: BigInt(lots.reduce((sum, { amount }) => sum + amount, 0)),
  lots: lots.map(
    ({ amount, lastDay }): FundsLot => ({
      amount: BigInt(amount),
      expiresAt: startOfDay(addDays(firstDay, lastDay)),
    }),
  ),
  autoRecharge: null,
});

/** Lot by lot and unit by unit, as one would do it by hand. */
function byHand(spends: readonly number[], lots: Lots): readonly number[] {
  const left = lots.map((lot) => ({ ...lot }));
  let debt = 0;
  return spends.map((spend, day) => {
    let open = spend;
    for (const lot of left) {
      const paid = Math.min(lot.amount, open);
      lot.amount -= paid;
      open -= paid;
    }
    debt += open;
    for (const lot of left) if (lot.lastDay <= day) lot.amount = 0;
    return left.reduce((sum, { amount }) => sum + amount, 0) - debt;
  });
}

describe('a runway, whatever the funds and the spend', () => {
  it('equals the sum done by hand, lot by lot', () => {
    fc.assert(
      fc.property(spendsOf, lotsOf, (spends, lots) => {
        const { balances } = runway(pathOf(spends), fundsFrom(lots));
        assert.deepEqual([...balances], byHand(spends, lots));
      }),
    );
  });

  it('is never longer with more spend', () => {
    fc.assert(
      fc.property(spendsOf, spendsOf, lotsOf, (spends, more, lots) => {
        const funds = fundsFrom(lots);
        const greater = spends.map((spend, day) => spend + (more[day] ?? 0));
        const { p50: zero } = zeroDates(runway(pathOf(spends), funds));
        const { p50: sooner } = zeroDates(runway(pathOf(greater), funds));
        assert.ok(zero === null || (sooner !== null && sooner <= zero));
      }),
    );
  });

  it('is never shorter with more funds, of whatever age', () => {
    const newLot = fc.record({
      amount: fc.integer({ min: 1, max: 400 }),
      lastDay: fc.integer({ min: 0, max: 60 }),
    });
    fc.assert(
      fc.property(spendsOf, lotsOf, newLot, (spends, lots, lot) => {
        const more = [...lots, lot].sort((left, right) => left.lastDay - right.lastDay);
        const { p50: zero } = zeroDates(runway(pathOf(spends), fundsFrom(lots)));
        const { p50: later } = zeroDates(runway(pathOf(spends), fundsFrom(more)));
        assert.ok(later === null || (zero !== null && later >= zero));
      }),
    );
  });
});
