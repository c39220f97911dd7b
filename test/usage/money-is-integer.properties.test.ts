/** Hunts for floats on the way from the wire to the known rows: every sum must be exact to the micro-unit. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { microUnitsToDecimal } from '../../src/money/money.ts';
import { graphRows, idOf, knownAfter, readAll, spent, usages } from './samples.ts';

/** Thousandths, of which sums of doubles make noise: 0.1 + 0.2 is 0.30000000000000004. */
const thousandths = fc.array(fc.nat({ max: 5_000_000 }), { minLength: 2, maxLength: 12 });
const charges = fc.array(thousandths, { minLength: 1, maxLength: 40 });

const microUnits = fc.array(fc.bigInt({ min: 1n, max: 10n ** 14n }), { minLength: 1, maxLength: 40 });

function callOf(index: number, charge: number) {
  return {
    id: idOf(index),
    startDateTime: '2026-10-01T05:05:59.6474157Z',
    charge,
    currency: 'USD',
    licenseCapability: 'MCOPSTNPP',
  };
}

describe('money from the wire to the known rows', () => {
  it('loses nothing to the noise of doubles', () => {
    fc.assert(
      fc.property(charges, (calls) => {
        const noisy = calls.map((parts, index) =>
          callOf(
            index,
            parts.reduce((sum, part) => sum + part / 1_000, 0),
          ),
        );
        const exact = calls.flat().reduce((sum, part) => sum + BigInt(part) * 1_000n, 0n);
        const known = knownAfter(usages(graphRows(...noisy)));
        assert.equal(spent(known).USD?.microUnits ?? 0n, exact);
      }),
    );
  });

  it('keeps every digit of a page and of a report, up to a hundred million', async () => {
    await fc.assert(
      fc.asyncProperty(microUnits, async (amounts) => {
        const exact = amounts.reduce((sum, amount) => sum + amount, 0n);
        const texts = amounts.map((amount) => microUnitsToDecimal(amount, 2));

        const items = texts.map((text, index) =>
          JSON.stringify(callOf(index, 0)).replace('"charge":0', `"charge":${text}`),
        );
        const page = await readAll(`{"value":[${items.join(',')}]}`);
        const lines = texts.map((text, index) => `${idOf(index)},2026-10-01T05:05:59Z,${text},USD,MCOPSTNPP`);
        const report = await readAll(['UsageId,Start Time,Charge,Currency,Capability', ...lines].join('\n'));

        for (const rows of [page, report]) {
          assert.equal(spent(knownAfter(usages(rows))).USD?.microUnits, exact);
        }
      }),
    );
  });
});
