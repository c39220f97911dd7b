import assert from 'node:assert/strict';
import { batchId } from '../../src/usage/batch-id.ts';
import { decideIntake } from '../../src/usage/intake.ts';
import { idOf, knownAfter, usageRow } from './samples.ts';

const one = usageRow({ id: idOf(1) });
const other = usageRow({ id: idOf(2) });

describe('the id of a batch', () => {
  it('is the same for the same rows in any order', () => {
    assert.equal(
      batchId(decideIntake([one, other], new Map())),
      batchId(decideIntake([other, one], new Map())),
    );
  });

  it('is another for another charge', () => {
    const dearer = decideIntake([{ ...one, charge: 140_000n }], new Map());
    assert.notEqual(batchId(decideIntake([one], new Map())), batchId(dearer));
  });

  it('is another where a charge comes back after a correction', () => {
    const known = knownAfter([one], [{ ...one, charge: 140_000n }]);
    assert.notEqual(batchId(decideIntake([one], new Map())), batchId(decideIntake([one], known)));
  });
});
