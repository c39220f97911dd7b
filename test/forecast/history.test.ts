import assert from 'node:assert/strict';
import { addDays, type Day, hourMs, startOfDay } from '../../src/decision/time.ts';
import { historyOf, lastCompleteDay, reportingLagMs } from '../../src/forecast/history.ts';
import { dollars, firstDay, usage } from './series-of.ts';

const inDollars = (spends: Float64Array | undefined) => [...(spends ?? [])].map((spend) => spend / 1e6);

describe('the history of spend', () => {
  it('ends with the last day of which every call is reported', () => {
    const now = startOfDay('2026-03-10' as Day) + 12 * hourMs;
    assert.equal(lastCompleteDay(now, reportingLagMs), '2026-03-07');
    assert.equal(lastCompleteDay(startOfDay('2026-03-10' as Day), reportingLagMs), '2026-03-07');
    assert.equal(lastCompleteDay(startOfDay('2026-03-10' as Day), 0), '2026-03-09');
  });

  it('begins with the first recorded day, and takes a missing one as free', () => {
    const usageByDay = new Map([
      ['2026-03-01' as Day, dollars(3)],
      ['2026-03-03' as Day, dollars(5)],
      ['2026-03-05' as Day, dollars(9)],
    ]);
    const history = historyOf({ usageByDay }, '2026-03-04' as Day);
    assert.deepEqual(inDollars(history?.spends), [0, 5, 0, 3]);
    assert.equal(history?.knownDays, 4);
  });

  it('is none before anything was recorded', () => {
    assert.equal(historyOf({ usageByDay: new Map() }, firstDay), null);
    assert.equal(historyOf({ usageByDay: usage([1]) }, addDays(firstDay, -1)), null);
  });

  it('takes an unknown day as what its weekday costs', () => {
    const spends = Array.from({ length: 21 }, (_, day) => (day % 7) + 1);
    const unknown = addDays(firstDay, 9);
    const history = historyOf(
      { usageByDay: usage(spends), unknownDays: new Set([unknown]) },
      addDays(firstDay, 20),
    );
    assert.equal(history?.spends[20 - 9], 3e6);
    assert.equal(history?.knownDays, 20);
  });

  it('counts holidays only where this tenant keeps them', () => {
    const days = 70;
    const start = '2025-11-03' as Day;
    const kept = new Set(['2025-11-11', '2025-11-27', '2025-12-25', '2026-01-01']);
    const series = (onHolidays: number) =>
      usage(
        Array.from({ length: days }, (_, day) => (kept.has(addDays(start, day)) ? onHolidays : 100)),
        start,
      );
    const lastDay = addDays(start, days - 1);
    const closed = historyOf({ usageByDay: series(10), countries: ['US'] }, lastDay);
    assert.equal(closed?.holidayShare, 0.1);
    assert.ok(inDollars(closed?.spends).every((spend) => spend === 100));
    assert.equal(historyOf({ usageByDay: series(90), countries: ['US'] }, lastDay)?.holidayShare, 1);
    assert.equal(historyOf({ usageByDay: series(10) }, lastDay)?.holidayShare, 1);
  });
});
