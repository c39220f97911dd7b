import assert from 'node:assert/strict';
import { incidents } from '../../src/workflows/incidents.ts';
import { reportEvent } from '../../src/workflows/report-event.ts';
import { withRedis } from '../fakes/redis.ts';
import { now, tenantUnderTest } from './tenant-under-test.ts';
import { type TopUpsUnderTest, topUpsUnderTest } from './top-ups-under-test.ts';

const later = now + 60_000;

describe('what is told of a purchase', () => {
  const redis = withRedis();
  let topUps: TopUpsUnderTest;
  let approved: number;

  beforeEach(async () => {
    topUps = topUpsUnderTest(redis.store);
    await topUps.fund('40');
    approved = await topUps.submit('grace', '100');
    await topUps.decide('marcus', 'topup.approve', approved);
  });

  const estimates = () => tenantUnderTest(redis.store, topUps.tenant).estimates(later);
  const typesOf = async (...types: readonly string[]): Promise<readonly string[]> =>
    (await topUps.audit()).map(({ type }) => type).filter((type) => types.includes(type));
  const told = () => typesOf('topup.proven', 'recharge.recorded');

  describe('by an event of money that came in', () => {
    const succeeded = (amount: string, id = 'webhook-1') =>
      reportEvent(topUps.ports, {
        id,
        payload: {
          type: 'recharge.succeeded',
          timestamp: new Date(later).toISOString(),
          data: { tenantId: topUps.tenant, currency: 'USD', amount },
        },
      });

    beforeEach(async () => {
      await topUps.decide('grace', 'topup.recordPurchase', approved, { orderNumber: 'E1' });
      topUps.setClock(later);
    });

    it('proves the purchase that waits for so much, whose funds are booked already', async () => {
      const before = await estimates();
      assert.equal((await succeeded('100.00')).kind, 'done');
      assert.deepEqual(await told(), ['topup.proven']);
      assert.equal((await topUps.view('grace', approved)).status, 'proven');
      assert.deepEqual(await estimates(), before);
      assert.deepEqual(before, { USD: '140.00' });
    });

    it('changes nothing where the same event comes again, and books another of the same amount', async () => {
      await succeeded('100.00');
      const heads = await topUps.heads();
      assert.equal((await succeeded('100.00')).kind, 'done');
      assert.deepEqual(await topUps.heads(), heads);
      await succeeded('100.00', 'webhook-2');
      assert.deepEqual(await told(), ['topup.proven', 'recharge.recorded']);
      assert.deepEqual(await estimates(), { USD: '240.00' });
    });

    it('books a recharge where no purchase waits for so little, once', async () => {
      for (let again = 0; again < 2; again += 1) assert.equal((await succeeded('25.00')).kind, 'done');
      assert.deepEqual(await told(), ['recharge.recorded']);
      assert.equal((await topUps.view('grace', approved)).status, 'purchased');
      assert.deepEqual(await estimates(), { USD: '165.00' });
    });
  });

  it('by a tap, that it failed, is one incident of a failed recharge, and the same tap again none', async () => {
    const { revision, version } = await topUps.view('grace', approved);
    const data = { request: approved, revision, version };
    for (let again = 0; again < 2; again += 1) {
      await topUps.tap('grace', 'topup.purchaseFailed', data);
      topUps.setClock(later);
    }
    const found = await incidents(redis.store, topUps.tenant, { from: now, to: later + 1 });
    assert.deepEqual(
      found.map(({ episode: { kind, facts }, status }) => [kind, status, facts.count]),
      [['recharge-failed', 'open', 1]],
    );
    assert.deepEqual(await typesOf('alert.opened'), ['alert.opened']);
  });
});
