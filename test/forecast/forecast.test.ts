import assert from 'node:assert/strict';
import { addDays, hourMs, startOfDay } from '../../src/decision/time.ts';
import { type Forecast, type ForecastQuestion, forecast, type Outlook } from '../../src/forecast/forecast.ts';
import { dollars, firstDay, fundsOf, questionOf, seriesOf, usage } from './series-of.ts';

function outlook(question: ForecastQuestion): Outlook {
  const result: Forecast = forecast(question);
  assert.equal(result.kind, 'outlook');
  return result;
}

const constant = (days: number, spend = 10) => Array.from({ length: days }, () => spend);
const never = { p10: null, p50: null, p90: null };
const daysUntil = (outlook: Outlook, quantile: 'p10' | 'p50' | 'p90'): number =>
  (startOfDay(outlook.zero[quantile] ?? addDays(outlook.learnedUntil, 999)) -
    startOfDay(outlook.learnedUntil)) /
  (24 * hourMs);

describe('a forecast', () => {
  it('is too early below fourteen complete days', () => {
    assert.deepEqual(forecast(questionOf(constant(13), 100)), {
      kind: 'too-early',
      daysOfData: 13,
      daysNeeded: 14,
    });
    assert.equal(forecast(questionOf(constant(14), 100)).kind, 'outlook');
    assert.deepEqual(forecast(questionOf([], 100)), { kind: 'too-early', daysOfData: 0, daysNeeded: 14 });
  });

  it('is too early where unknown days leave fewer than fourteen', () => {
    const unknownDays = new Set([addDays(firstDay, 3)]);
    assert.equal(forecast(questionOf(constant(14), 100, { unknownDays })).kind, 'too-early');
  });

  it('knows the day to the day where every day costs the same', () => {
    const { zero, daily, usualDay, growthPerMonth, backtest } = outlook(questionOf(constant(90), 250));
    const date = addDays(firstDay, 90 + 24);
    assert.deepEqual(zero, { p10: date, p50: date, p90: date });
    assert.deepEqual(daily[0], {
      date: addDays(firstDay, 90),
      p10: dollars(240),
      p50: dollars(240),
      p90: dollars(240),
    });
    assert.equal(daily.length, 30);
    assert.equal(usualDay, dollars(10));
    assert.equal(growthPerMonth, 0);
    assert.equal(backtest.coverage, 1);
    assert.equal(backtest.medianError, 0);
  });

  it('never ends where nothing is spent', () => {
    const { zero, daily } = outlook(questionOf(constant(40, 0), 5));
    assert.deepEqual(zero, never);
    assert.equal(daily.at(-1)?.p10, dollars(5));
  });

  it('has no date beyond a year', () => {
    assert.deepEqual(outlook(questionOf(constant(40, 1), 366)).zero, never);
    assert.equal(outlook(questionOf(constant(40, 1), 365)).zero.p50, addDays(firstDay, 40 + 364));
  });

  it('is of today where nothing is left', () => {
    const date = addDays(firstDay, 40);
    assert.deepEqual(outlook(questionOf(constant(40), -3)).zero, { p10: date, p50: date, p90: date });
  });

  it('stands amounts as large as may be booked', () => {
    const question = questionOf(constant(60, 1e9), 0);
    const balance = 10n ** 15n * 20n;
    const { zero, daily } = outlook({ ...question, funds: { ...question.funds, balance } });
    assert.equal(zero.p50, addDays(firstDay, 60 + 19));
    assert.equal(daily[0]?.p50, balance - 10n ** 15n);
  });

  it('does not take one accident for a habit', () => {
    const spends = constant(90).map((spend, day) => (day === 70 ? 5_000 : spend));
    const days = daysUntil(outlook(questionOf(spends, 300)), 'p50');
    assert.ok(days >= 25 && days <= 30, `${days} days`);
  });

  it('follows a level that has doubled a month ago', () => {
    const spends = [...constant(90), ...constant(30, 20)];
    const days = daysUntil(outlook(questionOf(spends, 400)), 'p50');
    assert.ok(days >= 17 && days <= 23, `${days} days`);
  });

  it('knows working weeks: money for five days ends after the weekend', () => {
    const workingDays = Array.from({ length: 84 }, (_, day) => (day % 7 < 5 ? 10 : 0));
    // The history ends on a Sunday, so that the sixth working day is the Monday after next.
    assert.equal(outlook(questionOf(workingDays, 60)).zero.p50, addDays(firstDay, 84 + 7));
  });

  it('expects little of a holiday where holidays were quiet', () => {
    const start = addDays(firstDay, 0);
    const closed = new Set(['2025-01-20', '2025-02-17', '2025-05-26', '2025-06-19']);
    const spends = constant(178).map((spend, day) => (closed.has(addDays(start, day)) ? 0 : spend));
    // The next day but one is the fourth of July.
    const { daily } = outlook(questionOf(spends, 1_000, { countries: ['US'] }));
    const spent = daily.map(({ p50 }, day) => (daily[day - 1]?.p50 ?? dollars(1_000)) - p50);
    assert.deepEqual(
      daily.flatMap(({ date }, day) => ((spent[day] ?? 0n) < dollars(1) ? [date] : [])),
      ['2025-07-04'],
    );
  });

  it('is the same for the same seed, and another for another', () => {
    const question = questionOf(seriesOf('bursts', 1, 90), 3_000);
    assert.deepEqual(forecast(question), forecast(question));
    assert.notDeepEqual(outlook(question).daily, outlook({ ...question, seed: 2 }).daily);
  });

  it('does not learn from days that are not complete, nor charge twice what they have reported', () => {
    const now = startOfDay(addDays(firstDay, 62)) + 12 * hourMs;
    const asked = (late: readonly number[]) =>
      outlook({
        usageByDay: usage([...constant(60), ...late]),
        funds: fundsOf(100),
        now,
        seed: 1,
      });
    const nothingYet = asked([]);
    assert.equal(nothingYet.daysOfData, 60);
    // Two late days and today are still to be taken.
    assert.equal(nothingYet.daily[0]?.date, addDays(firstDay, 62));
    assert.equal(nothingYet.daily[0]?.p50, dollars(70));
    assert.equal(asked([10, 4]).daily[0]?.p50, dollars(84));
    assert.equal(asked([500]).daily[0]?.p50, dollars(80));
    assert.equal(asked([500]).usualDay, dollars(10));
  });

  it('tells what will be forfeited at this pace', () => {
    const lot = { amount: dollars(500), expiresAt: startOfDay(addDays(firstDay, 60 + 9)) };
    const { lapses } = outlook(questionOf(constant(60), 0, { funds: fundsOf(500, { lots: [lot] }) }));
    const forfeited = dollars(400);
    assert.deepEqual(lapses, [
      { day: addDays(firstDay, 69), p10: forfeited, p50: forfeited, p90: forfeited },
    ]);
  });

  it('takes less than a second on a year of days, its back-test included', () => {
    const question = questionOf(seriesOf('a weekday pattern', 1, 365), 5_000);
    forecast(question);
    // Of the processor, for other work on the machine is not ours.
    const start = process.cpuUsage();
    forecast(question);
    const { user, system } = process.cpuUsage(start);
    assert.ok(user + system < 1_000_000, `${user + system} microseconds`);
  }).timeout(10_000);
});
