import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joined, type Span, within, without } from '../../src/usage/span.ts';

const instant = fc.integer({ min: 0, max: 60 });
const span = fc.tuple(instant, instant).map(([from, to]): Span => ({ from, to }));
const spans = fc.array(span, { maxLength: 8 });
const instants = Array.from({ length: 61 }, (_, at) => at);

function holds(all: readonly Span[], at: number): boolean {
  return all.some(({ from, to }) => from <= at && at < to);
}

describe('spans of time', () => {
  it('are the same time once joined, in order and apart', () => {
    fc.assert(
      fc.property(spans, (all) => {
        const result = joined(all);
        for (const at of instants) assert.equal(holds(result, at), holds(all, at));
        assert.ok(result.every(({ from }, index) => index === 0 || from > (result[index - 1]?.to ?? 0)));
      }),
    );
  });

  it('leave what no other takes', () => {
    fc.assert(
      fc.property(span, spans, (whole, taken) => {
        const left = without(whole, taken);
        for (const at of instants) {
          assert.equal(holds(left, at), holds([whole], at) && !holds(taken, at));
        }
      }),
    );
  });

  it('share what is in both', () => {
    fc.assert(
      fc.property(span, span, (left, right) => {
        const both = within(left, right);
        for (const at of instants) {
          assert.equal(holds(both === null ? [] : [both], at), holds([left], at) && holds([right], at));
        }
      }),
    );
  });
});
