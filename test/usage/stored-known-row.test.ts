import assert from 'node:assert/strict';
import { firstKnown, type KnownRow } from '../../src/usage/known-row.ts';
import { ForeignRecord, readRow, storeRow } from '../../src/usage/stored-known-row.ts';
import { knownAfter, usageRow, usagesIn } from './samples.ts';

function throughJson(row: KnownRow): unknown {
  return JSON.parse(JSON.stringify(storeRow(row)));
}

const stored = throughJson(firstKnown(usageRow())) as readonly unknown[];

describe('a stored row', () => {
  it('reads as it was, for every row of the samples', async () => {
    for (const name of ['pstn-usage-export.csv', 'pstn-calls-page.json', 'pstn-calls-page-2.json']) {
      for (const row of knownAfter(await usagesIn(name)).values())
        assert.deepEqual(readRow(throughJson(row)), row);
    }
  });

  it('keeps an amount that a float would not', () => {
    const row = firstKnown(usageRow({ charge: 100_000_000_000_001n, extra: { Note: 'a' } }));
    assert.deepEqual(readRow(throughJson(row)), row);
  });

  it('reads in the shape in which the first version wrote it', () => {
    const sample =
      '[1,2,"graph",1790831159647,642,"132000",6,"EUR","MCOPSTNPP",null,"850e9053-ee0f-4eed-a11d-c53342a61a5e",' +
      '"user_out","Germany","+34915550133","+4930555012","Subscriber","ES","US",{"Note":"a"}]';
    const row = readRow(JSON.parse(sample));
    assert.deepEqual([row.revision, row.charge, row.ignored, row.extra], [2, 132_000n, null, { Note: 'a' }]);
    assert.equal(JSON.stringify(storeRow(row)), sample);
  });

  const foreign: readonly (readonly [rule: string, value: unknown])[] = [
    ['an object', { ...stored }],
    ['too short', stored.slice(1)],
    ['of a later version', stored.with(0, 2)],
    ['with a fraction for a revision', stored.with(1, 0.5)],
    ['with a foreign source', stored.with(2, 'mail')],
    ['with a number for an amount', stored.with(5, 130_000)],
    ['with an amount below zero', stored.with(5, '-1')],
    ['with more decimals than money has', stored.with(6, 7)],
    ['with a currency that is none', stored.with(7, 'ZZZ')],
    ['with a foreign reason', stored.with(9, 'because')],
    ['with a number for a text', stored.with(12, 1)],
    ['with a column that is no text', stored.with(18, { Note: 1 })],
    ['with a list for columns', stored.with(18, [])],
  ];
  for (const [rule, value] of foreign) {
    it(`is a defect where it is ${rule}`, () => {
      assert.throws(() => readRow(value), ForeignRecord);
    });
  }
});
