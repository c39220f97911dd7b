import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays, utcDay } from '../../src/decision/time.ts';
import { balance } from '../../src/ledger/account.ts';
import { balanceChange } from '../../src/ledger/change.ts';
import { at } from './builders.ts';
import { end, tellings, told, worlds } from './world.ts';

const first = utcDay(at('2025-06-01'));
const toldWorlds = worlds.chain((world) => fc.tuple(fc.constant(world), tellings(world)));
const ranges = fc
  .tuple(fc.nat({ max: 500 }), fc.nat({ max: 120 }))
  .map(([start, length]) => ({ from: addDays(first, start), to: addDays(first, start + length) }));

describe('why a balance changed', () => {
  it('is told by lines that sum to the difference, whatever happened and whatever days are asked for', () => {
    fc.assert(
      fc.property(toldWorlds, ranges, ([world, order], days) => {
        const { opening, closing, usage, movements } = balanceChange(told(world, order).state, days);
        const moved = movements.reduce((sum, { amount }) => sum + amount.microUnits, usage.microUnits);
        assert.equal(opening.microUnits + moved, closing.microUnits);
      }),
    );
  });

  it('is from nothing to the balance itself over all days', () => {
    fc.assert(
      fc.property(toldWorlds, ([world, order]) => {
        const { state } = told(world, order);
        const { opening, closing } = balanceChange(state, { from: first, to: utcDay(end) });
        assert.deepEqual([opening.microUnits, closing], [0n, balance(state)]);
      }),
    );
  });
});
