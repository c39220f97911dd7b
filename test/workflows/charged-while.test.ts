import assert from 'node:assert/strict';
import { dayMs, hourMs } from '../../src/decision/time.ts';
import { toDecimal } from '../../src/money/money.ts';
import { chargedWhile } from '../../src/workflows/charged-while.ts';
import { withRedis } from '../fakes/redis.ts';
import { currencyOf } from '../money/builders.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { type TenantUnderTest, tenantUnderTest } from './tenant-under-test.ts';

const [usd, eur] = [currencyOf('USD'), currencyOf('EUR')];
const noon = Date.parse('2026-11-20T12:00:00Z');

describe('what was charged while something lasted', () => {
  const redis = withRedis();
  let tenant: TenantUnderTest;

  before(async () => {
    tenant = tenantUnderTest(redis.store);
    // A call every six hours from noon on, each a dollar dearer than the one before.
    const calls = Array.from({ length: 16 }, (_, number) => {
      const startedAt = noon + number * 6 * hourMs;
      return usageRow({ id: idOf(number + 1), startedAt, charge: BigInt(number + 1) * 1_000_000n });
    });
    const others = usageRow({ id: idOf(90), startedAt: noon, currency: eur, charge: 1n });
    await tenant.record(...calls, others);
  });

  const times: readonly (readonly [
    sentence: string,
    from: number,
    until: number,
    calls: number,
    spent: string,
  ])[] = [
    ['nothing', noon + hourMs, noon + 2 * hourMs, 0, '0.00'],
    ['a call at its beginning, and none at its end', noon, noon + 6 * hourMs, 1, '1.00'],
    ['a part of one day', noon, noon + 7 * hourMs, 2, '3.00'],
    ['over midnight', noon + 6 * hourMs, noon + 13 * hourMs, 2, '5.00'],
    ['whole days between two parts', noon, noon + 3 * dayMs, 12, '78.00'],
    ['a whole day', noon + 12 * hourMs, noon + 36 * hourMs, 4, '18.00'],
    ['no time at all', noon, noon, 0, '0.00'],
  ];
  for (const [sentence, from, until, calls, spent] of times) {
    it(`counts ${sentence}`, async () => {
      const charged = await chargedWhile(redis.store, tenant.id, { currency: usd, from, until });
      assert.deepEqual([charged.calls, toDecimal(charged.spent)], [calls, spent]);
    });
  }
});
