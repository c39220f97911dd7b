import assert from 'node:assert/strict';
import { hourMs } from '../../src/decision/time.ts';
import { toDecimal } from '../../src/money/money.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { recordUsage } from '../../src/workflows/record-usage.ts';
import { withRedis } from '../fakes/redis.ts';
import { moneyOf } from '../money/builders.ts';
import { graphRows, idOf, usageRow } from '../usage/samples.ts';
import {
  checked,
  now,
  purchase,
  sampleFiles,
  type TenantUnderTest,
  tenantUnderTest,
} from './tenant-under-test.ts';

/** The figure is read at noon. */
const noon = now;
const morning = usageRow({ id: idOf(1), startedAt: noon - 3 * hourMs, charge: 2_000_000n });
const afternoon = usageRow({ id: idOf(2), startedAt: noon + 3 * hourMs, charge: 5_000_000n });

describe('reconcile', () => {
  const redis = withRedis();

  it('opens a ledger that has no figure yet, with drift from nothing', async () => {
    const answer = await checked(tenantUnderTest(redis.store), '412.80');
    assert.equal(answer.opening, true);
    assert.equal(toDecimal(answer.figures.estimate), '412.80');
    assert.equal(answer.figures.lastDrift, null);
    assert.equal(answer.repeated, false);
  });

  it('posts the difference as an adjustment with its reason, and tells drift in money and basis points', async () => {
    const tenant = tenantUnderTest(redis.store);
    await checked(tenant, '400', { observedAt: noon - hourMs, idempotencyKey: 'first' });
    const answer = await checked(tenant, '390', { reason: 'a fee' });
    assert.equal(toDecimal(answer.estimateBefore), '400.00');
    assert.equal(toDecimal(answer.drift), '-10.00');
    assert.equal(answer.driftBasisPoints, -250);
    assert.equal(answer.reason, 'a fee');
    assert.deepEqual(await tenant.estimates(), { USD: '390.00' });
    assert.deepEqual((await tenant.verify()).violations, []);
  });

  it('finds the calls that wait in quarantine since the figure before, and not those told otherwise', async () => {
    const tenant = tenantUnderTest(redis.store);
    await checked(tenant, '400', { observedAt: noon - 4 * hourMs, idempotencyKey: 'first' });
    const bad = (id: number, charge: number, duration: string) => ({
      id: idOf(id),
      startDateTime: new Date(noon - 2 * hourMs).toISOString(),
      charge,
      currency: 'USD',
      licenseCapability: 'MCOPSTNPP',
      duration,
    });
    const batches = (async function* () {
      yield graphRows(bad(7, 9.5, 'long'), bad(8, 3, 'long'));
    })();
    await recordUsage(redis.store, { now: () => now }, { tenant: tenant.id, batches, actor: 'graph' });
    await tenant.record(usageRow({ id: idOf(8), startedAt: noon - 2 * hourMs, charge: 3_000_000n }));
    const { parts } = await checked(tenant, '387.50');
    assert.deepEqual(
      parts.map(({ cause, amount, certainty }) => [cause, toDecimal(amount), certainty]),
      [['rejected-rows', '-9.50', 'likely']],
    );
  });

  it('tells a repetition of the tap what the first was told, and posts nothing again', async () => {
    const tenant = tenantUnderTest(redis.store);
    const first = await checked(tenant, '400');
    const heads = await redis.store.heads(tenant.id);
    const again = await checked(tenant, '400', { at: noon + hourMs, observedAt: noon + hourMs });
    assert.deepEqual({ ...again, repeated: false }, first);
    assert.equal(again.repeated, true);
    assert.deepEqual(await redis.store.heads(tenant.id), heads);
  });

  it('refuses the same key for another request', async () => {
    const tenant = tenantUnderTest(redis.store);
    await checked(tenant, '400', { idempotencyKey: 'key' });
    const other = await tenant.check('401', { idempotencyKey: 'key' });
    assert.deepEqual(other, { kind: 'refused', refusal: { code: 'idempotency-key-reused' } });
    assert.deepEqual(await tenant.estimates(), { USD: '400.00' });
  });

  it('does one check where one tap comes ten times at once', async () => {
    const tenant = tenantUnderTest(redis.store);
    const answers = await Promise.all(Array.from({ length: 10 }, () => checked(tenant, '400')));
    assert.equal(answers.filter(({ repeated }) => !repeated).length, 1);
    assert.equal((await tenant.verify()).entries, 1);
  });

  it('does both checks where two people read figures at once', async () => {
    const tenant = tenantUnderTest(redis.store);
    await Promise.all([
      checked(tenant, '400', { observedAt: noon - hourMs, idempotencyKey: 'one' }),
      checked(tenant, '390', { idempotencyKey: 'other' }),
    ]);
    assert.deepEqual(await tenant.estimates(), { USD: '390.00' });
    assert.deepEqual((await tenant.verify()).violations, []);
  });

  it('refuses a figure of the future', async () => {
    const refused = await tenantUnderTest(redis.store).check('400', { observedAt: noon + 1 });
    assert.deepEqual(refused, { kind: 'refused', refusal: { code: 'observation-in-future' } });
  });

  const lateCases: readonly (readonly [
    sentence: string,
    order: readonly ('morning' | 'afternoon' | 'check')[],
  ])[] = [
    ['calls first, then the figure', ['morning', 'afternoon', 'check']],
    ['the figure first, then the calls', ['check', 'morning', 'afternoon']],
    ['the figure between', ['afternoon', 'check', 'morning']],
  ];
  for (const [sentence, order] of lateCases) {
    it(`takes calls before the figure as inside it and calls after it as spent, of the same day too: ${sentence}`, async () => {
      const tenant = tenantUnderTest(redis.store);
      const steps = {
        morning: () => tenant.record(morning),
        afternoon: () => tenant.record(afternoon),
        check: () => checked(tenant, '100'),
      };
      for (const step of order) await steps[step]();
      assert.deepEqual(await tenant.estimates(noon + 4 * hourMs), { USD: '95.00' });
      assert.deepEqual((await tenant.verify()).violations, []);
    });
  }

  it('comes to one state whether late calls come before the figure or after', async () => {
    const [early, late] = [tenantUnderTest(redis.store), tenantUnderTest(redis.store)];
    await early.record(morning, afternoon);
    await checked(early, '100');
    await checked(late, '100');
    await late.record(afternoon);
    await late.record(morning);
    assert.equal((await early.verify()).stateHash, (await late.verify()).stateHash);
  });

  it('counts a call that started at the very instant as after the figure', async () => {
    const tenant = tenantUnderTest(redis.store);
    await tenant.record(usageRow({ startedAt: noon, charge: 1_000_000n }));
    await checked(tenant, '100');
    assert.deepEqual(await tenant.estimates(), { USD: '99.00' });
  });

  it('counts a call once whose start was corrected to the day before', async () => {
    const [straight, corrected] = [tenantUnderTest(redis.store), tenantUnderTest(redis.store)];
    const dayBefore = { ...morning, startedAt: morning.startedAt - 24 * hourMs };
    await corrected.record(morning);
    await corrected.record(dayBefore);
    await straight.record(dayBefore);
    await checked(corrected, '100');
    await checked(straight, '100');
    assert.deepEqual(await corrected.estimates(), await straight.estimates());
    assert.equal((await corrected.verify()).stateHash, (await straight.verify()).stateHash);
  });

  it('leaves calls of another currency out', async () => {
    const tenant = tenantUnderTest(redis.store);
    await tenant.record(morning, usageRow({ ...morning, id: idOf(3), currency: 'EUR' as never }));
    const answer = await checked(tenant, '100');
    assert.equal(toDecimal(answer.estimateBefore), '-2.00');
  });

  it('loses neither where an import runs at the same time', async () => {
    const tenant = tenantUnderTest(redis.store);
    const imports = sampleFiles.map(([, content]) => tenant.import(content));
    await Promise.all([checked(tenant, '100'), ...imports]);
    assert.deepEqual(await tenant.estimates(), { EUR: '-92.186', USD: '100.00' });
    assert.deepEqual((await tenant.verify()).violations, []);
  });
});

