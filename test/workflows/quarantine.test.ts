import assert from 'node:assert/strict';
import { z } from 'zod';
import type { ReadRow } from '../../src/usage/read-row.ts';
import { discardQuarantined } from '../../src/workflows/judge-quarantined.ts';
import { type Store, StoreUnavailable } from '../../src/workflows/ports.ts';
import { quarantinePage } from '../../src/workflows/quarantine.ts';
import { quarantineList } from '../../src/workflows/quarantine-list.ts';
import { itemsById } from '../../src/workflows/quarantined-items.ts';
import { recordUsage } from '../../src/workflows/record-usage.ts';
import { retryQuarantined } from '../../src/workflows/retry-quarantined.ts';
import { withRedis } from '../fakes/redis.ts';
import { fixture, graphRows, idOf, usageRow } from '../usage/samples.ts';
import { now, type TenantUnderTest, tenantUnderTest } from './tenant-under-test.ts';

const auditShape = z.object({ type: z.string(), data: z.unknown().transform((data) => data ?? null) });
const clock = { now: () => now };
const range = { from: now - 1_000, to: now };
const negative = { id: idOf(7), startDateTime: '2026-10-01T05:05:59Z', charge: -1, currency: 'USD' };
const exported = new TextDecoder().decode(fixture('pstn-usage-export.csv'));
const oneBadRow = exported.replace('0.00,0.13,EUR', '0.00,-0.13,EUR');

/**
 * Goal: what cannot be read blocks nobody, is seen once however often it comes, and ends by a decision that is
 * audited. Method: the real store; where the reader is to have learned, the stored content is mended instead.
 */
