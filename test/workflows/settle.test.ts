import assert from 'node:assert/strict';
import { dayMs } from '../../src/decision/time.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { readSettledBooks } from '../../src/workflows/settle.ts';
import { withRedis } from '../fakes/redis.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { purchase, type TenantUnderTest, tenantUnderTest } from './tenant-under-test.ts';

const bought = Date.parse('2025-03-10T09:00:00Z');
const lapsed = Date.parse('2026-03-11T00:00:00Z');

describe('settle', () => {
  const redis = withRedis();

  async function funded(): Promise<TenantUnderTest> {
    const tenant = tenantUnderTest(redis.store);
    await recordFunding(redis.store, tenant.id, purchase({ id: 'order', at: bought }), bought);
    return tenant;
  }

  it('posts nothing, and writes nothing, while nothing is due', async () => {
    const tenant = await funded();
    const before = await redis.store.heads(tenant.id);
    await readSettledBooks(redis.store, tenant.id, lapsed - 1);
    assert.deepEqual(await redis.store.heads(tenant.id), before);
  });

  it('posts the expiry of what is left once the last day is over, so that the figure is the sum of the entries', async () => {
    const tenant = await funded();
    await tenant.record(usageRow({ startedAt: bought + dayMs, charge: 30_000_000n }));
    const books = await readSettledBooks(redis.store, tenant.id, lapsed);
    const [account] = [...books.accounts.values()];
    assert.equal(account?.state.totals.credits, 0n);
    assert.equal(account?.state.totals.expiry, 70_000_000n);
    const verified = await tenant.verify();
    assert.deepEqual(verified.violations, []);
  });

  it('posts it exactly once where many ask at once', async () => {
    const tenant = await funded();
    await Promise.all(Array.from({ length: 10 }, () => readSettledBooks(redis.store, tenant.id, lapsed)));
    const verified = await tenant.verify();
    assert.equal(verified.entries, 2, 'the purchase and its expiry');
    assert.deepEqual(verified.violations, []);
  });

  it('comes to one state whether a call is reported before the expiry or after', async () => {
    const call = usageRow({ id: idOf(1), startedAt: bought + dayMs, charge: 30_000_000n });
    const [before, after] = [await funded(), await funded()];
    await before.record(call);
    await before.estimates(lapsed);
    await after.estimates(lapsed);
    await after.record(call);
    assert.deepEqual(await before.estimates(lapsed), { USD: '0.00' });
    assert.deepEqual(await after.estimates(lapsed), { USD: '0.00' });
    assert.equal((await before.verify()).stateHash, (await after.verify()).stateHash);
  });
});
