import assert from 'node:assert/strict';
import { addDays, type Day, hourMs, startOfDay } from '../../src/decision/time.ts';
import {
  dailyBalances,
  type FundsLot,
  probabilityBelow,
  runway,
  zeroDateAt,
  zeroDates,
} from '../../src/forecast/runway.ts';
import type { SpendPaths } from '../../src/forecast/spend-paths.ts';
import { dollars, firstDay, fundsOf } from './series-of.ts';

const pathsOf = (...paths: readonly (readonly number[])[]): SpendPaths => ({
  firstDay,
  days: paths[0]?.length ?? 0,
  count: paths.length,
  spends: Float64Array.from(paths.flat(), (spend) => spend * 1e6),
});
const day = (index: number): Day => addDays(firstDay, index);
const lot = (amount: number, lastDay: number): FundsLot => ({
  amount: dollars(amount),
  expiresAt: startOfDay(day(lastDay)) + 9 * hourMs,
});
const tenADay = (days: number) => Array.from({ length: days }, () => 10);
const p50Balances = (...of: Parameters<typeof runway>) =>
  dailyBalances(runway(...of), 30).map(({ p50 }) => Number(p50) / 1e6);

describe('a runway', () => {
  it('ends on the first day that leaves nothing', () => {
    const ahead = runway(pathsOf(tenADay(9)), fundsOf(30));
    assert.deepEqual(zeroDates(ahead), { p10: day(2), p50: day(2), p90: day(2) });
  });

  it('has no end in sight where money is left', () => {
    assert.deepEqual(zeroDates(runway(pathsOf(tenADay(3)), fundsOf(31))), {
      p10: null,
      p50: null,
      p90: null,
    });
  });

  it('is over on its first day where there is no money', () => {
    assert.equal(zeroDates(runway(pathsOf([0, 0]), fundsOf(0))).p90, day(0));
    assert.equal(zeroDates(runway(pathsOf([0, 0]), fundsOf(-5))).p10, day(0));
  });

  it('is early in one future of ten', () => {
    const paths = pathsOf([30, 0, 0], ...Array.from({ length: 8 }, () => [10, 10, 10]), [0, 0, 0]);
    assert.deepEqual(zeroDates(runway(paths, fundsOf(30))), { p10: day(0), p50: day(2), p90: day(2) });
    assert.equal(zeroDateAt(runway(paths, fundsOf(30)), 0.95), null);
  });

  it('loses what a lot still holds at the end of its last day', () => {
    const funds = fundsOf(100, { lots: [lot(50, 1), lot(50, 300)] });
    assert.deepEqual(p50Balances(pathsOf(tenADay(4)), funds), [90, 50, 40, 30]);
    const [lapse, ...others] = runway(pathsOf(tenADay(4)), funds).lapses;
    assert.equal(lapse?.day, day(1));
    assert.equal(lapse?.forfeited[0], 30e6);
    assert.deepEqual(others, []);
  });

  it('uses the oldest funds first, so that they forfeit least', () => {
    const funds = fundsOf(20, { lots: [lot(10, 0), lot(10, 9)] });
    assert.deepEqual(p50Balances(pathsOf(tenADay(2)), funds), [10, 0]);
  });

  it('takes what the balance lacks from the oldest lots, and lets the rest live', () => {
    const lacking = fundsOf(60, { lots: [lot(50, 1), lot(50, 300)] });
    assert.deepEqual(p50Balances(pathsOf([0, 0, 0]), lacking), [60, 50, 50]);
    const more = fundsOf(70, { lots: [lot(50, 1)] });
    assert.deepEqual(p50Balances(pathsOf([0, 0, 0]), more), [70, 20, 20]);
  });

  it('recharges strictly below the trigger, by exactly the amount', () => {
    const autoRecharge = { trigger: dollars(90), amount: dollars(50) };
    assert.deepEqual(p50Balances(pathsOf(tenADay(3)), fundsOf(100, { autoRecharge })), [90, 130, 120]);
  });

  it('recharges again while it is still below', () => {
    const autoRecharge = { trigger: dollars(90), amount: dollars(25) };
    assert.deepEqual(p50Balances(pathsOf([60]), fundsOf(100, { autoRecharge })), [90]);
  });

  it('tells how likely a day ends strictly below an amount', () => {
    const ahead = runway(pathsOf([10, 0], [20, 0], [20, 30], [0, 0]), fundsOf(100));
    assert.equal(probabilityBelow(ahead, dollars(80), day(0)), 0);
    assert.equal(probabilityBelow(ahead, dollars(80), day(1)), 0.25);
    assert.equal(probabilityBelow(ahead, dollars(90), day(0)), 0.5);
    assert.equal(probabilityBelow(ahead, dollars(101), day(0)), 1);
    assert.equal(probabilityBelow(ahead, dollars(101), day(-1)), 0);
  });
});
