import assert from 'node:assert/strict';
import { Redis } from 'ioredis';
import { hourMs } from '../../src/decision/time.ts';
import { tenantKeys } from '../../src/store/keys.ts';
import type { Store } from '../../src/workflows/ports.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { TenantTooBusy, verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { withRedis } from '../fakes/redis.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { now, purchase, type TenantUnderTest, tenantUnderTest } from './tenant-under-test.ts';

/**
 * Goal: what somebody changed in Redis, past the commit script, is found and located. Method: sound books are made,
 * one thing is changed by a client of the test's own, and the violations are read.
 */
describe('verify', () => {
  const redis = withRedis();
  let tamperer: Redis;
  let tenant: TenantUnderTest;

  before(() => {
    tamperer = new Redis(redis.url);
  });
  after(() => tamperer.quit());

  beforeEach(async () => {
    tenant = tenantUnderTest(redis.store);
    await tenant.record(
      usageRow({ id: idOf(1), charge: 1_000_000n }),
      usageRow({ id: idOf(2), charge: 2_000_000n }),
      usageRow({ id: idOf(3), licenseCapability: 'MCOPSTN2' }),
    );
    await recordFunding(redis.store, tenant.id, purchase({ id: 'order' }), now);
    await tenant.check('95', { reason: 'a fee' });
    assert.deepEqual((await tenant.verify()).violations, [], 'the books are sound before');
  });

  async function found(): Promise<readonly { readonly code: string; readonly data: object }[]> {
    const verified = await tenant.verify();
    assert.equal(verified.ok, verified.violations.length === 0);
    return verified.violations;
  }

  async function changeEvent(log: string, change: (text: string) => string): Promise<void> {
    const key = tenantKeys(tenant.id).log(log);
    const entries = await tamperer.xrange(key, '-', '+');
    await tamperer.del(key);
    let changed = false;
    for (const [id, [, text = '']] of entries) {
      const told: string = changed ? text : change(text);
      changed ||= told !== text;
      await tamperer.xadd(key, id, 'event', told);
    }
    assert.ok(changed, 'the test changed something');
  }

  async function changeHead(head: string, change: (text: string) => string): Promise<void> {
    const key = tenantKeys(tenant.id).heads;
    const text = (await tamperer.hget(key, head)) ?? assert.fail(`no head ${head}`);
    assert.notEqual(change(text), text, 'the test changed something');
    await tamperer.hset(key, head, change(text));
  }

  async function changeRow(id: string, change: (text: string) => string): Promise<void> {
    const key = tenantKeys(tenant.id).records('usage', id);
    const text = (await tamperer.hget(key, id)) ?? assert.fail(`no row ${id}`);
    assert.notEqual(change(text), text, 'the test changed something');
    await tamperer.hset(key, id, change(text));
  }

  const has = (violations: readonly { readonly code: string }[], code: string): void =>
    assert.ok(
      violations.some((violation) => violation.code === code),
      `${code} is not among ${JSON.stringify(violations)}`,
    );

  it('finds a changed audit entry and names it', async () => {
    await changeEvent('audit', (text) => text.replace('"amount":"100.00"', '"amount":"900.00"'));
    assert.deepEqual(await found(), [{ code: 'audit-chain-broken', data: { seq: 2 } }]);
  });

  it('finds an audit entry that was taken from the end', async () => {
    const key = tenantKeys(tenant.id).log('audit');
    const [last] = await tamperer.xrevrange(key, '+', '-', 'COUNT', 1);
    await tamperer.xdel(key, last?.[0] ?? '');
    assert.deepEqual(await found(), [{ code: 'audit-head-differs', data: { kept: 3, found: 2 } }]);
  });

  it('finds an audit entry that was taken from the middle', async () => {
    const key = tenantKeys(tenant.id).log('audit');
    const [, second] = await tamperer.xrange(key, '-', '+');
    await tamperer.xdel(key, second?.[0] ?? '');
    assert.deepEqual(await found(), [{ code: 'audit-chain-broken', data: { seq: 2 } }]);
  });

  it('finds a changed total and names the account', async () => {
    await changeHead('account:USD', (text) => text.replace(/("credits":")[^"]+/, '$1999000000'));
    const violations = await found();
    has(violations, 'total-differs');
    has(violations, 'totals-unbalanced');
    const [total] = violations.filter(({ code }) => code === 'total-differs');
    assert.deepEqual(total?.data, {
      currency: 'USD',
      account: 'credits',
      kept: '999000000',
      posted: '95000000',
    });
  });

  it('finds a lost row that drew on credits, and the day', async () => {
    await tamperer.hdel(tenantKeys(tenant.id).records('usage', idOf(2)), idOf(2));
    const violations = await found();
    has(violations, 'rows-differ-from-usage');
    has(violations, 'row-count-differs');
    const [day] = violations.filter(({ code }) => code === 'rows-differ-on-day');
    assert.deepEqual(day?.data, { currency: 'USD', day: '2026-10-01', rows: '1000000', booked: '3000000' });
  });

  it('finds a lost row that did not draw on credits', async () => {
    await tamperer.hdel(tenantKeys(tenant.id).records('usage', idOf(3)), idOf(3));
    const field = '2026-10-01|MCOPSTN2|US|international';
    assert.deepEqual(await found(), [
      { code: 'row-records-differ', data: { kept: 3, found: 2 } },
      { code: 'read-model-differs', data: { model: 'pool:2026-10', field, rows: '0', kept: '60' } },
    ]);
  });

  it('finds a row that was moved to another day', async () => {
    const startedAt = usageRow().startedAt;
    await changeRow(idOf(1), (text) => text.replace(String(startedAt), String(startedAt + 48 * hourMs)));
    const days = (await found()).filter(({ code }) => code === 'rows-differ-on-day');
    assert.deepEqual(
      days.map(({ data }) => (data as { readonly day: string }).day),
      ['2026-10-01', '2026-10-03'],
    );
  });

  it('finds a changed charge', async () => {
    await changeRow(idOf(1), (text) => text.replace('1000000', '1000001'));
    has(await found(), 'rows-differ-from-usage');
  });

  it('finds a row and an event of a shape that is not known, and names their places', async () => {
    await changeRow(idOf(3), () => '{"v":99}');
    await changeEvent('ledger:USD', () => '{"v":99}');
    const violations = await found();
    const named = (code: string) => violations.find((violation) => violation.code === code)?.data;
    assert.deepEqual(named('row-unreadable'), { id: idOf(3) });
    assert.deepEqual(named('event-unreadable'), { log: 'ledger:USD', number: 1 });
  });

  it('finds a changed event of the ledger', async () => {
    await changeEvent('ledger:USD', (text) => text.replaceAll('-3000000', '-2000000'));
    has(await found(), 'entry-unbalanced');
  });

  it('finds an event of the ledger that is lost', async () => {
    const key = tenantKeys(tenant.id).log('ledger:USD');
    const [first] = await tamperer.xrange(key, '-', '+');
    await tamperer.xdel(key, first?.[0] ?? '');
    has(await found(), 'total-differs');
  });

  it('finds a read model that tells another sum, and names its field', async () => {
    const model = 'usage:USD:day-destination';
    await tamperer.hincrby(tenantKeys(tenant.id).counts(model), '2026-10-01|Germany', 1);
    assert.deepEqual(await found(), [
      {
        code: 'read-model-differs',
        data: { model, field: '2026-10-01|Germany', rows: '3000000', kept: '3000001' },
      },
    ]);
  });

  it('finds minutes of a pool that no row tells of, and those that a read model lost', async () => {
    await tenant.record(usageRow({ id: idOf(5), licenseCapability: 'MCOPSTN1', charge: 0n }));
    const field = '2026-10-01|MCOPSTN1|US|international';
    const key = tenantKeys(tenant.id).counts('pool:2026-10');
    const rows = String(await tamperer.hget(key, field));
    for (const by of [30, -90]) {
      await tamperer.hincrby(key, field, by);
      const kept = String(await tamperer.hget(key, field));
      const data = { model: 'pool:2026-10', field, rows, kept };
      assert.deepEqual(await found(), [{ code: 'read-model-differs', data }]);
    }
  });

  it('says that nothing can be said where the ledger changes under every reading', async () => {
    let readings = 0;
    const restless: Store = {
      ...redis.store,
      heads: async (id) => {
        readings += 1;
        await tenant.record(usageRow({ id: idOf(1_000 + readings) }));
        return redis.store.heads(id);
      },
    };
    await assert.rejects(verifyTenant(restless, tenant.id), TenantTooBusy);
  });

  it('reads again where the ledger changed under a reading', async () => {
    let readings = 0;
    const restless: Store = {
      ...redis.store,
      heads: async (id) => {
        readings += 1;
        if (readings === 2) await tenant.record(usageRow({ id: idOf(2_000) }));
        return redis.store.heads(id);
      },
    };
    assert.deepEqual((await verifyTenant(restless, tenant.id)).violations, []);
  });
});
