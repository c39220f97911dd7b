import assert from 'node:assert/strict';
import { TimeText } from '../../cards/time-text.ts';
import { dayMs, hourMs, minuteMs } from '../../src/decision/time.ts';

const now = Date.parse('2026-11-24T05:05:00Z');
const english = new TimeText('en', 'en-US', 'Asia/Seoul');
const korean = new TimeText('ko', 'ko-KR', 'Asia/Seoul');

describe('TimeText', () => {
  it('tells a time of today without the date', () => {
    assert.equal(english.moment(now - hourMs, now), '13:05');
    assert.equal(korean.moment(now - hourMs, now), '오후 1:05');
  });

  it('tells the date where it is another day in the zone of the reader', () => {
    const shortlyBeforeMidnight = Date.parse('2026-11-23T14:59:00Z');
    assert.equal(english.moment(shortlyBeforeMidnight, now), 'Nov 23, 23:59');
    assert.equal(korean.moment(shortlyBeforeMidnight, now), '11월 23일(월) 오후 11:59');
  });

  it('tells the year where it is not this one', () => {
    assert.equal(english.date(now + 60 * dayMs, now), 'Jan 23, 2027');
    assert.equal(korean.date(now + 60 * dayMs, now), '2027년 1월 23일(토)');
  });

  it('says midnight and noon as a Korean clock does', () => {
    assert.equal(korean.clock(Date.parse('2026-11-23T15:00:00Z')), '오전 12:00');
    assert.equal(korean.clock(Date.parse('2026-11-24T03:00:00Z')), '오후 12:00');
  });

  it('writes the full Korean date with weekday and half of the day', () => {
    assert.equal(korean.full(now), '2026년 11월 24일(화) 오후 2:05');
    assert.equal(english.full(now), 'Nov 24, 2026, 14:05');
  });

  it('writes dates as the locale does', () => {
    assert.equal(new TimeText('en', 'en-GB', 'Europe/London').date(now, now), '24 Nov');
  });

  const zones: readonly (readonly [rule: string, time: TimeText, name: string])[] = [
    ['Korea, in English', english, 'KST'],
    ['Korea, in Korean, where nobody says it', korean, ''],
    ['New York, in English', new TimeText('en', 'en-US', 'America/New_York'), 'EST'],
    ['New York, in Korean', new TimeText('ko', 'ko-KR', 'America/New_York'), 'GMT-5'],
    ['a zone that is not known is UTC', new TimeText('en', 'en-US', 'Mars/Olympus'), 'UTC'],
  ];
  for (const [rule, time, name] of zones) {
    it(`names the zone: ${rule}`, () => {
      assert.equal(time.zone(now), name);
    });
  }

  const distances: readonly (readonly [at: number, english: string | null, korean: string | null])[] = [
    [now - 59_000, null, null],
    [now - minuteMs, '1 minute ago', '1분 전'],
    [now - 59 * minuteMs, '59 minutes ago', '59분 전'],
    [now - 5 * hourMs, '5 hours ago', '5시간 전'],
    [now - 24 * hourMs, '1 day ago', '1일 전'],
    [now - 3 * dayMs, '3 days ago', '3일 전'],
    [now + 26 * dayMs, 'in 26 days', '26일 후'],
  ];
  for (const [at, inEnglish, inKorean] of distances) {
    it(`says how far away in whole words: ${inEnglish ?? 'within a minute, nothing'}`, () => {
      assert.equal(english.distance(at, now), inEnglish);
      assert.equal(korean.distance(at, now), inKorean);
    });
  }

  it('counts days as the calendar does, so that a date and its distance agree', () => {
    const inTwentyFiveDaysAndSomeHours = Date.parse('2026-12-20T03:00:00Z');
    assert.equal(english.date(inTwentyFiveDaysAndSomeHours, now), 'Dec 20');
    assert.equal(english.distance(inTwentyFiveDaysAndSomeHours, now), 'in 26 days');
  });
});
