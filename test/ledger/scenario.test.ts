/** The scenario of the sample data: three lots, the calls of October, and a figure read on the 25th. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Instant } from '../../src/decision/time.ts';
import { balance } from '../../src/ledger/account.ts';
import { checks } from '../../src/ledger/check.ts';
import { lotBook } from '../../src/ledger/lots.ts';
import { verify } from '../../src/ledger/verify.ts';
import { toDecimal } from '../../src/money/money.ts';
import { moneyOf } from '../money/builders.ts';
import { call, day, followedBy, funding, type Ledger, ledger, observe, usage, usd } from './builders.ts';

const instant = z.string().transform((text) => Date.parse(text));
const scenario = z
  .object({
    lots: z.array(
      z.object({
        lotId: z.string(),
        purchasedAt: instant,
        amount: z.string(),
        kind: z.enum(['one_time', 'auto_recharge']),
        expiresAt: instant,
      }),
    ),
    events: z.array(z.object({ at: instant, type: z.string(), portalBalance: z.string().optional() })),
    usageTotalsInExport: z.object({ USD: z.string() }),
  })
  .parse(fixture('ledger-scenario.json'));
const calls = z
  .array(z.object({ startDateTime: z.string(), charge: z.string() }))
  .parse(fixture('calls-usd.json'))
  .map(({ startDateTime, charge }) => call(startDateTime.slice(0, -1), charge));
const check = scenario.events.find(({ type }) => type === 'reconcile') ?? assert.fail('no check');

const reported = Date.parse('2026-11-01T00:00:00Z');
const funded = ledger(
  reported,
  ...scenario.lots.map(({ lotId, purchasedAt, amount, kind }) =>
    funding({
      id: lotId,
      kind: kind === 'one_time' ? 'purchase' : 'recharge',
      amount: moneyOf(amount),
      at: purchasedAt,
    }),
  ),
  usage('October', ...calls),
);

describe('the scenario of the sample data', () => {
  it('has calls of 53.606 US dollars', () => {
    const sum = calls.reduce((total, { microUnits }) => total + microUnits, 0n);
    assert.equal(toDecimal({ currency: usd, microUnits: sum }), scenario.usageTotalsInExport.USD);
  });

  it('leaves 396.394 before the figure is told', () => {
    assert.equal(toDecimal(balance(funded.state)), '396.394');
  });

  it('uses up the oldest lot first and the next one after it', () => {
    assert.deepEqual(remaining(funded, reported), ['L1 0.00', 'L2 196.394', 'L3 200.00']);
    const [first, second] = lotBook(funded.state, reported).lots;
    assert.equal(first?.consumedByDay.get(day('2026-10-01')), 2_328_000n);
    assert.equal(
      [...(second?.consumedByDay.values() ?? [])].reduce((sum, paid) => sum + paid, 0n),
      3_606_000n,
    );
  });

  it('lets each lot lapse when the sample data say', () => {
    assert.deepEqual(
      lotBook(funded.state, reported).lots.map(({ expiresAt }) => expiresAt),
      scenario.lots.map(({ expiresAt }) => expiresAt),
    );
  });

  it('forfeits what is left of each lot after its day', () => {
    const lapsed = followedBy(funded, { type: 'settle' }, Date.parse('2027-03-03T00:00:00Z'));
    assert.deepEqual(balance(lapsed.state), moneyOf('200'));
    const all = followedBy(lapsed, { type: 'settle' }, Date.parse('2027-10-12T00:00:00Z'));
    assert.deepEqual(balance(all.state), moneyOf('0'));
    assert.deepEqual(verify(all.state, all.log), []);
  });

  it('is brought to the figure of the admin centre, less the call after it', () => {
    const before = calls.filter(({ startedAt }) => startedAt < check.at);
    const checked = followedBy(
      funded,
      observe({
        id: 'C1',
        amount: moneyOf(check.portalBalance ?? ''),
        at: check.at,
        usageBefore: before.reduce((sum, { microUnits }) => sum + microUnits, 0n),
      }),
      reported,
    );
    assert.equal(toDecimal(balance(checked.state)), '37.11');
    assert.equal(toDecimal(checks(checked.state)[0]?.estimateBefore ?? moneyOf('0')), '396.694');
    assert.deepEqual(remaining(checked, reported), ['L1 0.00', 'L2 0.00', 'L3 37.11']);
    assert.deepEqual(verify(checked.state, checked.log), []);
  });
});

function remaining({ state }: Ledger, asOf: Instant): readonly string[] {
  return lotBook(state, asOf).lots.map(
    (lot) => `${lot.id.replace('funding:', '')} ${toDecimal({ currency: usd, microUnits: lot.remaining })}`,
  );
}

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8'));
}
