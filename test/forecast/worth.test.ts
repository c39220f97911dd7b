import assert from 'node:assert/strict';
import { addDays } from '../../src/decision/time.ts';
import { worthOf } from '../../src/forecast/worth.ts';
import { dollars, firstDay, questionOf, seriesOf } from './series-of.ts';

const constant = Array.from({ length: 60 }, () => 10);

describe('what an amount buys', () => {
  it('is days, until a date, with a probability', () => {
    assert.deepEqual(worthOf(questionOf(constant, 55), dollars(110)), {
      kind: 'worth',
      until: addDays(firstDay, 60 + 15),
      days: 11,
      probability: 0.8,
    });
  });

  it('is nothing for nothing', () => {
    const worth = worthOf(questionOf(seriesOf('bursts', 1, 90), 1_000), 0n);
    assert.equal(worth.kind === 'worth' && worth.days, 0);
  });

  it('has no date beyond a year', () => {
    const worth = worthOf(questionOf(constant, 55), dollars(1e6));
    assert.ok(worth.kind === 'worth' && worth.until === null && worth.days === null);
  });

  it('is too early to tell below fourteen days', () => {
    assert.equal(worthOf(questionOf(constant.slice(0, 5), 55), dollars(1)).kind, 'too-early');
  });
});
