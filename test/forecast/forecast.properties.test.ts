import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays, type Day, startOfDay } from '../../src/decision/time.ts';
import { futures } from '../../src/forecast/forecast.ts';
import { type Funds, zeroDates } from '../../src/forecast/runway.ts';
import type { Scenario } from '../../src/forecast/scenario.ts';
import { dollars, families, firstDay, questionOf, seriesOf } from './series-of.ts';

const family = fc.constantFrom(...(Object.keys(families) as (keyof typeof families)[]));
const series = fc
  .record({ family, seed: fc.nat(), days: fc.integer({ min: 14, max: 150 }) })
  .map(({ family, seed, days }) => seriesOf(family, seed, days));
const balance = fc.integer({ min: 100, max: 9_000 });
const quantiles = ['p10', 'p50', 'p90'] as const;

interface Asked {
  readonly spends: readonly number[];
  readonly funds: Funds;
  readonly scenario?: Scenario;
}

function zero({ spends, funds, scenario }: Asked) {
  const ahead = futures(questionOf(spends, 0, { funds, ...(scenario && { scenario }) }));
  assert.equal(ahead.kind, 'futures');
  return zeroDates(ahead.balance);
}

function assertNoneLater(sooner: Asked, later: Asked): void {
  const [left, right] = [zero(sooner), zero(later)];
  const text = (day: Day | null) => day ?? 'never';
  for (const quantile of quantiles)
    assert.ok(
      text(left[quantile]) <= text(right[quantile]),
      `${quantile} of ${JSON.stringify([left, right])}`,
    );
}

const plain = (amount: number): Funds => ({ balance: dollars(amount), lots: [], autoRecharge: null });
const settings = { numRuns: 25 };

describe('a forecast, whatever the series', () => {
  it('is never later with more spend in proportion', () => {
    const factor = fc.integer({ min: 101, max: 500 });
    fc.assert(
      fc.property(series, balance, factor, (spends, amount, percent) => {
        const more = spends.map((spend) => (spend * percent) / 100 + 0.01);
        assertNoneLater({ spends: more, funds: plain(amount) }, { spends, funds: plain(amount) });
      }),
      settings,
    );
  }).timeout(60_000);

  it('is never later under a scenario that adds spend, never earlier under one that takes it away', () => {
    const scenario = fc.record({
      factor: fc.constantFrom(1, 1.01, 1.5, 4),
      from: fc.option(fc.integer({ min: 0, max: 200 })),
      length: fc.option(fc.integer({ min: 0, max: 60 })),
    });
    fc.assert(
      fc.property(series, balance, scenario, (spends, amount, { factor, from, length }) => {
        const start = addDays(firstDay, spends.length + (from ?? 0));
        const range = {
          from: from === null ? null : start,
          until: length === null ? null : addDays(start, length),
        };
        const asked = { spends, funds: plain(amount) };
        assertNoneLater({ ...asked, scenario: { factor, ...range } }, asked);
        assertNoneLater(asked, { ...asked, scenario: { factor: 1 / factor, ...range } });
      }),
      settings,
    );
  }).timeout(60_000);

  it('is never earlier with a recharge, whenever its funds expire', () => {
    const lots = fc.record({
      amount: fc.integer({ min: 1, max: 5_000 }),
      end: fc.integer({ min: 1, max: 400 }),
    });
    fc.assert(
      fc.property(series, lots, lots, (spends, lot, recharge) => {
        const inOrder = [lot, recharge].sort((left, right) => left.end - right.end);
        const funds = (of: readonly (typeof lot)[]): Funds => ({
          balance: dollars(of.reduce((sum, { amount }) => sum + amount, 0)),
          lots: of.map(({ amount, end }) => ({
            amount: dollars(amount),
            expiresAt: startOfDay(addDays(firstDay, spends.length + end)),
          })),
          autoRecharge: null,
        });
        assertNoneLater({ spends, funds: funds([lot]) }, { spends, funds: funds(inOrder) });
      }),
      settings,
    );
  }).timeout(60_000);

  it('has its dates and balances in order', () => {
    fc.assert(
      fc.property(series, balance, (spends, amount) => {
        const { p10, p50, p90 } = zero({ spends, funds: plain(amount) });
        assert.ok((p10 ?? 'never') <= (p50 ?? 'never') && (p50 ?? 'never') <= (p90 ?? 'never'));
      }),
      settings,
    );
  }).timeout(60_000);
});
