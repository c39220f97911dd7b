import assert from 'node:assert/strict';
import fc from 'fast-check';
import { render } from '../../cards/render.ts';
import type { Answer } from '../../src/answers/answer.ts';
import { factsIn } from './facts-in-text.ts';
import { readers, samples } from './samples.ts';

const largest = 10n ** 15n;

describe('both languages say the same', () => {
  for (const { kind, name, answer } of samples) {
    it(`in ${kind}, ${name}, as it is`, () => sameFacts(answer));

    if (amountsIn(answer) === 0) continue;
    it(`in ${kind}, ${name}, whatever the amounts`, () => {
      const amounts = fc.infiniteStream(fc.bigInt({ min: 0n, max: largest }));
      fc.assert(
        fc.property(amounts, (stream) => sameFacts(withAmounts(answer, stream))),
        { numRuns: 25 },
      );
    });
  }
});

function sameFacts(answer: Answer): void {
  // Calls are counted in words of their own in each card; how often, the tests of the cards say.
  const { calls: _, ...english } = factsIn('en', render(answer, readers.en).text);
  const { calls: __, ...korean } = factsIn('ko', render(answer, readers.ko).text);
  assert.deepEqual(korean, english);
}

function amountsIn(value: unknown): number {
  if (typeof value === 'bigint') return 1;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce((sum: number, part) => sum + amountsIn(part), 0);
}

/** The same answer with other amounts, each of the sign that it had. */
function withAmounts<Value>(value: Value, amounts: Iterator<bigint>): Value {
  if (typeof value === 'bigint') {
    const size: bigint = amounts.next().value;
    return (value < 0n ? -size : size) as Value;
  }
  if (Array.isArray(value)) return value.map((part) => withAmounts(part, amounts)) as Value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, withAmounts(part, amounts)]),
  ) as Value;
}
