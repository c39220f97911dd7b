import assert from 'node:assert/strict';
import { comparedPeriod } from '../../src/answers/usage-period.ts';
import type { Period } from '../../src/language/question.ts';

/** A Wednesday, already in Seoul and not yet in London or Los Angeles. */
const now = Date.parse('2026-11-24T15:30:00Z');

const cases: readonly (readonly [sentence: string, period: Period, days: string, before: string])[] = [
  ['today is the date on the wall of the asker', 'today', '2026-11-25 2026-11-25', '2026-11-24 2026-11-24'],
  ['yesterday is the date before', 'yesterday', '2026-11-24 2026-11-24', '2026-11-23 2026-11-23'],
  ['a week begins on Monday', 'this_week', '2026-11-23 2026-11-25', '2026-11-16 2026-11-18'],
  ['last week is a whole one', 'last_week', '2026-11-16 2026-11-22', '2026-11-09 2026-11-15'],
  ['seven days end today', 'last_7_days', '2026-11-19 2026-11-25', '2026-11-12 2026-11-18'],
  ['thirty days end today', 'last_30_days', '2026-10-27 2026-11-25', '2026-09-27 2026-10-26'],
  [
    'a month so far is compared with as many days',
    'this_month',
    '2026-11-01 2026-11-25',
    '2026-10-01 2026-10-25',
  ],
  [
    'last month is compared with all of the one before',
    'last_month',
    '2026-10-01 2026-10-31',
    '2026-09-01 2026-09-30',
  ],
  ['a month of the past is a whole one', '2026-03', '2026-03-01 2026-03-31', '2026-02-01 2026-02-28'],
  [
    'the present month by its name is the month so far',
    '2026-11',
    '2026-11-01 2026-11-25',
    '2026-10-01 2026-10-25',
  ],
  ['January is compared with December', '2026-01', '2026-01-01 2026-01-31', '2025-12-01 2025-12-31'],
];

describe('a period of usage', () => {
  for (const [sentence, period, days, before] of cases) {
    it(`has UTC days with the names of the asker's dates: ${sentence}`, () => {
      const found = comparedPeriod(period, { now, timeZone: 'Asia/Seoul' });
      assert.equal(`${found.days.from} ${found.days.to}`, days);
      assert.equal(`${found.before.from} ${found.before.to}`, before);
    });
  }

  it('has another today where it is still yesterday', () => {
    const { days } = comparedPeriod('today', { now, timeZone: 'America/Los_Angeles' });
    assert.deepEqual(days, { from: '2026-11-24', to: '2026-11-24' });
  });

  it('is compared with no day twice at the end of a long month', () => {
    const { before } = comparedPeriod('this_month', {
      now: Date.parse('2026-03-31T12:00:00Z'),
      timeZone: 'UTC',
    });
    assert.deepEqual(before, { from: '2026-02-01', to: '2026-02-28' });
  });
});
