import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type AccountNews,
  type DigestFrequency,
  digestAfter,
  dueDigest,
  isWorthSaying,
} from '../../src/alerts/digest.ts';
import { speakingTime } from '../../src/alerts/quiet-hours.ts';
import type { Day } from '../../src/decision/time.ts';
import { dayMs, minuteMs } from '../../src/decision/time.ts';

const night = { from: '22:00', to: '07:00' };
const longNight = { from: '23:00', to: '09:30' };
const byDay = { from: '09:00', to: '17:00' };

describe('a digest', () => {
  // The 23rd of November 2026 is a Monday.
  const cases: readonly (readonly [
    sentence: string,
    frequency: DigestFrequency,
    hours: typeof night | null,
    timeZone: string,
    at: string,
    decided: string | null,
    due: string | null,
  ])[] = [
    ['a minute before eight', 'daily', null, 'UTC', '2026-11-24T07:59:59Z', null, null],
    ['at eight', 'daily', null, 'UTC', '2026-11-24T08:00:00Z', null, '2026-11-24'],
    ['at eight in Seoul', 'daily', null, 'Asia/Seoul', '2026-11-23T23:00:00Z', null, '2026-11-24'],
    ['the same instant elsewhere', 'daily', null, 'America/New_York', '2026-11-23T23:00:00Z', null, null],
    ['once a day', 'daily', null, 'UTC', '2026-11-24T08:05:00Z', '2026-11-24', null],
    ['after a day that was missed', 'daily', null, 'UTC', '2026-11-24T08:00:00Z', '2026-11-20', '2026-11-24'],
    ['late, in the morning yet', 'daily', null, 'UTC', '2026-11-24T13:59:00Z', null, '2026-11-24'],
    ['too late', 'daily', null, 'UTC', '2026-11-24T14:00:00Z', null, null],
    ['never where it is off', 'off', null, 'UTC', '2026-11-23T08:00:00Z', null, null],
    ['weekly on Monday', 'weekly', null, 'UTC', '2026-11-23T08:00:00Z', '2026-11-16', '2026-11-23'],
    ['weekly on no Tuesday', 'weekly', null, 'UTC', '2026-11-24T08:00:00Z', '2026-11-16', null],
    ['on the Monday of the reader', 'weekly', null, 'Asia/Seoul', '2026-11-22T23:00:00Z', null, '2026-11-23'],
    ['at eight after a shorter night', 'daily', night, 'UTC', '2026-11-24T07:30:00Z', null, null],
    ['in quiet hours that go on at eight', 'daily', longNight, 'UTC', '2026-11-24T09:29:00Z', null, null],
    ['at their end', 'daily', longNight, 'UTC', '2026-11-24T09:30:00Z', null, '2026-11-24'],
    ['before quiet hours by day', 'daily', byDay, 'UTC', '2026-11-24T08:00:00Z', null, '2026-11-24'],
    [
      'the day the clock is put forward',
      'daily',
      null,
      'Europe/Berlin',
      '2026-03-29T06:00:00Z',
      null,
      '2026-03-29',
    ],
    ['an hour before on that day', 'daily', null, 'Europe/Berlin', '2026-03-29T05:59:00Z', null, null],
    ['the day it is put back', 'daily', null, 'Europe/Berlin', '2026-10-25T07:00:00Z', null, '2026-10-25'],
    ['an hour before on that day', 'daily', null, 'Europe/Berlin', '2026-10-25T06:59:00Z', null, null],
    [
      'a clock that ran ahead and was put right: the key knows what was said',
      'daily',
      null,
      'UTC',
      '2026-11-24T08:10:00Z',
      '2026-12-24',
      '2026-11-24',
    ],
    [
      'a time zone that no calendar knows: UTC',
      'daily',
      null,
      'Moon/Sea',
      '2026-11-24T08:00:00Z',
      null,
      '2026-11-24',
    ],
  ];
  for (const [sentence, frequency, hours, timeZone, at, decided, due] of cases) {
    it(`is ${due === null ? 'not ' : ''}due: ${sentence}, ${frequency} at ${at}`, () => {
      const last = { decided: decided as Day | null, at: Date.parse(at) };
      assert.equal(dueDigest({ frequency, hours, timeZone }, last), due);
    });
  }

  it('is due once a day whatever the hours, the zone and the walk of the clock', () => {
    const zones = fc.constantFrom(
      'UTC',
      'Asia/Seoul',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    );
    const start = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2026-12-01') });
    const hours = fc.constantFrom(null, night, longNight, byDay);
    const steps = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 50, maxLength: 50 });
    fc.assert(
      fc.property(zones, start, hours, steps, (timeZone, first, quiet, minutes) => {
        let [at, decided]: [number, Day | null] = [first, null];
        const days: Day[] = [];
        // Nobody looks more seldom than every five minutes; the walk takes more than a day.
        for (const step of Array.from({ length: 20 }).flatMap(() => minutes)) {
          at += step * minuteMs;
          const due = dueDigest({ frequency: 'daily', hours: quiet, timeZone }, { decided, at });
          if (due === null) continue;
          assert.notEqual(speakingTime(quiet, { timeZone, urgency: 'info', at }).kind, 'later');
          decided = due;
          days.push(due);
        }
        assert.equal(new Set(days).size, days.length);
        assert.ok(days.length >= Math.floor((at - first) / dayMs), `${days}`);
      }),
      { numRuns: 40 },
    );
  });

  const accounts = (moved: bigint | null, more: Partial<AccountNews> = {}): readonly AccountNews[] => [
    { moved, funded: 0n, usual: 100n, ...more },
  ];
  const worth: readonly (readonly [
    sentence: string,
    frequency: DigestFrequency,
    openItems: number,
    accounts: readonly AccountNews[],
    said: boolean,
  ])[] = [
    ['nothing is open and nothing moved', 'daily', 0, accounts(0n), false],
    ['nothing moved all week', 'weekly', 0, accounts(0n), false],
    ['there is no account', 'daily', 0, [], false],
    ['something is open', 'daily', 1, accounts(0n), true],
    ['something is open without an account', 'weekly', 1, [], true],
    ['a usual day', 'daily', 0, accounts(-100n), false],
    ['twice the usual', 'daily', 0, accounts(-200n), false],
    ['more than twice the usual', 'daily', 0, accounts(-201n), true],
    ['a usual week', 'weekly', 0, accounts(-100n), true],
    ['a purchase that calls have used up', 'daily', 0, accounts(0n, { funded: 50n }), true],
    ['a balance that rose without one', 'daily', 0, accounts(1n), true],
    ['nobody knows what is usual', 'daily', 0, accounts(-1n, { usual: null }), true],
    ['the first digest', 'daily', 0, accounts(null), true],
    ['the second of two accounts moved', 'daily', 0, [...accounts(0n), ...accounts(-500n)], true],
  ];
  for (const [sentence, frequency, openItems, moved, said] of worth) {
    it(`${said ? 'says something' : 'is not sent'}, ${frequency}: ${sentence}`, () =>
      assert.equal(isWorthSaying({ frequency, openItems, accounts: moved }), said));
  }

  const after: readonly (readonly [until: string, hours: typeof night, timeZone: string, name: string])[] = [
    ['2026-11-24T07:00:00Z', night, 'UTC', '2026-11-24'],
    ['2026-11-23T22:00:00Z', night, 'Asia/Seoul', '2026-11-24'],
    ['2026-11-24T09:30:00Z', longNight, 'UTC', '2026-11-24'],
    ['2026-11-24T17:00:00Z', byDay, 'UTC', '2026-11-24+1020'],
  ];
  for (const [until, hours, timeZone, name] of after) {
    it(`that lists what waited until ${until} in ${timeZone} is ${name}`, () =>
      assert.equal(digestAfter(Date.parse(until), { hours, timeZone }), name));
  }
});
