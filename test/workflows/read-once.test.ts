import assert from 'node:assert/strict';
import sinon from 'sinon';
import type { JsonValue } from '../../src/decision/json.ts';
import { readOnce } from '../../src/workflows/read-once.ts';

describe('a reader that reads once', () => {
  const reader = () => {
    const read = sinon.spy((stored: JsonValue) => ({ stored }));
    return { read, readOnce: readOnce(read) };
  };

  it('reads the same value once, and gives the same state', () => {
    const { read, readOnce } = reader();
    const stored = { v: 1 };

    assert.equal(readOnce(stored), readOnce(stored));
    assert.equal(read.callCount, 1);
  });

  it('reads another value that says the same by itself', () => {
    const { read, readOnce } = reader();

    assert.notEqual(readOnce({ v: 1 }), readOnce({ v: 1 }));
    assert.equal(read.callCount, 2);
  });

  it('leaves what is no object to the reader, each time', () => {
    const { read, readOnce } = reader();
    readOnce(null);
    readOnce('text');
    readOnce(null);

    assert.deepEqual(
      read.args.map(([stored]) => stored),
      [null, 'text', null],
    );
  });

  it('forgets what the reader refused', () => {
    const refusing = readOnce<object>(() => {
      throw new RangeError('of another shape');
    });
    const stored = {};

    assert.throws(() => refusing(stored), RangeError);
    assert.throws(() => refusing(stored), RangeError);
  });
});
