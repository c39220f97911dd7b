import assert from 'node:assert/strict';
import type { HistoryAnswer } from '../../src/answers/history.ts';
import type { TenantId } from '../../src/decision/ids.ts';
import { toDecimal } from '../../src/money/money.ts';
import { type HistoryPage, ledgerHistory } from '../../src/workflows/history.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { currencyOf, moneyOf } from '../money/builders.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { now, purchase, tenantUnderTest } from './tenant-under-test.ts';

describe('the history of the ledger', () => {
  const redis = withRedis();
  let tenant: TenantId;
  beforeEach(() => {
    tenant = freshTenant();
  });

  async function page(wanted: HistoryPage & { readonly limit: number }): Promise<HistoryAnswer> {
    return (await ledgerHistory(redis.store, tenant, wanted)) ?? assert.fail('there is no account');
  }
  const idsOf = ({ entries }: HistoryAnswer) => entries.map(({ id }) => id);

  it('gives entries as they were recorded, the latest first, with what each did to the balance', async () => {
    const books = tenantUnderTest(redis.store, tenant);
    await books.record(usageRow({ id: idOf(1), charge: 130_000n }));
    await recordFunding(redis.store, tenant, purchase({ id: 'P1', amount: moneyOf('50') }), now);
    const history = await page({ limit: 10 });
    assert.deepEqual(
      history.entries.map(({ kind, change }) => [kind, toDecimal(change)]),
      [
        ['purchase', '50.00'],
        ['usage', '-0.13'],
      ],
    );
    assert.deepEqual([history.total, history.older], [2, null]);
  });

  it('is read page by page to its first entry, each entry once', async () => {
    const books = tenantUnderTest(redis.store, tenant);
    for (let number = 1; number <= 7; number += 1) {
      await books.record(usageRow({ id: idOf(number), charge: BigInt(number) * 10_000n }));
      // Figures that agree are events without an entry.
      await books.check(`-${((number * (number + 1)) / 2 / 100).toFixed(2)}`, {
        observedAt: now + number,
        at: now + number,
        idempotencyKey: `k${number}`,
      });
    }
    const all = await page({ limit: 100 });
    const seen: string[] = [];
    for (let from: number | null = all.total; from !== null; ) {
      const one: HistoryAnswer = await page({ from, limit: 3 });
      seen.push(...idsOf(one));
      from = one.older;
    }
    assert.equal(all.entries.length, all.total);
    assert.deepEqual(seen, idsOf(all));
    assert.equal(new Set(seen).size, seen.length);
  });

  it('is that of the account asked for, and names the others', async () => {
    await recordFunding(redis.store, tenant, purchase({ id: 'P1' }), now);
    await recordFunding(redis.store, tenant, purchase({ id: 'P2', amount: moneyOf('9000', 'KRW') }), now);
    const first = await page({ limit: 5 });
    assert.deepEqual([first.currency, first.otherCurrencies], ['KRW', ['USD']]);
    const other = await page({ currency: currencyOf('USD'), limit: 5 });
    assert.deepEqual([other.currency, idsOf(other)], ['USD', ['funding:P1']]);
    assert.equal(await ledgerHistory(redis.store, tenant, { currency: currencyOf('EUR'), limit: 5 }), null);
  });
});
