import assert from 'node:assert/strict';
import { RecentlyUsed } from '../../cards/recently-used.ts';

describe('RecentlyUsed', () => {
  it('makes a value once', () => {
    const values = new RecentlyUsed<object>(2);
    const made = values.get('a', () => ({}));
    assert.equal(
      values.get('a', () => ({})),
      made,
    );
  });

  it('gives up the value that was not used for longest', () => {
    const values = new RecentlyUsed<string>(2);
    values.get('a', () => 'first');
    values.get('b', () => 'first');
    values.get('a', () => 'second');
    values.get('c', () => 'first');
    assert.equal(
      values.get('a', () => 'second'),
      'first',
    );
    assert.equal(
      values.get('b', () => 'second'),
      'second',
    );
  });
});
