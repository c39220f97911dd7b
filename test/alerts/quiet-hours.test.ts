import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Urgency } from '../../src/alerts/kind.ts';
import type { OptionalUrgency } from '../../src/alerts/quiet-hours.ts';
import { quietHours, speaking, speakingTime } from '../../src/alerts/quiet-hours.ts';
import { dayMs, minuteMs } from '../../src/decision/time.ts';

const night = { from: '22:00', to: '07:00' };
const noonBreak = { from: '12:00', to: '13:30' };

describe('quiet hours', () => {
  const cases: readonly (readonly [
    sentence: string,
    hours: typeof night | null,
    timeZone: string,
    at: string,
    later: string | null,
  ])[] = [
    ['nobody set any', null, 'Asia/Seoul', '2026-11-24T18:00:00Z', null],
    ['the evening before they begin', night, 'Asia/Seoul', '2026-11-24T12:59:59Z', null],
    ['their first minute', night, 'Asia/Seoul', '2026-11-24T13:00:00Z', '2026-11-24T22:00:00Z'],
    ['after midnight', night, 'Asia/Seoul', '2026-11-24T18:00:30Z', '2026-11-24T22:00:00Z'],
    ['their last minute', night, 'Asia/Seoul', '2026-11-24T21:59:59Z', '2026-11-24T22:00:00Z'],
    ['the minute of their end', night, 'Asia/Seoul', '2026-11-24T22:00:00Z', null],
    ['the same instant elsewhere', night, 'America/Los_Angeles', '2026-11-24T18:00:00Z', null],
    ['within a day', noonBreak, 'UTC', '2026-11-24T12:30:00Z', '2026-11-24T13:30:00Z'],
    [
      'a night in which the clock is put back',
      night,
      'Europe/Berlin',
      '2026-10-24T22:30:00Z',
      '2026-10-25T06:00:00Z',
    ],
    [
      'a night in which it is put forward',
      night,
      'Europe/Berlin',
      '2026-03-28T22:30:00Z',
      '2026-03-29T05:00:00Z',
    ],
    [
      'a time zone that no calendar knows: UTC',
      night,
      'Moon/Sea',
      '2026-11-24T23:00:00Z',
      '2026-11-25T07:00:00Z',
    ],
  ];
  for (const [sentence, hours, timeZone, at, later] of cases) {
    it(`hold back what can wait: ${sentence}`, () => {
      const time = speakingTime(hours, { timeZone, urgency: 'warning', at: Date.parse(at) });
      const expected =
        later === null ? { kind: 'now', because: 'not-quiet' } : { kind: 'later', at: Date.parse(later) };
      assert.deepEqual(time, expected);
    });
  }

  it('are broken by what is critical, which says so', () => {
    const question = {
      timeZone: 'Asia/Seoul',
      urgency: 'critical',
      at: Date.parse('2026-11-24T18:00:00Z'),
    } as const;
    assert.deepEqual(speakingTime(night, question), { kind: 'now', because: 'critical' });
  });

  const spoken: readonly (readonly [
    sentence: string,
    urgency: Urgency,
    without: readonly OptionalUrgency[],
    committedAt: string,
    expected: object,
  ])[] = [
    ['as it comes', 'warning', [], '08:00', { kind: 'now', because: 'not-quiet', heldUntil: null }],
    [
      'after it was held back',
      'warning',
      [],
      '03:00',
      { kind: 'now', because: 'not-quiet', heldUntil: Date.parse('2026-11-24T07:00:00Z') },
    ],
    ['not to whoever does without', 'info', ['info'], '08:00', { kind: 'never' }],
    [
      'to whoever does without less',
      'warning',
      ['info'],
      '08:00',
      { kind: 'now', because: 'not-quiet', heldUntil: null },
    ],
    [
      'whatever is critical',
      'critical',
      ['info', 'warning'],
      '03:00',
      { kind: 'now', because: 'not-quiet', heldUntil: null },
    ],
  ];
  for (const [sentence, urgency, without, committed, expected] of spoken) {
    it(`leave what is said at nine: ${sentence}`, () => {
      const [at, committedAt] = ['09:00', committed].map((time) => Date.parse(`2026-11-24T${time}:00Z`));
      const asked = { timeZone: 'UTC', urgency, at: at ?? 0, committedAt: committedAt ?? 0 };
      assert.deepEqual(speaking({ hours: night, without }, asked), expected);
    });
  }

  it('are over when they say that they are, and within a day', () => {
    const minute = fc.integer({ min: 0, max: 1_439 });
    const clock = (minutes: number) =>
      `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    const zones = fc.constantFrom('UTC', 'Asia/Seoul', 'America/New_York', 'Asia/Kathmandu');
    const when = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2027-01-01') });
    fc.assert(
      fc.property(minute, minute, zones, when, (from, to, timeZone, at) => {
        fc.pre(from !== to);
        const hours = { from: clock(from), to: clock(to) };
        const time = speakingTime(hours, { timeZone, urgency: 'info', at });
        if (time.kind === 'now') return;
        assert.ok(time.at > at && time.at <= at + dayMs + minuteMs);
        const then = speakingTime(hours, { timeZone, urgency: 'info', at: time.at });
        assert.equal(then.kind, 'now');
      }),
      { numRuns: 60 },
    );
  });

  it('are two times of the clock that differ', () => {
    for (const wrong of [
      { from: '22:00', to: '22:00' },
      { from: '24:00', to: '07:00' },
      { from: '9:00', to: '07:00' },
    ])
      assert.equal(quietHours.safeParse(wrong).success, false);
  });
});
