import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PrefixIndex } from '../../src/rates/prefix-index.ts';

const digits = (range: { minLength: number; maxLength: number }) =>
  fc.string({ unit: fc.constantFrom(...'0123'), ...range });
const prefixes = fc.uniqueArray(digits({ minLength: 1, maxLength: 6 }), { maxLength: 60 });
const numbers = digits({ minLength: 0, maxLength: 12 });

/** Every prefix looked at, one by one. */
function naiveLongest(all: readonly string[], number: string): string | null {
  const matching = all.filter((prefix) => number.startsWith(prefix));
  return matching.sort((left, right) => right.length - left.length)[0] ?? null;
}

describe('longest prefix, for any prefixes', () => {
  it('is the longest that a naive scan finds, and stands for its own value', () => {
    fc.assert(
      fc.property(prefixes, numbers, (all, number) => {
        const found = new PrefixIndex(all.map((prefix) => [prefix, `of ${prefix}`])).longest(`+${number}`);
        const expected = naiveLongest(all, number);
        assert.equal(found?.prefix ?? null, expected);
        assert.equal(found?.value ?? null, expected === null ? null : `of ${expected}`);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is certain exactly when no further digits would lead to another', () => {
    fc.assert(
      fc.property(prefixes, numbers, (all, number) => {
        const found = new PrefixIndex(all.map((prefix) => [prefix, prefix])).longest(`+${number}`);
        fc.pre(found !== null);
        const other = all.some((prefix) => prefix.length > number.length && prefix.startsWith(number));
        assert.equal(found.certain, !other);
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not depend on the order of the prefixes', () => {
    fc.assert(
      fc.property(prefixes, numbers, (all, number) => {
        const entries = all.map((prefix) => [prefix, prefix] as const);
        const forward = new PrefixIndex(entries).longest(`+${number}`);
        assert.deepEqual(new PrefixIndex([...entries].reverse()).longest(`+${number}`), forward);
      }),
    );
  });

  it('of a masked number is that of the digits before the mask', () => {
    fc.assert(
      fc.property(prefixes, numbers, fc.integer({ min: 1, max: 4 }), (all, number, masked) => {
        const index = new PrefixIndex(all.map((prefix) => [prefix, prefix]));
        assert.deepEqual(index.longest(`+${number}${'*'.repeat(masked)}`), index.longest(`+${number}`));
      }),
    );
  });
});
