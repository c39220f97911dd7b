import assert from 'node:assert/strict';
import { untilDay } from '../../src/answers/until-day.ts';
import type { Until } from '../../src/language/question.ts';

/** A Wednesday, already in Seoul and still a Tuesday in London. */
const now = Date.parse('2026-11-24T15:30:00Z');

const cases: readonly (readonly [sentence: string, until: Until, day: string])[] = [
  ['a date is itself', '2026-12-24', '2026-12-24'],
  ['tomorrow is the day after the date on the wall', 'tomorrow', '2026-11-26'],
  ['a weekday is the next one', 'friday', '2026-11-27'],
  ['a weekday before today is in the next week', 'monday', '2026-11-30'],
  ["today's weekday is a week away", 'wednesday', '2026-12-02'],
  ['next week is meant whole', 'next_week', '2026-12-06'],
  ['a month ends on its last day', 'end_of_month', '2026-11-30'],
  ['a quarter ends with its third month', 'end_of_quarter', '2026-12-31'],
  ['a year ends in December', 'end_of_year', '2026-12-31'],
];

describe('the day that is asked about', () => {
  for (const [sentence, until, day] of cases)
    it(sentence, () => assert.equal(untilDay(until, { now, timeZone: 'Asia/Seoul' }), day));

  it("depends on the asker's time zone", () =>
    assert.equal(untilDay('tomorrow', { now, timeZone: 'Europe/London' }), '2026-11-25'));

  it('takes the whole of the next week on a Sunday as well', () => {
    const sunday = Date.parse('2026-11-29T12:00:00Z');
    assert.equal(untilDay('next_week', { now: sunday, timeZone: 'UTC' }), '2026-12-06');
  });

  it('finds the end of February in a leap year', () => {
    const february = Date.parse('2028-02-10T12:00:00Z');
    assert.equal(untilDay('end_of_month', { now: february, timeZone: 'UTC' }), '2028-02-29');
    assert.equal(untilDay('end_of_quarter', { now: february, timeZone: 'UTC' }), '2028-03-31');
  });
});
