import assert from 'node:assert/strict';
import { ZodError } from 'zod';
import { correctedBefore, readCorrections, storeCorrections } from '../../src/usage/corrections.ts';

const recorded = {
  recordedAt: 300,
  corrections: [
    { startedAt: 100, microUnits: -132_000n },
    { startedAt: 200, microUnits: 10n ** 20n },
  ],
};

describe('corrections', () => {
  it('are read as they were stored, amounts beyond 53 bits too', () => {
    assert.deepEqual(readCorrections(JSON.parse(JSON.stringify(storeCorrections(recorded)))), recorded);
  });

  it('are not read from another shape', () => {
    for (const json of [
      null,
      {},
      { v: 2, ...recorded },
      { v: 1, recordedAt: 1, corrections: [{ startedAt: 1 }] },
    ])
      assert.throws(() => readCorrections(json), ZodError);
  });

  it('are summed where the call was made before an instant', () => {
    assert.equal(correctedBefore(recorded.corrections, 100), 0n);
    assert.equal(correctedBefore(recorded.corrections, 200), -132_000n);
    assert.equal(correctedBefore(recorded.corrections, 201), 10n ** 20n - 132_000n);
  });
});