describe('record funding', () => {
  const redis = withRedis();
  const record = (tenant: TenantUnderTest, told: Parameters<typeof purchase>[0]) =>
    recordFunding(redis.store, tenant.id, purchase(told), now);

  it('adds the money once, however often and at once it is told', async () => {
    const tenant = tenantUnderTest(redis.store);
    const told = await Promise.all([1, 2, 3].map(() => record(tenant, { id: 'order-1' })));
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['done', 'done', 'done'],
    );
    assert.deepEqual(await tenant.estimates(), { USD: '100.00' });
    assert.equal((await tenant.verify()).entries, 1);
  });

  it('refuses an id that stands for other money', async () => {
    const tenant = tenantUnderTest(redis.store);
    await record(tenant, { id: 'order-1' });
    const other = await record(tenant, { id: 'order-1', amount: moneyOf('200') });
    assert.equal(other.kind === 'refused' && other.refusal.code, 'funding-known');
    assert.deepEqual(await tenant.estimates(), { USD: '100.00' });
  });

  it('refuses money of nothing or less', async () => {
    const refused = await record(tenantUnderTest(redis.store), { id: 'order-1', amount: moneyOf('0') });
    assert.equal(refused.kind === 'refused' && refused.refusal.code, 'funding-not-positive');
  });

  it('keeps the currencies apart', async () => {
    const tenant = tenantUnderTest(redis.store);
    await record(tenant, { id: 'order-1' });
    await record(tenant, { id: 'order-2', amount: moneyOf('70000', 'KRW') });
    assert.deepEqual(await tenant.estimates(), { KRW: '70000', USD: '100.00' });
  });
});
