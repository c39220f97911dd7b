import assert from 'node:assert/strict';
import type { Store } from '../../src/workflows/ports.ts';
import { StoreUnavailable } from '../../src/workflows/ports.ts';
import { maxErrors, recordUsage } from '../../src/workflows/record-usage.ts';
import { withRedis } from '../fakes/redis.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { now, sampleFiles, tenantUnderTest } from './tenant-under-test.ts';

const sampleBalance = { EUR: '-92.186', USD: '-53.606' };

describe('record usage', () => {
  const redis = withRedis();

  it('counts each row once: new, known, changed or ignored', async () => {
    const tenant = tenantUnderTest(redis.store);
    const free = usageRow({ id: idOf(3), charge: 0n });
    assert.deepEqual(
      tallyOf(await tenant.record(usageRow({ id: idOf(1) }), usageRow({ id: idOf(2) }), free)),
      { new: 2, known: 0, changed: 0, ignored: 1, rejected: 0 },
    );
    const corrected = usageRow({ id: idOf(2), charge: 200_000n });
    assert.deepEqual(tallyOf(await tenant.record(usageRow({ id: idOf(1) }), corrected, free)), {
      new: 0,
      known: 1,
      changed: 1,
      ignored: 1,
      rejected: 0,
    });
  });

  it('tells what the import moved, corrections by their difference alone', async () => {
    const tenant = tenantUnderTest(redis.store);
    const first = await tenant.record(usageRow({ charge: 130_000n }));
    assert.deepEqual([...first.amounts], [['USD', 130_000n]]);
    const corrected = await tenant.record(usageRow({ charge: 200_000n }));
    assert.deepEqual([...corrected.amounts], [['USD', 70_000n]]);
    const again = await tenant.record(usageRow({ charge: 200_000n }));
    assert.deepEqual([...again.amounts], []);
  });

  it('corrects by reversal and new entry, so that the balance moves by the difference only', async () => {
    const tenant = tenantUnderTest(redis.store);
    await tenant.record(usageRow({ charge: 1_000_000n }));
    const before = await tenant.verify();
    await tenant.record(usageRow({ charge: 1_250_000n }));
    assert.deepEqual(await tenant.estimates(), { USD: '-1.25' });
    const after = await tenant.verify();
    assert.deepEqual(after.violations, []);
    assert.equal(after.entries, before.entries + 2);
    const events = await logOf(redis.store, tenant.id);
    const kinds = events.flatMap((event) => event.entries.map(({ kind }) => kind));
    assert.deepEqual(kinds, ['usage', 'reversal', 'usage']);
  });

  it('forgets a charge whose currency was wrong, and books it in the right one', async () => {
    const tenant = tenantUnderTest(redis.store);
    await tenant.record(usageRow({ charge: 1_000_000n }));
    await tenant.record(usageRow({ charge: 1_000_000n, currency: 'EUR' as never }));
    assert.deepEqual(await tenant.estimates(), { EUR: '-1.00', USD: '0.00' });
    assert.deepEqual((await tenant.verify()).violations, []);
  });

  it('names rejected rows by their numbers and books the others', async () => {
    const tenant = tenantUnderTest(redis.store);
    const [, content] = sampleFiles[0] ?? assert.fail('no sample');
    const broken = new TextDecoder().decode(content).replace('0.00,0.13,EUR', '0.00,NaN,EUR');
    const recorded = await tenant.import(broken);
    assert.equal(recorded.rejected, 1);
    assert.deepEqual(recorded.errors, [{ row: 1, reason: 'charge-not-an-amount' }]);
    assert.equal(recorded.new + recorded.known + recorded.changed + recorded.ignored, 70);
  });

  it('counts every bad row and names the first thousand', async () => {
    const tenant = tenantUnderTest(redis.store);
    const [, content] = sampleFiles[0] ?? assert.fail('no sample');
    const [header] = new TextDecoder().decode(content).split('\r\n');
    const recorded = await tenant.import(`${header}\r\n${'not,a,row\r\n'.repeat(maxErrors + 500)}`);
    assert.equal(recorded.rejected, maxErrors + 500);
    assert.equal(recorded.errors.length, maxErrors);
    assert.deepEqual(recorded.errors.at(-1), { row: maxErrors, reason: 'wrong-number-of-cells' });
  });

  it('books all of a batch or nothing of it', async () => {
    const tenant = tenantUnderTest(redis.store);
    const failing: Store = {
      ...redis.store,
      commit: async (change) => {
        await redis.store.commit({
          ...change,
          heads: change.heads.map((head) => ({ ...head, expectedVersion: 99 })),
        });
        throw new StoreUnavailable('cut');
      },
    };
    const rows = Array.from({ length: 1_000 }, (_, index) => usageRow({ id: idOf(index + 1) }));
    await assert.rejects(tenantUnderTest(failing, tenant.id).record(...rows), StoreUnavailable);
    assert.equal(await redis.store.knowsTenant(tenant.id), false);
    assert.deepEqual(await redis.store.records(tenant.id, 'usage', [idOf(1)]), new Map());
  });

  it('books nothing twice where the answer to a commit was lost', async () => {
    const tenant = tenantUnderTest(redis.store);
    const failing: Store = {
      ...redis.store,
      commit: async (change) => {
        await redis.store.commit(change);
        throw new StoreUnavailable('cut');
      },
    };
    await assert.rejects(tenantUnderTest(failing, tenant.id).record(usageRow()), StoreUnavailable);
    assert.equal((await tenant.record(usageRow())).known, 1);
    assert.deepEqual(await tenant.estimates(), { USD: '-0.13' });
  });

  it('books each row once where two import the same files at once', async () => {
    const tenant = tenantUnderTest(redis.store);
    const [first, second] = await Promise.all([importAll(tenant, 0), importAll(tenant, 2)]);
    assert.equal(first + second, 44, 'each of the rows that draw on credits is new once');
    assert.deepEqual(await tenant.estimates(), sampleBalance);
    const verified = await tenant.verify();
    assert.deepEqual(verified.violations, []);
  });

  it('comes to the same state in whatever order and however often the files are imported', async () => {
    const hashes = new Set<string>();
    for (let round = 0; round < 10; round += 1) {
      const tenant = tenantUnderTest(redis.store);
      for (const index of orders[round % orders.length] ?? []) {
        await tenant.import((sampleFiles[index] ?? assert.fail('no file'))[1]);
      }
      assert.deepEqual(await tenant.estimates(), sampleBalance);
      const verified = await tenant.verify();
      assert.deepEqual(verified.violations, []);
      hashes.add(verified.stateHash);
    }
    assert.equal(hashes.size, 1);
  });

  it('leaves no trace of an import that told nothing new', async () => {
    const tenant = tenantUnderTest(redis.store);
    await importAll(tenant, 0);
    const before = await redis.store.heads(tenant.id);
    for (let again = 0; again < 10; again += 1) await importAll(tenant, again);
    assert.deepEqual(await redis.store.heads(tenant.id), before);
  });

  it('knows how far calls are reported by those too that do not draw on credits', async () => {
    const tenant = tenantUnderTest(redis.store);
    const later = Date.parse('2026-10-02T00:00:00Z');
    await tenant.record(
      usageRow({ id: idOf(1) }),
      usageRow({ id: idOf(2), startedAt: later, licenseCapability: 'MCOPSTN2' }),
    );
    const usage = (await redis.store.heads(tenant.id)).get('usage');
    assert.deepEqual(usage?.state, { v: 1, rows: 2, latestStartedAt: later });
  });

  it('opens no account for rows that do not draw on credits', async () => {
    const tenant = tenantUnderTest(redis.store);
    await tenant.record(usageRow({ licenseCapability: 'MCOPSTN2' }));
    assert.deepEqual(await tenant.estimates(), {});
    assert.equal(await redis.store.knowsTenant(tenant.id), true);
  });

  it('makes no tenant of a file without rows', async () => {
    const tenant = tenantUnderTest(redis.store);
    const recorded = await recordUsage(
      redis.store,
      { now: () => now },
      { tenant: tenant.id, batches: nothing(), actor: 'test' },
    );
    assert.deepEqual(tallyOf(recorded), { new: 0, known: 0, changed: 0, ignored: 0, rejected: 0 });
    assert.equal(await redis.store.knowsTenant(tenant.id), false);
  });

  it('tells who imported what in the audit chain, once a batch', async () => {
    const tenant = tenantUnderTest(redis.store);
    await tenant.record(usageRow());
    await tenant.record(usageRow());
    const entries = (await allOf(redis.store, tenant.id, 'audit')) as readonly { readonly type: string }[];
    assert.deepEqual(
      entries.map(({ type }) => type),
      ['usage.recorded'],
    );
  });
});

/** Every file at least once, some often. */
const orders = [
  [0, 1, 2, 3],
  [3, 2, 1, 0],
  [2, 3, 0],
  [1, 3, 2, 1, 0],
  [2, 0, 3, 0, 2],
];

/** All files from one on; how many rows were new. */
async function importAll(tenant: ReturnType<typeof tenantUnderTest>, from: number): Promise<number> {
  let added = 0;
  for (let step = 0; step < sampleFiles.length; step += 1) {
    const [, content] = sampleFiles[(from + step) % sampleFiles.length] ?? assert.fail('no file');
    added += (await tenant.import(content)).new;
  }
  return added;
}

function tallyOf({ amounts: _, errors: __, ...tally }: Awaited<ReturnType<typeof recordUsage>>) {
  return tally;
}

async function allOf(store: Store, tenant: Parameters<Store['log']>[0], log: string) {
  const events: unknown[] = [];
  for await (const batch of store.log(tenant, log)) events.push(...batch);
  return events;
}

async function logOf(store: Store, tenant: Parameters<Store['log']>[0]) {
  const events = await allOf(store, tenant, 'ledger:USD');
  return events as readonly { readonly entries: readonly { readonly kind: string }[] }[];
}

async function* nothing(): AsyncGenerator<never> {}