describe('quarantine', () => {
  const redis = withRedis();
  let tenant: TenantUnderTest;
  beforeEach(() => {
    tenant = tenantUnderTest(redis.store);
  });

  const record = (batch: readonly ReadRow[], store: Store = redis.store) =>
    recordUsage(store, clock, { tenant: tenant.id, batches: oneBatch(batch), actor: 'graph' });
  const items = async (closedToo = false) =>
    (await quarantineList(redis.store, tenant.id, { closedToo })).items;
  const retry = (id: string, store: Store = redis.store) =>
    retryQuarantined(store, clock, { tenant: tenant.id, id, actor: 'operator' });
  const discard = (id: string, reason = 'a test call') =>
    discardQuarantined(redis.store, { tenant: tenant.id, id, reason, actor: 'operator', at: now });

  async function onlyItem() {
    const [item, ...others] = await items();
    assert.ok(item && others.length === 0, 'one item is open');
    return item;
  }

  async function audited(): Promise<readonly { readonly type: string; readonly data: unknown }[]> {
    const entries = [];
    for await (const batch of redis.store.log(tenant.id, 'audit')) {
      for (const stored of batch) entries.push(auditShape.parse(stored));
    }
    return entries;
  }

  const auditedTypes = async () => (await audited()).map(({ type }) => type);

  /** As if this version read what the one before could not. */
  async function mendContent(id: string, mend: (content: string) => string): Promise<void> {
    const stored = (await redis.store.records(tenant.id, 'quarantine', [id])).get(id);
    const item = stored as { readonly content: string };
    const mended = { ...item, content: mend(item.content) };
    assert.notEqual(mended.content, item.content);
    const nothing = { heads: [], events: [], counts: [], members: [], messages: [] };
    const records = [{ table: 'quarantine', id, value: mended }];
    await redis.store.commit({ tenantId: tenant.id, ...nothing, records });
  }

  it('takes the bad row of a report and books the others in the same step', async () => {
    const commits: number[] = [];
    const counting = { ...redis.store, commit: countingCommit(redis.store, commits) };
    const recorded = await tenantUnderTest(counting, tenant.id).import(oneBadRow);
    assert.deepEqual([recorded.rejected, recorded.new + recorded.ignored], [1, 70]);
    assert.equal(commits.filter((records) => records > 0).length, 1);
    const item = await onlyItem();
    assert.deepEqual(
      [item.kind, item.source, item.cause, item.seen, item.firstSeenAt, item.state],
      ['row', 'report', 'charge-negative', 1, now, 'open'],
    );
    assert.deepEqual(await auditedTypes(), ['usage.recorded', 'quarantine.added']);
    assert.deepEqual((await tenant.verify()).violations, []);
  });

  it('takes the bad rows of Graph where there are no others', async () => {
    const recorded = await record(graphRows(negative, 'no row'));
    assert.deepEqual([recorded.rejected, recorded.new], [2, 0]);
    assert.deepEqual((await items()).map(({ source, cause }) => [source, cause]).sort(), [
      ['graph', 'charge-negative'],
      ['graph', 'not-a-row'],
    ]);
    assert.deepEqual(await audited(), [
      { type: 'quarantine.added', data: { items: 2, causes: { 'charge-negative': 1, 'not-a-row': 1 } } },
    ]);
  });

  it('counts the same row at fifty polls, and neither grows nor tells of it again', async () => {
    const good = { ...negative, id: idOf(8), charge: 1, licenseCapability: 'MCOPSTNPP' };
    for (let poll = 0; poll < 50; poll += 1) await record(graphRows(negative, good));
    assert.equal((await onlyItem()).seen, 50);
    assert.deepEqual(await auditedTypes(), ['usage.recorded', 'quarantine.added']);
    assert.deepEqual(await tenant.estimates(), { USD: '-1.00' });
  });

  it('asks the store nothing more for a batch without bad rows', async () => {
    const tables: string[] = [];
    const listening: Store = {
      ...redis.store,
      records: (id, table, ids) => {
        tables.push(table);
        return redis.store.records(id, table, ids);
      },
    };
    await tenantUnderTest(listening, tenant.id).record(usageRow());
    assert.deepEqual(tables, ['usage', 'callers']);
  });

  it('takes all of a batch or nothing of it', async () => {
    const cut = {
      ...redis.store,
      commit: async (): Promise<never> => {
        throw new StoreUnavailable('cut');
      },
    };
    await assert.rejects(record(graphRows(negative), cut), StoreUnavailable);
    assert.equal(await redis.store.knowsTenant(tenant.id), false);
    assert.deepEqual(await items(), []);
  });

  it('loses no row where two meet the same at once', async () => {
    const rows = graphRows(negative);
    await Promise.all(Array.from({ length: 8 }, () => record(rows)));
    assert.equal((await onlyItem()).seen, 8);
  });

  it('takes a page once, however often it comes', async () => {
    const page = { tenant: tenant.id, content: '<html>', cause: 'page-unreadable', range, at: now } as const;
    for (let poll = 0; poll < 3; poll += 1) await quarantinePage(redis.store, page);
    const item = await onlyItem();
    assert.deepEqual([item.kind, item.cause, item.seen, item.range], ['page', 'page-unreadable', 3, range]);
    assert.deepEqual(await auditedTypes(), ['quarantine.added']);
  });

  describe('retry', () => {
    it('refuses with the cause what still cannot be read, and tells the audit', async () => {
      await record(graphRows(negative));
      const { id } = await onlyItem();
      assert.deepEqual(await retry(id), {
        kind: 'refused',
        refusal: { code: 'quarantine-unreadable', data: { cause: 'charge-negative' } },
      });
      assert.equal((await onlyItem()).id, id);
      assert.deepEqual((await audited()).at(-1), {
        type: 'quarantine.retried',
        data: { kind: 'row', outcome: 'still-unreadable', cause: 'charge-negative' },
      });
    });

    it('books the row of a report that can be read by now, once', async () => {
      await tenant.import(oneBadRow);
      const { id } = await onlyItem();
      await mendContent(id, (content) => content.replace('"-0.13"', '"0.13"'));
      const retried = await retry(id);
      assert.ok(retried.kind === 'done');
      assert.equal(retried.outcome.recorded?.new, 1);
      assert.equal(retried.outcome.item.state, 'resolved');
      assert.deepEqual(await items(), []);
      assert.equal((await itemsById(redis.store, tenant.id, [id])).get(id)?.content, '');

      const again = await retry(id);
      assert.equal(again.kind === 'done' && again.outcome.recorded, null);
      const whole = tenantUnderTest(redis.store);
      await whole.import(exported);
      assert.equal((await tenant.verify()).stateHash, (await whole.verify()).stateHash);
      assert.deepEqual((await tenant.verify()).violations, []);
      assert.equal((await auditedTypes()).filter((type) => type === 'quarantine.retried').length, 1);
    });

    it('books nothing twice where it was cut off before the item was resolved', async () => {
      await record(graphRows({ ...negative, licenseCapability: 'MCOPSTNPP' }));
      const { id } = await onlyItem();
      await mendContent(id, (content) => content.replace(':-1', ':1'));
      let commits = 0;
      const cut: Store = {
        ...redis.store,
        commit: async (change) => {
          commits += 1;
          if (commits === 2) throw new StoreUnavailable('cut');
          return redis.store.commit(change);
        },
      };
      await assert.rejects(retry(id, cut), StoreUnavailable);
      assert.equal((await onlyItem()).state, 'open');
      const retried = await retry(id);
      assert.equal(retried.kind === 'done' && retried.outcome.recorded?.known, 1);
      assert.deepEqual(await tenant.estimates(), { USD: '-1.00' });
    });

    it('books the rows of a page, and puts those aside that are bad themselves', async () => {
      await quarantinePage(redis.store, {
        tenant: tenant.id,
        content: `!${JSON.stringify({ value: [negative, { ...negative, id: idOf(9), charge: 2, licenseCapability: 'MCOPSTNPP' }] })}`,
        cause: 'page-unreadable',
        range,
        at: now,
      });
      const { id } = await onlyItem();
      await mendContent(id, (content) => content.slice(1));
      const retried = await retry(id);
      assert.ok(retried.kind === 'done');
      assert.deepEqual([retried.outcome.recorded?.new, retried.outcome.recorded?.rejected], [1, 1]);
      const [item] = await items();
      assert.deepEqual([item?.kind, item?.cause], ['row', 'charge-negative']);
    });

    it('refuses what is not kept whole, and what is not there', async () => {
      const content = `<html>${'x'.repeat(100_000)}`;
      await quarantinePage(redis.store, {
        tenant: tenant.id,
        content,
        cause: 'page-unreadable',
        range,
        at: now,
      });
      const cut = await retry((await onlyItem()).id);
      assert.equal(cut.kind === 'refused' && cut.refusal.code, 'quarantine-content-cut');
      const unknown = await retry('nothing');
      assert.equal(unknown.kind === 'refused' && unknown.refusal.code, 'quarantine-unknown');
    });
  });

  describe('discard', () => {
    it('ends an item with a reason, and for good', async () => {
      await record(graphRows(negative));
      const { id } = await onlyItem();
      assert.equal((await discard(id)).kind, 'done');
      await record(graphRows(negative));
      assert.deepEqual(await items(), []);
      const [item] = await items(true);
      assert.deepEqual([item?.state, item?.seen, item?.closed?.by], ['discarded', 1, 'operator']);
      assert.deepEqual((await audited()).at(-1), {
        type: 'quarantine.discarded',
        data: { kind: 'row', cause: 'charge-negative', reason: 'a test call' },
      });
      const retried = await retry(id);
      assert.equal(retried.kind === 'refused' && retried.refusal.code, 'quarantine-closed');
    });

    it('twice is told once', async () => {
      await record(graphRows(negative));
      const { id } = await onlyItem();
      assert.equal((await discard(id)).kind, 'done');
      assert.equal((await discard(id, 'another reason')).kind, 'done');
      assert.deepEqual(await auditedTypes(), ['quarantine.added', 'quarantine.discarded']);
    });

    it('makes room for another', async () => {
      const many = Array.from({ length: 1_000 }, (_, index) => ({ ...negative, id: idOf(index + 100) }));
      await record(graphRows(...many));
      await record(graphRows(negative));
      const full = await quarantineList(redis.store, tenant.id, { closedToo: false });
      assert.deepEqual([full.items.length, full.turnedAway], [1_000, 1]);
      await discard(full.items[0]?.id ?? '');
      await record(graphRows(negative));
      assert.equal((await items()).length, 1_000);
    });
  });
});

function countingCommit(store: Store, commits: number[]): Store['commit'] {
  return (change) => {
    commits.push(change.records.length);
    return store.commit(change);
  };
}

async function* oneBatch(batch: readonly ReadRow[]): AsyncGenerator<readonly ReadRow[]> {
  yield batch;
}
