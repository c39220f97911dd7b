import assert from 'node:assert/strict';
import type { BalanceFigures } from '../../src/answers/answer.ts';
import { type AccountView, balanceFigures } from '../../src/answers/balance.ts';
import { addDays, dayMs, startOfDay, utcDay } from '../../src/decision/time.ts';
import type { AccountCommand, AccountState } from '../../src/ledger/account.ts';
import { toDecimal } from '../../src/money/money.ts';
import { at, call, funding, ledger, observe, usage } from '../ledger/builders.ts';
import { moneyOf } from '../money/builders.ts';

const now = at('2026-11-24T12:00');

describe('the figures of a balance', () => {
  it('estimate the sum of the entries, from so many charged calls', () => {
    const figures = figuresOf(
      funding({ id: 'order', amount: moneyOf('100'), at: at('2026-11-01') }),
      usage('batch', call('2026-11-02', '1.25'), call('2026-11-03', '2')),
    );
    assert.equal(toDecimal(figures.estimate), '96.75');
    assert.equal(figures.chargedCalls, 2);
  });

  it('confirm the last figure that was read, whatever came after it', () => {
    const figures = figuresOf(
      observe({ id: 'one', amount: moneyOf('100'), at: at('2026-11-10') }),
      observe({ id: 'two', amount: moneyOf('90'), at: at('2026-11-20') }),
      usage('batch', call('2026-11-21', '7')),
    );
    assert.deepEqual(figures.confirmed, { amount: moneyOf('90'), at: at('2026-11-20') });
    assert.equal(toDecimal(figures.estimate), '83.00');
  });

  it('confirm nothing before a figure was read', () => {
    const figures = figuresOf(usage('batch', call('2026-11-21', '7')));
    assert.equal(figures.confirmed, null);
    assert.equal(figures.lastDrift, null);
    assert.equal(toDecimal(figures.estimate), '-7.00');
  });

  it('tell no drift of the figure that opened the ledger, for it was checked against nothing', () => {
    const opened = figuresOf(observe({ id: 'one', amount: moneyOf('100'), at: at('2026-11-10') }));
    assert.equal(opened.lastDrift, null);
    const checked = figuresOf(
      observe({ id: 'one', amount: moneyOf('100'), at: at('2026-11-10') }),
      observe({ id: 'two', amount: moneyOf('99'), at: at('2026-11-20') }),
    );
    assert.deepEqual(checked.lastDrift, { amount: moneyOf('-1'), basisPoints: -100 });
  });

  it('carry the version of the ledger and how far calls are reported', () => {
    const { state } = ledger(now, observe({ id: 'one' }));
    const figures = balanceFigures(
      { state, version: 17, known: { reportedUntil: at('2026-11-23T09:00') }, lateness: null },
      now,
    );
    assert.equal(figures.ledgerVersion, 17);
    assert.equal(figures.reportedUntil, at('2026-11-23T09:00'));
  });

  it('ask for a fresh figure where it would tell what to do, and else for none', () => {
    const spent = usage('batch', call('2026-11-10T09:00', '30'));
    const readOn = (day: string, amount: string) =>
      observe({ id: 'one', amount: moneyOf(amount), at: at(day) });
    assert.equal(figuresOf(spent).askFor, 'never-checked');
    assert.equal(figuresOf(readOn('2026-11-05', '36'), spent).askFor, 'may-be-empty');
    const recharge = funding({ id: 'r', kind: 'recharge', amount: moneyOf('50'), at: at('2026-10-01') });
    assert.equal(figuresOf(recharge, readOn('2026-11-05', '36'), spent).askFor, 'recharge-expected');
    assert.equal(figuresOf(recharge, readOn('2026-11-05', '400'), spent).askFor, undefined);
  });

  /** A dollar a day for the last four complete weeks: seven are a week's spend. */
  const dollarADay = usage(
    'batch',
    ...Array.from({ length: 28 }, (_, back) => call(addDays(utcDay(now), -3 - back), '1')),
  );
  const levels: readonly (readonly [sentence: string, balance: string, level: BalanceFigures['level']])[] = [
    ['more than a week is healthy', '7.000001', 'healthy'],
    ['a week to the cent is low', '7', 'low'],
    ['less than a week is low', '0.000001', 'low'],
    ['nothing is empty', '0', 'empty'],
    ['less than nothing is empty', '-3', 'empty'],
  ];
  for (const [sentence, balance, level] of levels) {
    it(`tell a level: ${sentence}`, () => {
      const read = observe({
        id: 'read',
        amount: moneyOf(balance),
        at: now - dayMs,
        usageBefore: 28_000_000n,
      });
      assert.equal(figuresOf(dollarADay, read).level, level);
    });
  }

  it('tell a level without usage: any money is healthy', () => {
    assert.equal(figuresOf(observe({ id: 'read', amount: moneyOf('0.01') })).level, 'healthy');
  });

  it('leave out of the usual week the days that ended less than 48 hours ago', () => {
    const recent = usage('recent', ...['22', '23', '24'].map((day) => call(`2026-11-${day}`, '500')));
    const read = observe({ id: 'read', amount: moneyOf('1'), at: now, usageBefore: 1_500_000_000n });
    assert.equal(figuresOf(recent, read).level, 'healthy');
  });

  it('begin the trend with the first figure that was read: before it only calls are known', () => {
    const { trend } = figuresOf(
      usage('batch', call('2026-11-01', '10'), call('2026-11-23', '5')),
      observe({ id: 'read', amount: moneyOf('100'), at: at('2026-11-22T12:00'), usageBefore: 10_000_000n }),
    );
    assert.deepEqual(
      trend.map((point) => `${point.day} ${toDecimal(point.balance)}`),
      ['2026-11-22 100.00', '2026-11-23 95.00', '2026-11-24 95.00'],
    );
  });

  it('trace thirty UTC days, the last of which is today', () => {
    const { trend } = figuresOf(
      funding({ id: 'order', amount: moneyOf('100'), at: at('2026-10-01') }),
      usage('batch', call('2026-10-26T23:59', '10'), call('2026-10-27T00:00', '5'), call('2026-11-24', '1')),
    );
    assert.equal(trend.length, 30);
    assert.deepEqual(
      [trend[0], trend[1], trend[2], trend[29]].map(
        (point) => point && `${point.day} ${toDecimal(point.balance)}`,
      ),
      ['2026-10-26 90.00', '2026-10-27 85.00', '2026-10-28 85.00', '2026-11-24 84.00'],
    );
  });

  it('end the trend with the estimate', () => {
    const figures = figuresOf(
      observe({ id: 'read', amount: moneyOf('55'), at: at('2026-11-20') }),
      usage('batch', call('2026-11-23', '4.321')),
    );
    assert.deepEqual(figures.trend.at(-1)?.balance, figures.estimate);
  });

  const later: readonly (readonly [sentence: string, boughtAt: string])[] = [
    ['by a minute', '2026-01-23T12:01'],
    ['by most of a year', '2026-11-01'],
  ];
  for (const [sentence, boughtAt] of later) {
    it(`tell nothing of funds that lapse later than in sixty days: ${sentence}`, () => {
      assert.equal(figuresOf(funding({ id: 'order', at: at(boughtAt) })).expiresNext, null);
    });
  }

  it('tell of the funds that lapse next within sixty days, as far as they are left', () => {
    const figures = figuresOf(
      funding({ id: 'old', amount: moneyOf('40'), at: at('2026-01-23T12:00') }),
      funding({ id: 'new', amount: moneyOf('60'), at: at('2026-11-01') }),
      usage('batch', call('2026-11-02', '15')),
    );
    const lapsesAt = at('2027-01-23T12:00');
    assert.equal(lapsesAt, now + 60 * dayMs);
    assert.deepEqual(figures.expiresNext, { amount: moneyOf('25'), at: lapsesAt });
  });

  it('tell nothing of funds that are used up', () => {
    const figures = figuresOf(
      funding({ id: 'old', amount: moneyOf('40'), at: at('2025-12-20') }),
      usage('batch', call('2026-11-02', '40')),
    );
    assert.equal(figures.expiresNext, null);
  });

  it('expect more calls where the last two days told less than usual', () => {
    const figures = figuresOf(dollarADay);
    const { low, high } = figures.notYetReported;
    assert.ok(
      low.microUnits >= 0n && high.microUnits > low.microUnits,
      `${toDecimal(low)} to ${toDecimal(high)}`,
    );
  });

  it('expect nothing where nothing was ever used', () => {
    const { notYetReported } = figuresOf(observe({ id: 'read' }));
    assert.deepEqual([notYetReported.low, notYetReported.high], [moneyOf('0'), moneyOf('0')]);
  });

  it('are of the day of their asking, in UTC', () => {
    const { state } = ledger(now, observe({ id: 'read' }));
    const lastMoment = startOfDay(addDays(utcDay(now), 1)) - 1;
    const { trend } = balanceFigures(unknownUsage(state), lastMoment);
    assert.equal(trend.at(-1)?.day, '2026-11-24');
  });
});

function figuresOf(...commands: readonly AccountCommand[]): BalanceFigures {
  const { state } = ledger(now, ...commands);
  return balanceFigures(unknownUsage(state), now);
}

function unknownUsage(state: AccountState): AccountView {
  return { state, version: 1, known: { reportedUntil: null }, lateness: null };
}
