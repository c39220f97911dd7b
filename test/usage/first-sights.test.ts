import assert from 'node:assert/strict';
import { dayMs, hourMs } from '../../src/decision/time.ts';
import { interrupted, learnedSights, noSights, withSights } from '../../src/usage/first-sights.ts';

const at = Date.parse('2026-11-20T12:00:00Z');
const hoursAgo = (hours: number): number => at - hours * hourMs;

describe('first sights of calls', () => {
  it('are counted by the hours since the call started, the longest together', () => {
    const { callsByLagHour } = withSights(noSights, [24, 24.9, 30, 100, 400].map(hoursAgo), at);
    assert.equal(callsByLagHour.length, 73);
    assert.deepEqual([callsByLagHour[24], callsByLagHour[30], callsByLagHour[72]], [2, 1, 2]);
  });

  it('teach nothing before a week of regular reading', () => {
    const sights = withSights(noSights, [hoursAgo(30)], at);
    assert.equal(learnedSights(sights, at + 7 * dayMs - 1), null);
    assert.deepEqual(learnedSights(sights, at + 7 * dayMs), { callsByLagHour: sights.callsByLagHour });
  });

  it('begin a new week after an interruption, and keep what they taught', () => {
    const sights = withSights(noSights, [hoursAgo(30)], at);
    const later = withSights(interrupted(sights), [], at + 20 * dayMs);
    assert.equal(learnedSights(later, at + 26 * dayMs), null);
    assert.deepEqual(later.callsByLagHour, sights.callsByLagHour);
  });

  it('weigh half after four weeks', () => {
    const sights = withSights(noSights, [hoursAgo(30), hoursAgo(30)], at);
    const later = withSights(sights, [at + 28 * dayMs - 31 * hourMs], at + 28 * dayMs);
    assert.deepEqual([later.callsByLagHour[30], later.callsByLagHour[31]], [1, 1]);
  });
});
