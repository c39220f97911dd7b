import assert from 'node:assert/strict';
import { type MailFeed, type MailSight, mailSight, withoutMailbox } from '../../src/alerts/microsoft-mail.ts';
import { hourMs, minuteMs } from '../../src/decision/time.ts';
import { krw, noon, usd } from './builders.ts';

const none: MailFeed = { lastEventAt: null, failures: new Map() };
const works: MailFeed = { lastEventAt: noon - 48 * hourMs, failures: new Map() };
const mailed = (at: number, currency = usd): MailFeed => ({
  lastEventAt: at,
  failures: new Map([[currency, at]]),
});

describe("Microsoft's mail about a recharge that failed at noon", () => {
  const cases: readonly [sentence: string, feed: MailFeed, after: number, sight: MailSight][] = [
    ['is unknown where no flow was set up', none, 0, { kind: 'no-feed' }],
    ['is unknown without a flow, however long ago', none, 48 * hourMs, { kind: 'no-feed' }],
    ['is waited for', works, 0, { kind: 'awaited' }],
    ['is waited for until two hours are over', works, 2 * hourMs - 1, { kind: 'awaited' }],
    ['was not seen after two hours', works, 2 * hourMs, { kind: 'not-seen' }],
    ['came with the event itself', mailed(noon), 0, { kind: 'arrived', at: noon }],
    ['was there before', mailed(noon - hourMs), 0, { kind: 'arrived', at: noon - hourMs }],
    ['came late', mailed(noon + 3 * hourMs), 4 * hourMs, { kind: 'arrived', at: noon + 3 * hourMs }],
    ['is not the one of long before', mailed(noon - 3 * hourMs), hourMs, { kind: 'awaited' }],
    ['is not the one of yesterday', mailed(noon - 24 * hourMs), 3 * hourMs, { kind: 'not-seen' }],
    ['is not that of another currency', mailed(noon, krw), 3 * hourMs, { kind: 'not-seen' }],
  ];
  for (const [sentence, feed, after, sight] of cases) {
    it(sentence, () => {
      const failed = { currency: usd, openedAt: noon, since: noon };
      assert.deepEqual(mailSight(failed, feed, noon + after), sight);
    });
  }

  it('counts from when the recharge was expected, where it was only found overdue', () => {
    const overdue = { currency: usd, openedAt: noon, since: noon - 6 * hourMs };
    const early = mailed(noon - 5 * hourMs);
    assert.deepEqual(mailSight(overdue, early, noon), { kind: 'arrived', at: noon - 5 * hourMs });
    assert.deepEqual(mailSight({ ...overdue, since: null }, early, noon), { kind: 'awaited' });
    assert.deepEqual(mailSight(overdue, works, noon + 119 * minuteMs), { kind: 'awaited' });
  });
});

describe('whom no mail of Microsoft can reach', () => {
  const matrix: readonly [mailed: boolean, mailbox: boolean | null, isMailed: boolean, isWithout: boolean][] =
    [
      [true, true, true, false],
      [true, false, true, true],
      [true, null, true, false],
      [false, true, false, false],
      [false, false, false, false],
      [false, null, false, false],
    ];
  for (const [isHolder, mailbox, isMailed, isWithout] of matrix) {
    it(`is ${isWithout ? 'who' : 'nobody who'} ${isHolder ? 'holds' : 'holds no'} role of the list, mailbox ${mailbox}`, () => {
      const person = { mailed: isHolder, mailbox };
      const { of, without } = withoutMailbox([person]);
      assert.deepEqual([of === 1, without.length === 1], [isMailed, isWithout]);
    });
  }
});
