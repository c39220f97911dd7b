import assert from 'node:assert/strict';
import { bothSides, type Entry, EntryUnbalanced, entry } from '../../src/ledger/entry.ts';
import { usd } from './builders.ts';

const draft: Entry = {
  id: 'funding:F1',
  kind: 'purchase',
  currency: usd,
  at: 0,
  recordedAt: 0,
  postings: bothSides('purchase', 5n),
  cause: 'funding:F1',
  reason: null,
  actor: null,
  reverses: null,
  corrects: null,
};

describe('an entry', () => {
  it('has two sides that sum to zero', () => {
    assert.deepEqual(entry(draft).postings, [
      { account: 'credits', microUnits: 5n },
      { account: 'funding', microUnits: -5n },
    ]);
  });

  it('cannot be made where they do not', () => {
    const postings = [...draft.postings, { account: 'adjustment', microUnits: 1n } as const];
    assert.throws(() => entry({ ...draft, postings }), EntryUnbalanced);
  });
});
