import assert from 'node:assert/strict';
import fc from 'fast-check';
import { usageFigures } from '../../src/answers/usage.ts';
import { addDays, type Day } from '../../src/decision/time.ts';
import { usageDimensions } from '../../src/language/question.ts';
import { usageField } from '../../src/usage/read-models.ts';
import { currencyOf } from '../money/builders.ts';

const first = '2026-10-01' as Day;
const spends = fc.array(
  fc.record({
    day: fc.nat({ max: 60 }).map((days) => addDays(first, days)),
    value: fc.option(fc.integer({ min: 1, max: 40 }).map(String)),
    microUnits: fc.bigInt({ min: 1n, max: 10n ** 15n }),
    calls: fc.bigInt({ min: 1n, max: 1_000n }),
  }),
  { maxLength: 80 },
);

describe('usage by any dimension', () => {
  it('comes to its total to the last micro-unit, the ten dearest and the rest together', () => {
    fc.assert(
      fc.property(spends, fc.constantFrom(...usageDimensions), (counted, by) => {
        const microUnits = new Map(counted.map((spend) => [usageField(spend), spend.microUnits]));
        const calls = new Map(counted.map((spend) => [usageField(spend), spend.calls]));
        const days = { from: addDays(first, 20), to: addDays(first, 49) };
        const before = { from: addDays(first, -10), to: addDays(first, 19) };
        const currency = currencyOf('USD');
        const figures = usageFigures(
          { currency, microUnits, calls },
          { by, days, before, shownKey: (key) => key },
        );

        const within = (from: Day, to: Day) =>
          [...microUnits].reduce((sum, [field, spent]) => {
            const day = field.slice(0, first.length);
            return from <= day && day <= to ? sum + spent : sum;
          }, 0n);
        const shown = [...figures.rows, ...(figures.rest === null ? [] : [figures.rest])];
        assert.equal(
          shown.reduce((sum, { amount }) => sum + amount.microUnits, 0n),
          within(days.from, days.to),
        );
        assert.equal(figures.total.microUnits, within(days.from, days.to));
        assert.equal(figures.totalBefore.microUnits, within(before.from, before.to));
        assert.equal(
          shown.reduce((sum, row) => sum + row.calls, 0),
          figures.calls,
        );
        assert.ok(figures.rows.length <= 10 && figures.series.length <= 30);
      }),
    );
  });
});
