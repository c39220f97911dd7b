import assert from 'node:assert/strict';
import fc from 'fast-check';
import { burnPerHour, type ChargedCall, paceOf } from '../../src/alerts/burn.ts';
import { hourMs, minuteMs } from '../../src/decision/time.ts';
import { units } from './builders.ts';

const start = Date.parse('2026-11-23T01:00:00Z');

function call(afterMinutes: number, minutes: number, charge: string): ChargedCall {
  const startedAt = start + afterMinutes * minuteMs;
  return { startedAt, durationSeconds: minutes * 60, charge: units(charge) };
}

const burns: readonly (readonly [sentence: string, calls: readonly ChargedCall[], perHour: string | null])[] =
  [
    ['nothing where there is no call', [], null],
    ['nothing where no call cost anything', [call(0, 60, '0')], null],
    ['what one hour of calls cost', [call(0, 60, '12')], '12'],
    ['no more than was spent where it lasted less than an hour', [call(0, 5, '12')], '12'],
    ['calls that run beside one another in the same hours', [call(0, 120, '6'), call(30, 60, '6')], '6'],
    [
      'calls that follow one another, with the pause between them',
      [call(0, 60, '6'), call(90, 30, '6')],
      '6',
    ],
    ['nothing of a night without calls', [call(0, 60, '6'), call(600, 60, '6')], '6'],
    ['a call within another, whatever order they come in', [call(30, 10, '5'), call(0, 120, '5')], '5'],
    ['to the micro-unit, a half rounded up', [call(0, 180, '0.000005')], '0.000002'],
  ];

describe('what calls cost an hour while they go on', () => {
  for (const [sentence, calls, perHour] of burns) {
    it(`is ${sentence}`, () => {
      assert.equal(burnPerHour(calls), perHour === null ? null : units(perHour));
    });
  }

  it('is never more than was spent, and does not depend on the order', () => {
    const anyCall = fc.record({
      startedAt: fc.integer({ min: start, max: start + 48 * hourMs }),
      durationSeconds: fc.integer({ min: 0, max: 20_000 }),
      charge: fc.bigInt({ min: 0n, max: 10n ** 15n }),
    });
    fc.assert(
      fc.property(fc.array(anyCall, { maxLength: 30 }), (calls) => {
        const perHour = burnPerHour(calls);
        const spent = calls.reduce((sum, { charge }) => sum + charge, 0n);
        assert.ok((perHour ?? 0n) <= spent);
        assert.equal(burnPerHour([...calls].reverse()), perHour);
      }),
    );
  });
});

describe('the pace at which money goes', () => {
  const now = start + 10 * hourMs;
  const paces: readonly (readonly [
    sentence: string,
    told: { perHour: string; balance: string | null; hoursAgo: number },
    gone: string,
    lastsMs: number | null,
  ])[] = [
    [
      'the whole balance where all is reported',
      { perHour: '10', balance: '100', hoursAgo: 0 },
      '0',
      10 * hourMs,
    ],
    [
      'less what went since the last report',
      { perHour: '10', balance: '100', hoursAgo: 4 },
      '40',
      6 * hourMs,
    ],
    ['nothing where that is all of it', { perHour: '10', balance: '40', hoursAgo: 4 }, '40', 0],
    ['nothing below zero', { perHour: '10', balance: '-3', hoursAgo: 0 }, '0', 0],
    ['not known without a balance', { perHour: '10', balance: null, hoursAgo: 1 }, '10', null],
    ['no longer than it is, to the millisecond', { perHour: '7', balance: '1', hoursAgo: 0 }, '0', 514_285],
    [
      'as now where a call is reported from ahead of the clock',
      { perHour: '10', balance: '10', hoursAgo: -1 },
      '0',
      hourMs,
    ],
  ];
  for (const [sentence, { perHour, balance, hoursAgo }, gone, lastsMs] of paces) {
    it(`leaves ${sentence}`, () => {
      const pace = paceOf({
        perHour: units(perHour),
        balance: balance === null ? null : units(balance),
        reportedUntil: now - hoursAgo * hourMs,
        now,
      });
      assert.deepEqual(pace, { goneSince: units(gone), lastsMs });
    });
  }
});
