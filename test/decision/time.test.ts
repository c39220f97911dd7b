import assert from 'node:assert/strict';
import { addDays, addMonths, startOfDay, utcDay } from '../../src/decision/time.ts';

describe('a UTC day', () => {
  it('ends before midnight in London, wherever the call was made', () => {
    assert.equal(utcDay(Date.parse('2026-10-04T23:59:59.999Z')), '2026-10-04');
    assert.equal(utcDay(Date.parse('2026-10-05T08:59:59+09:00')), '2026-10-04');
    assert.equal(utcDay(Date.parse('2026-10-05T00:00:00Z')), '2026-10-05');
  });

  it('starts at its midnight', () => {
    assert.equal(startOfDay(utcDay(Date.parse('2026-10-04T13:00:00Z'))), Date.parse('2026-10-04T00:00:00Z'));
  });

  it('is followed by the first of the next month or year', () => {
    const lastOfYear = utcDay(Date.parse('2026-12-31T12:00:00Z'));
    assert.equal(addDays(lastOfYear, 1), '2027-01-01');
    assert.equal(addDays(lastOfYear, -31), '2026-11-30');
  });
});

describe('addMonths', () => {
  const cases: readonly [sentence: string, from: string, months: number, expected: string][] = [
    ['keeps day and time', '2025-11-20T09:00:00.123Z', 12, '2026-11-20T09:00:00.123Z'],
    ['ends funds of 29 February on 28 February', '2024-02-29T10:00:00.000Z', 12, '2025-02-28T10:00:00.000Z'],
    ['keeps 28 February before a leap year', '2023-02-28T10:00:00.000Z', 12, '2024-02-28T10:00:00.000Z'],
    ['makes the 31st the last of a short month', '2026-01-31T00:00:00.000Z', 1, '2026-02-28T00:00:00.000Z'],
    ['goes over the year’s end', '2026-11-30T23:59:59.999Z', 3, '2027-02-28T23:59:59.999Z'],
  ];
  for (const [sentence, from, months, expected] of cases) {
    it(sentence, () => {
      assert.equal(new Date(addMonths(Date.parse(from), months)).toISOString(), expected);
    });
  }
});
