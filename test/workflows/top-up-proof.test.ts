import assert from 'node:assert/strict';
import { proveByBalance } from '../../src/workflows/top-up-proof.ts';
import { withRedis } from '../fakes/redis.ts';
import { moneyOf } from '../money/builders.ts';
import { now } from './tenant-under-test.ts';
import { type TopUpsUnderTest, topUpsUnderTest } from './top-ups-under-test.ts';

describe('a rise of the balance that an event tells of', () => {
  const redis = withRedis();
  let topUps: TopUpsUnderTest;

  beforeEach(() => {
    topUps = topUpsUnderTest(redis.store);
  });

  /** Two purchases wait: 100 dollars, and then 150. */
  async function twoPurchases(): Promise<void> {
    for (const [amount, order] of [
      ['100', 'E1'],
      ['150', 'E2'],
    ] as const) {
      topUps.setClock(now + (order === 'E2' ? 1_000 : 0));
      const number = await topUps.submit('grace', amount, { despite: 1 });
      await topUps.decide('marcus', 'topup.approve', number);
      await topUps.decide('marcus', 'topup.recordPurchase', number, { orderNumber: order });
    }
  }

  const provenBy = async (amount: string, told: { currency?: string; seenAt?: number } = {}) => {
    const at = now + 5_000;
    const { facts } = proveByBalance(
      await topUps.heads(),
      { kind: 'rise', amount: moneyOf(amount, told.currency) },
      { by: null, seenAt: told.seenAt ?? at, at },
    );
    return facts.map(({ type, subject, actor }) => `${type} ${subject} ${actor}`);
  };

  it('proves the oldest purchases, as far as the money goes', async () => {
    await twoPurchases();
    assert.deepEqual(await provenBy('100'), ['topup.proven topup:1 credits']);
    assert.deepEqual((await provenBy('250')).sort(), [
      'topup.proven topup:1 credits',
      'topup.proven topup:2 credits',
    ]);
  });

  it('passes over what it does not cover, and disproves nothing', async () => {
    await twoPurchases();
    assert.deepEqual(await provenBy('99'), []);
    assert.deepEqual(await provenBy('150', { seenAt: now + 2_000 }), ['topup.proven topup:1 credits']);
  });

  it('says nothing of another currency, nor of purchases that were made later', async () => {
    await twoPurchases();
    assert.deepEqual(await provenBy('500', { currency: 'EUR' }), []);
    assert.deepEqual(await provenBy('500', { seenAt: now }), ['topup.proven topup:1 credits']);
  });
});
