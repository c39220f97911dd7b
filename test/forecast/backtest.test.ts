// The promise is that eight outcomes of ten lie within P10–P90, on series that the method was not tuned on. A single
// series of half a year holds only six months that do not overlap, so what is tested is the mean over many.
import assert from 'node:assert/strict';
import { addDays, type Day, dayMs, startOfDay, utcDay } from '../../src/decision/time.ts';
import { type Backtest, backtest } from '../../src/forecast/backtest.ts';
import { burnOf } from '../../src/forecast/burn.ts';
import { historyOf } from '../../src/forecast/history.ts';
import { quantile } from '../../src/forecast/quantile.ts';
import { spendPaths, totalsOver } from '../../src/forecast/spend-paths.ts';
import { callHistory } from '../../src/sandbox/usage-maker.ts';
import { usageMaking } from '../sandbox/sandbox-usage.ts';
import { families, firstDay, seriesOf, usage } from './series-of.ts';

type Family = keyof typeof families;
const names = Object.keys(families) as Family[];
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function tested(spends: readonly number[]): Backtest {
  const history = historyOf({ usageByDay: usage(spends) }, addDays(firstDay, spends.length - 1));
  assert.ok(history);
  return backtest(history, { seed: 1, countries: [] });
}

/** 1 for each horizon whose outcome, never seen by the forecast, was within its band, else 0. */
function hits(family: Family, seed: number, days: number): readonly number[] {
  const spends = seriesOf(family, seed, days + 30);
  const history = historyOf({ usageByDay: usage(spends) }, addDays(firstDay, days - 1));
  const burn = history && burnOf(history);
  assert.ok(burn);
  const paths = spendPaths(burn, { days: 30, count: 400, seed, countries: [] });
  return [7, 30].map((horizon) => {
    const totals = totalsOver(paths, { from: 0, days: horizon });
    const actual = mean(spends.slice(days, days + horizon)) * horizon * 1e6;
    return Number(actual >= quantile(totals, 0.1) && actual <= quantile(totals, 0.9));
  });
}

describe('a back-test', () => {
  it('finds 75 to 85 of 100 outcomes within the band, over all kinds of series', () => {
    const coverages = names.flatMap((family) =>
      Array.from({ length: 8 }, (_, seed) => tested(seriesOf(family, seed, 150)).coverage ?? 0),
    );
    const coverage = mean(coverages);
    assert.ok(coverage >= 0.75 && coverage <= 0.85, `${coverage}`);
  }).timeout(60_000);

  it('agrees with what comes: 75 to 85 of 100 unseen outcomes lie within the band', () => {
    const seeds = Array.from({ length: 15 }, (_, index) => 1_000 + index);
    const all = names.flatMap((family) =>
      [45, 90, 180].flatMap((days) => seeds.flatMap((seed) => hits(family, seed, days))),
    );
    assert.ok(mean(all) >= 0.75 && mean(all) <= 0.85, `${mean(all)}`);
  }).timeout(60_000);

  for (const family of names)
    it(`leaves no kind of series far from its promise: ${family}`, () => {
      const seeds = Array.from({ length: 40 }, (_, index) => 5_000 + index);
      const coverage = mean(seeds.flatMap((seed) => hits(family, seed, 120)));
      assert.ok(coverage >= 0.68 && coverage <= 0.95, `${coverage}`);
    }).timeout(60_000);

  it('keeps its promise on ninety days of the sandbox', () => {
    const since = startOfDay(firstDay);
    const calls = callHistory({ ...usageMaking, since })({ from: since, to: since + 450 * dayMs - 1 });
    const usageByDay = new Map<Day, bigint>();
    for (const { startedAt, chargeMicroUnits } of calls) {
      const day = utcDay(startedAt);
      usageByDay.set(day, (usageByDay.get(day) ?? 0n) + chargeMicroUnits);
    }
    const coverages = [90, 150, 210, 270, 330, 390, 450].map((until) => {
      const days = [...usageByDay].sort().slice(until - 90, until);
      const history = historyOf({ usageByDay: new Map(days) }, days.at(-1)?.[0] ?? firstDay);
      assert.ok(history);
      return backtest(history, { seed: 1, countries: [] }).coverage ?? 0;
    });
    assert.ok(mean(coverages) >= 0.75 && mean(coverages) <= 0.85, `${mean(coverages)}`);
  }).timeout(60_000);

  it('has a median error of a month that calm spend allows', () => {
    const errors = Array.from({ length: 10 }, (_, seed) => tested(seriesOf('a weekday pattern', seed, 150)));
    assert.ok(mean(errors.map(({ month }) => month.medianError ?? 1)) < 0.08);
    assert.ok(mean(errors.map(({ zeroDate }) => zeroDate.medianError ?? 99)) < 2);
  }).timeout(60_000);

  it('tells nothing while the history is too short', () => {
    const { coverage, medianError, verdict, month } = tested(seriesOf('bursts', 1, 20));
    assert.deepEqual(
      { coverage, medianError, verdict },
      { coverage: null, medianError: null, verdict: 'untested' },
    );
    assert.deepEqual(month, { origins: 0, coverage: null, medianError: null });
  });

  it('tests a week before it can test a month', () => {
    const { week, month, zeroDate } = tested(seriesOf('a weekday pattern', 1, 40));
    assert.ok(week.origins > 0);
    assert.equal(month.origins, 0);
    assert.equal(zeroDate.origins, 0);
  });

  it('labels a forecast that breaks its promise', () => {
    // Growth without any chance in it, of which a damped trend always falls short.
    const relentless = Array.from({ length: 200 }, (_, day) => 1.012 ** day);
    assert.equal(tested(relentless).verdict, 'too-narrow');
    assert.equal(tested(seriesOf('a weekday pattern', 3, 150)).verdict, 'as-promised');
    assert.equal(tested(Array.from({ length: 300 }, () => 10)).verdict, 'too-wide');
  });
});
