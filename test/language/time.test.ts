import assert from 'node:assert/strict';
import { understand } from '../../src/language/understand.ts';
import { contextFor } from './context.ts';

/** Tuesday, 24 November 2026. */
const context = contextFor('en-US');

describe('a period in the past', () => {
  const periods: readonly (readonly [text: string, period: string | undefined])[] = [
    ['spend today', 'today'],
    ['어제 사용액', 'yesterday'],
    ['spend last week', 'last_week'],
    ['당월 사용액', 'this_month'],
    ['전월 사용액', 'last_month'],
    ['spend in the past week', 'last_7_days'],
    ['최근 30일 사용액', 'last_30_days'],
    ['October spend', '2026-10'],
    ['December spend', '2025-12'],
    ['작년 12월 사용액', '2025-12'],
    ['2026년 9월 사용액', '2026-09'],
    ['spend 2026-08', '2026-08'],
    ['spend in the last 17 days', undefined],
    ['spend', undefined],
  ];
  for (const [text, period] of periods) {
    it(`is ${period ?? 'left out where none is ours to answer'}: ${text}`, () => {
      const { question } = understand(text, context);
      assert.deepEqual(question, { intent: 'usage', ...(period === undefined ? {} : { period }) });
    });
  }
});

describe('a day ahead', () => {
  const days: readonly (readonly [text: string, until: string])[] = [
    ['will credits last until tomorrow', 'tomorrow'],
    ['금요일까지 버틸까', 'friday'],
    ['다음 주까지 버틸까', 'next_week'],
    ['will credits last until month end', 'end_of_month'],
    ['분기 말까지 버틸까', 'end_of_quarter'],
    ['연말까지 버틸까', 'end_of_year'],
    ['12월 15일까지 버틸까', '2026-12-15'],
    ['will credits last until January 5', '2027-01-05'],
    ['will credits last until 5 December', '2026-12-05'],
    ['will credits last until Christmas', '2026-12-25'],
    ['30일까지 버틸까', '2026-11-30'],
    ['10일까지 버틸까', '2026-12-10'],
    ['will credits last another 10 days', '2026-12-04'],
  ];
  for (const [text, until] of days) {
    it(`is ${until}: ${text}`, () => {
      assert.deepEqual(understand(text, context).question, { intent: 'forecast', until });
    });
  }
});

describe('the time of silence', () => {
  const durations: readonly (readonly [text: string, duration: string])[] = [
    ['mute for 2 hours', 'PT2H'],
    ['사흘간 알림 꺼줘', 'P3D'],
    ['mute until tomorrow', 'until_tomorrow'],
    ['월요일까지 알림 꺼줘', 'until_monday'],
    ['mute over the weekend', 'until_monday'],
    ['오늘 하루 알림 꺼줘', 'until_tomorrow'],
    ['mute until Friday', 'P3D'],
    ['mute until December 1', 'P7D'],
  ];
  for (const [text, duration] of durations) {
    it(`is ${duration}: ${text}`, () => {
      assert.deepEqual(understand(text, context).question, { intent: 'mute', duration });
    });
  }
});
