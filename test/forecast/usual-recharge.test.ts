import assert from 'node:assert/strict';
import { addDays, dayMs, startOfDay } from '../../src/decision/time.ts';
import { usualRecharge } from '../../src/forecast/usual-recharge.ts';
import { firstDay } from './series-of.ts';

const start = startOfDay(firstDay);

describe('the next day on which money usually comes in', () => {
  const cases: readonly [sentence: string, daysOf: readonly number[], today: number, next: number | null][] =
    [
      ['is a usual gap after the last', [0, 30, 60], 70, 90],
      ['is the next of the rhythm where one was missed', [0, 30, 60], 95, 120],
      ['is not today: what should come today has not come', [0, 30, 60], 90, 120],
      ['follows the usual gap, not a single short or long one', [0, 30, 50, 80, 125], 130, 155],
      ['forgets how it was long ago', [0, 1, 2, 30, 60, 90, 120, 150, 180], 185, 210],
      ['is unknown after one or two times', [0, 30], 40, null],
      ['is unknown without any', [], 40, null],
      ['is unknown where there is no rhythm', [0, 5, 60], 70, null],
      ['is unknown where all came on one day', [3, 3, 3], 10, null],
      ['is counted from the last, though it lies ahead', [0, 10, 20], 15, 30],
    ];
  for (const [sentence, days, today, next] of cases) {
    it(sentence, () => {
      const times = days.map((day) => start + day * dayMs + 1);
      const found = usualRecharge(times, start + today * dayMs);
      assert.equal(found, next === null ? null : addDays(firstDay, next));
    });
  }
});
