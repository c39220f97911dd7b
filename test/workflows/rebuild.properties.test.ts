import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dayMs, hourMs } from '../../src/decision/time.ts';
import { balances } from '../../src/workflows/balances.ts';
import type { Store } from '../../src/workflows/ports.ts';
import { rebuild } from '../../src/workflows/rebuild.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { recordUsage } from '../../src/workflows/record-usage.ts';
import { usageReport } from '../../src/workflows/usage-report.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { moneyOf } from '../money/builders.ts';
import { graphRows, idOf, usageRow } from '../usage/samples.ts';
import { journalText, opening } from './journal-under-test.ts';
import { now, purchase, type TenantUnderTest, tenantUnderTest } from './tenant-under-test.ts';

/** A few ids, so that calls are told again, corrected and moved to another day or currency. */
const call = fc.record({
  kind: fc.constant('call' as const),
  number: fc.integer({ min: 1, max: 12 }),
  hoursAgo: fc.integer({ min: 0, max: 45 * 24 }),
  charge: fc.bigInt({ min: 0n, max: 5_000_000n }),
  currency: fc.constantFrom('USD', 'EUR', null),
  user: fc.constantFrom('ann', 'lee', null),
  destination: fc.constantFrom('Germany', '대한민국', '|"\\', null),
});
const funding = fc.record({
  kind: fc.constant('funding' as const),
  number: fc.integer({ min: 1, max: 4 }),
  /** Funds of more than a year ago have lapsed. */
  daysAgo: fc.integer({ min: 0, max: 500 }),
  cents: fc.integer({ min: 1, max: 9_999 }),
});
const figure = fc.record({
  kind: fc.constant('figure' as const),
  number: fc.integer({ min: 1, max: 4 }),
  hoursAgo: fc.integer({ min: 0, max: 20 * 24 }),
  cents: fc.integer({ min: 1, max: 9_999 }),
});
const poison = fc.record({ kind: fc.constant('poison' as const), text: fc.string() });
const facts = fc.array(fc.oneof({ weight: 5, arbitrary: call }, funding, figure, poison), { maxLength: 25 });
type Fact = Parameters<Parameters<typeof facts.map>[0]>[0][number];

/**
 * Goal: whatever is known of a tenant, its journal read into an empty one comes to the same state, balances and
 * answers. Method: random facts through the real store, and a journal in pieces of random size.
 */
describe('a tenant rebuilt from its journal', () => {
  const redis = withRedis();

  it('is the same tenant', async () => {
    await fc.assert(
      fc.asyncProperty(facts, fc.integer({ min: 1, max: 5_000 }), async (told, pieceBytes) => {
        const source = tenantUnderTest(redis.store);
        for (const fact of told) await tell(source, fact);
        const open = opening(await journalText(redis.store, source.id), pieceBytes);
        const copy = tenantUnderTest(redis.store, freshTenant());
        const rebuilt = await rebuild(redis.store, { open, tenant: copy.id });
        assert.ok(rebuilt.kind === 'rebuilt');
        assert.deepEqual(rebuilt.verified, await source.verify());
        assert.deepEqual(rebuilt.verified.violations, []);
        assert.equal(rebuilt.verified.stateHash, rebuilt.expected);
        assert.deepEqual(await answersOf(redis.store, copy), await answersOf(redis.store, source));
      }),
      { numRuns: 40 },
    );
  }).timeout(180_000);

  async function tell(tenant: TenantUnderTest, fact: Fact): Promise<void> {
    switch (fact.kind) {
      case 'call':
        await tenant.record(
          usageRow({
            id: idOf(fact.number),
            startedAt: now - fact.hoursAgo * hourMs,
            charge: fact.charge,
            currency: fact.currency as never,
            userId: fact.user,
            userDisplayName: fact.user,
            destinationName: fact.destination,
          }),
        );
        return;
      case 'funding': {
        const at = now - fact.daysAgo * dayMs;
        const told = purchase({ id: `order-${fact.number}`, amount: moneyOf(decimal(fact.cents)), at });
        await recordFunding(redis.store, tenant.id, told, now);
        return;
      }
      case 'figure':
        await tenant.check(decimal(fact.cents), {
          observedAt: now - fact.hoursAgo * hourMs,
          idempotencyKey: `figure-${fact.number}`,
        });
        return;
      case 'poison':
        await recordUsage(
          redis.store,
          { now: () => now },
          { tenant: tenant.id, batches: oneBatch(graphRows(fact.text)), actor: 'graph' },
        );
    }
  }
});

async function answersOf(store: Store, { id }: TenantUnderTest): Promise<unknown> {
  const wanted = { period: 'last_30_days', now, timeZone: 'UTC', numbersMasked: false } as const;
  return [
    await balances(store, id, now),
    await usageReport(store, id, { ...wanted, by: 'country' }),
    await usageReport(store, id, { ...wanted, by: 'user' }),
    await usageReport(store, id, { ...wanted, by: 'number' }),
  ];
}

function decimal(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

async function* oneBatch<Batch>(batch: Batch): AsyncGenerator<Batch> {
  yield batch;
}
