import assert from 'node:assert/strict';
import { spokenDurations } from '../../src/language/durations.ts';

const durations: readonly (readonly [text: string, minutes: number, iso: string])[] = [
  ['2 hours', 120, 'PT2H'],
  ['45min', 45, 'PT45M'],
  ['half an hour', 30, 'PT30M'],
  ['an hour and a half', 90, 'PT1H30M'],
  ['1.5 hours', 90, 'PT1H30M'],
  ['1 hour 30 minutes', 90, 'PT90M'],
  ['1h30', 90, 'PT90M'],
  ['24 hours', 1440, 'PT24H'],
  ['three days', 4320, 'P3D'],
  ['for a week', 10_080, 'P7D'],
  ['a couple of hours', 120, 'PT2H'],
  ['30분', 30, 'PT30M'],
  ['한 시간 반', 90, 'PT1H30M'],
  ['두시간', 120, 'PT2H'],
  ['삼십분', 30, 'PT30M'],
  ['사흘', 4320, 'P3D'],
  ['일주일', 10_080, 'P7D'],
];

describe('a length of time', () => {
  for (const [text, minutes, iso] of durations) {
    it(`is read as people say it: ${text}`, () => {
      const [found] = spokenDurations(text);
      assert.deepEqual({ minutes: found?.minutes, iso: found?.iso }, { minutes, iso });
    });
  }

  for (const text of [
    'a minute',
    '1분에 얼마',
    '분당',
    '15일까지',
    '이번 분기',
    '3일본',
    '달러',
    '$1.5m',
    '오늘 하루',
  ]) {
    it(`is not seen in ${text}`, () => {
      assert.deepEqual(spokenDurations(text), []);
    });
  }
});
