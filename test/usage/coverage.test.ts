import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dayMs, hourMs } from '../../src/decision/time.ts';
import { blindSpans, coverageMap, coveredBy, noCoverage } from '../../src/usage/coverage.ts';

const start = Date.parse('2026-11-01T00:00:00Z');
const hours = (count: number): number => start + count * hourMs;

describe('coverage of time by what was read', () => {
  it('settles the hours that were read 48 hours after them, and no later ones', () => {
    const coverage = coveredBy(noCoverage, { from: start, to: hours(100) }, hours(100));
    assert.deepEqual(coverage.settled, [{ from: start, to: hours(52) }]);
  });

  it('settles nothing by a reading of the last two days alone', () => {
    const coverage = coveredBy(noCoverage, { from: hours(60), to: hours(100) }, hours(100));
    assert.deepEqual(coverage.settled, []);
  });

  const coverage = coveredBy(
    coveredBy(noCoverage, { from: start, to: hours(100) }, hours(100)),
    { from: hours(120), to: hours(240) },
    hours(240),
  );

  it('shows seen, blind and late hours in their order, without a gap', () => {
    assert.deepEqual(coverageMap(coverage, { from: hours(40), to: hours(300) }, hours(250)), [
      { from: hours(40), to: hours(52), state: 'seen' },
      { from: hours(52), to: hours(120), state: 'blind' },
      { from: hours(120), to: hours(192), state: 'seen' },
      { from: hours(192), to: hours(196), state: 'blind' },
      { from: hours(196), to: hours(250), state: 'late' },
    ]);
  });

  it('calls an hour late, and not blind, as long as its calls may still be reported and read', () => {
    assert.deepEqual(blindSpans(coverage, { from: hours(192), to: hours(246) }, hours(246)), []);
    assert.deepEqual(blindSpans(coverage, { from: hours(192), to: hours(247) }, hours(247)), [
      { from: hours(192), to: hours(193) },
    ]);
  });

  it('has no part of what lies ahead', () => {
    assert.deepEqual(coverageMap(coverage, { from: hours(300), to: hours(310) }, hours(250)), []);
  });

  it('never has a blind hour where reading was regular, whenever that was', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 10, max: 180 }), { minLength: 1, maxLength: 40 }), (gaps) => {
        let at = start + 10 * dayMs;
        let read = coveredBy(noCoverage, { from: start, to: at }, at);
        for (const minutes of gaps) {
          at += minutes * 60_000;
          read = coveredBy(read, { from: at - 3 * dayMs, to: at }, at);
        }
        assert.deepEqual(blindSpans(read, { from: start, to: at }, at), []);
      }),
    );
  });
});
