import assert from 'node:assert/strict';
import { minuteMs } from '../../src/decision/time.ts';
import type { Product } from '../../src/product.ts';
import { product } from '../../src/product-on-ports.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { type Store, StoreUnavailable } from '../../src/workflows/ports.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { moneyOf } from '../money/builders.ts';
import { FollowedTenant } from './incidents-under-test.ts';
import { administratorPerson, askerOf, portsOf, startDirectory } from './product-under-test.ts';
import { administrator, purchase } from './tenant-under-test.ts';

describe('whatever moves a balance through the product', () => {
  const redis = withRedis();
  let tenant: FollowedTenant;
  let graph: GraphDouble;
  const productOn = (store: Store): Product =>
    product({ ...portsOf(store, graph), clock: tenant.ports.clock });

  beforeEach(async () => {
    tenant = new FollowedTenant(redis.store, freshTenant());
    graph = await startDirectory(tenant.id);
    await tenant.opensWith('100');
    tenant.after(minuteMs);
  });
  afterEach(() => graph.stop());

  const checkOf = (observed: string) => ({
    tenant: tenant.id,
    observed: moneyOf(observed),
    reason: null,
    by: administrator,
    byName: 'Grace Whitfield',
    observedAt: tenant.at,
    at: tenant.at,
    idempotencyKey: `check:${observed}`,
  });

  it('is followed by the incidents that it makes: a figure that was read', async () => {
    await productOn(tenant.store).reconcile(checkOf('0'));
    assert.ok(tenant.news().includes('new critical balance-zero-usd-1 roles'));
  });

  it('a figure that was typed on a card', async () => {
    const data = { observed: '0', currency: 'USD', ledgerVersion: 1 };
    const asker = askerOf(administratorPerson, { tenant: tenant.id });
    await productOn(tenant.store).act({ verb: 'balance.reconcile', data, messageId: 'm' }, asker);
    assert.ok(tenant.news().includes('new critical balance-zero-usd-1 roles'));
  });

  it('funds', async () => {
    const own = productOn(tenant.store);
    const recharge = purchase({ id: 'order', kind: 'recharge', at: tenant.at });
    await own.recordFunding(tenant.id, recharge);
    assert.deepEqual(tenant.news(), ['new info recharge-succeeded-usd-1 roles']);
  });

  it('an event', async () => {
    const payload = {
      type: 'balance.observed',
      timestamp: new Date(tenant.at).toISOString(),
      data: { tenantId: tenant.id, currency: 'USD', amount: '0' },
    };
    await productOn(tenant.store).reportEvent({ id: 'webhook', payload });
    assert.ok(tenant.news().includes('new critical balance-zero-usd-1 roles'));
  });

  it('is done also where the store goes away before the incident is looked for, which the next tick finds', async () => {
    let commits = 0;
    const own = productOn({
      ...tenant.store,
      commit: async (change) => {
        commits += 1;
        if (commits > 1) throw new StoreUnavailable(new Error('gone'));
        return tenant.store.commit(change);
      },
    });
    const checked = await own.reconcile(checkOf('0'));
    assert.equal(checked.kind, 'done');
    assert.deepEqual(tenant.news(), []);
    assert.ok((await tenant.tick()).includes('balance-zero-usd-1'));
  });

  it('a drill is said like any other, and one at a time', async () => {
    const own = productOn(tenant.store);
    const started = await own.drill(tenant.id, 'credits drill');
    assert.deepEqual(started.kind === 'done' && started.outcome, ['drill-1']);
    assert.deepEqual(tenant.news(), ['new warning drill-1 roles']);
    const again = await own.drill(tenant.id, 'credits drill');
    assert.equal(again.kind === 'refused' && again.refusal.code, 'drill-running');
    const shown = await own.incidentAnswer(tenant.id, 'drill-1', administratorPerson.id);
    assert.equal(shown?.kind === 'incident' && shown.about, 'drill');
    assert.equal(await own.incidentAnswer(tenant.id, 'drill-2', null), null);
  });
});
