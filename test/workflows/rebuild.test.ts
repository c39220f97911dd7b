import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { TenantId } from '../../src/decision/ids.ts';
import { type Store, StoreUnavailable } from '../../src/workflows/ports.ts';
import { choosePreferences } from '../../src/workflows/preferences.ts';
import { importRateDeck } from '../../src/workflows/rate-decks.ts';
import { rebuild } from '../../src/workflows/rebuild.ts';
import { TenantBeingRebuilt } from '../../src/workflows/rebuilding.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { JournalChanged, RebuiltMeanwhile } from '../../src/workflows/restoring.ts';
import { TenantTooBusy, verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { currencyOf } from '../money/builders.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { contentsOf, journalText, opening } from './journal-under-test.ts';
import {
  administrator,
  now,
  purchase,
  sampleFiles,
  type TenantUnderTest,
  tenantUnderTest,
} from './tenant-under-test.ts';

/**
 * Goal: what a journal tells is all that there was, and a journal that is not whole is worth nothing. Method: one
 * tenant with facts of every kind, whose journal is read into fresh tenants of the same store.
 */
describe('rebuild', () => {
  const redis = withRedis();
  let source: TenantUnderTest;
  let journal: string;
  let lines: readonly string[];

  before(async () => {
    source = tenantUnderTest(redis.store);
    await recordFunding(redis.store, source.id, purchase({ id: 'order' }), now);
    for (const [, content] of sampleFiles) await source.import(content);
    const [, exported] = sampleFiles[0] ?? assert.fail('no sample');
    await source.import(new TextDecoder().decode(exported).replace('0.00,0.13,EUR', '0.00,-0.13,EUR'));
    // A call that moved to another day, and one that was corrected.
    const [row, later] = [usageRow({ id: idOf(1) }), Date.parse('2026-10-05T00:00:00Z')];
    await source.record(row);
    await source.record({ ...row, startedAt: later }, usageRow({ id: idOf(2), charge: 2n }));
    await source.check('95', { reason: 'a fee' });
    const person = { tenant: source.id, person: administrator };
    await choosePreferences(redis.store, person, { language: 'ko' });
    await importRateDeck(redis.store, {
      tenant: source.id,
      csvText: readFileSync(new URL('../rates/fixtures/rates.csv', import.meta.url), 'utf8'),
      unstated: { currency: currencyOf('USD'), effectiveFrom: '2026-10-01' as never },
      actor: 'test',
      at: now,
      apply: true,
    });
    assert.deepEqual((await source.verify()).violations, []);
    journal = await journalText(redis.store, source.id);
    lines = journal.trimEnd().split('\n');
  });

  const read = (text: string | Uint8Array, tenant: TenantId, store: Store = redis.store) =>
    rebuild(store, { open: opening(text), tenant });

  async function refusalOf(text: string | Uint8Array): Promise<unknown> {
    const tenant = freshTenant();
    const rebuilt = await read(text, tenant);
    assert.ok(rebuilt.kind === 'refused');
    assert.equal(await redis.store.knowsTenant(tenant), false, 'nothing was written');
    return rebuilt.refusal;
  }

  it('brings back every fact, and concludes the same from them', async () => {
    const tenant = tenantUnderTest(redis.store);
    const rebuilt = await read(journal, tenant.id);
    assert.ok(rebuilt.kind === 'rebuilt');
    assert.deepEqual(rebuilt.verified, await source.verify());
    assert.equal(rebuilt.expected, rebuilt.verified.stateHash);
    assert.equal(await stripped(tenant.id), await stripped(source.id));
    assert.deepEqual(await tenant.estimates(), await source.estimates());
  });

  /** The store's contents but for the index of days that a row was moved away from, which readers look past. */
  async function stripped(tenant: TenantId): Promise<string> {
    return JSON.stringify(await contentsOf(redis.store, tenant), (key, value: unknown) => {
      if (key === 'rows:2026-10-01') return null;
      if (value instanceof Map) return [...value].sort();
      return typeof value === 'bigint' ? String(value) : value;
    });
  }

  it('gives a tenant whose journal is the same', async () => {
    const tenant = freshTenant();
    await read(journal, tenant);
    const again = (await journalText(redis.store, tenant)).trimEnd().split('\n');
    assert.deepEqual([...again.slice(1, -1)].sort(), [...lines.slice(1, -1)].sort());
  });

  it('goes on living: the next call is booked and a known one is known', async () => {
    const tenant = tenantUnderTest(redis.store);
    await read(journal, tenant.id);
    assert.equal(
      (await tenant.record(usageRow({ id: idOf(1), startedAt: Date.parse('2026-10-05T00:00:00Z') }))).known,
      1,
    );
    assert.equal((await tenant.record(usageRow({ id: idOf(99) }))).new, 1);
    assert.deepEqual((await tenant.verify()).violations, []);
  });

  it('remembers what a tap was answered', async () => {
    const tenant = tenantUnderTest(redis.store);
    await read(journal, tenant.id);
    const again = await tenant.check('95', { reason: 'a fee' });
    assert.ok(again.kind === 'done' && again.repeated);
  });

  it('finds an altered byte in its line, wherever it is', async () => {
    const bytes = new TextEncoder().encode(journal);
    for (let share = 0.03; share < 1; share += 0.16) {
      const position = Math.floor(bytes.length * share);
      const altered = bytes.slice();
      altered[position] = (altered[position] ?? 0) ^ 1;
      const line = new TextDecoder().decode(bytes.subarray(0, position)).split('\n').length;
      assert.deepEqual(await refusalOf(altered), { code: 'journal-altered', data: { line } });
    }
  });

  it('refuses a journal that is cut, in a line or between two', async () => {
    assert.deepEqual(await refusalOf(journal.slice(0, -10)), {
      code: 'journal-cut',
      data: { line: lines.length - 1 },
    });
    const half = lines.slice(0, 20).join('\n');
    assert.deepEqual(await refusalOf(`${half}\n`), { code: 'journal-cut', data: { line: 20 } });
  });

  const others: readonly (readonly [rule: string, text: () => string, refusal: unknown])[] = [
    ['is empty', () => '', { code: 'journal-foreign', data: { line: 1 } }],
    ['is something else', () => 'UsageId,Charge\n1,2\n', { code: 'journal-foreign', data: { line: 1 } }],
    ['begins in its middle', () => lines.slice(3).join('\n'), { code: 'journal-foreign', data: { line: 1 } }],
  ];
  for (const [rule, text, refusal] of others) {
    it(`refuses a file that ${rule}`, async () => {
      assert.deepEqual(await refusalOf(text()), refusal);
    });
  }

  it('refuses a journal of which a line is missing, moved or told twice, and what follows its end', async () => {
    const [first = '', second = '', third = '', ...rest] = lines;
    for (const told of [
      [first, third, ...rest],
      [first, third, second, ...rest],
      [first, second, second, third, ...rest],
    ]) {
      const refusal = { code: 'journal-incomplete', data: { line: told.length } };
      assert.deepEqual(await refusalOf(`${told.join('\n')}\n`), refusal);
    }
    assert.deepEqual(await refusalOf(`${journal}${second}\n`), {
      code: 'journal-altered',
      data: { line: lines.length + 1 },
    });
  });

  it('refuses a tenant that has facts', async () => {
    const tenant = tenantUnderTest(redis.store);
    await tenant.record(usageRow());
    const before = await contentsOf(redis.store, tenant.id);
    assert.deepEqual(await read(journal, tenant.id), {
      kind: 'refused',
      refusal: { code: 'tenant-not-empty' },
    });
    assert.deepEqual(await contentsOf(redis.store, tenant.id), before);
    assert.equal((await read(journal, source.id)).kind, 'refused');
  });

  it('goes on where it was cut off, and lets nobody in meanwhile', async () => {
    const whole = freshTenant();
    const commits = await commitsOf(whole);
    for (const at of [2, Math.floor(commits / 2), commits]) {
      for (const answerLost of [false, true]) {
        const tenant = tenantUnderTest(redis.store);
        await assert.rejects(read(journal, tenant.id, cutAt(at, answerLost)), StoreUnavailable);
        const isThrough = at === commits && answerLost;
        if (!isThrough) {
          await assert.rejects(tenant.record(usageRow()), TenantBeingRebuilt);
          await assert.rejects(tenant.estimates(), TenantBeingRebuilt);
          const rebuilt = await read(journal, tenant.id);
          assert.ok(rebuilt.kind === 'rebuilt');
        }
        assert.equal(await stripped(tenant.id), await stripped(whole));
        assert.deepEqual((await tenant.verify()).violations, []);
      }
    }
  });

  /** How many commits a rebuild is. */
  async function commitsOf(tenant: TenantId): Promise<number> {
    let commits = 0;
    await read(journal, tenant, {
      ...redis.store,
      commit: (change) => {
        commits += 1;
        return redis.store.commit(change);
      },
    });
    return commits;
  }

  /** A store that fails with a commit, before it or after. */
  function cutAt(at: number, answerLost: boolean): Store {
    let commits = 0;
    return {
      ...redis.store,
      commit: async (change) => {
        commits += 1;
        if (commits < at) return redis.store.commit(change);
        if (answerLost) await redis.store.commit(change);
        throw new StoreUnavailable('cut');
      },
    };
  }

  it('does not go on with another journal', async () => {
    const tenant = freshTenant();
    await assert.rejects(read(journal, tenant, cutAt(3, false)), StoreUnavailable);
    await source.record(usageRow({ id: idOf(500) }));
    const other = await journalText(redis.store, source.id);
    assert.deepEqual(await read(other, tenant), {
      kind: 'refused',
      refusal: { code: 'rebuild-of-another-journal' },
    });
  });

  it('is done once where two do it at once', async () => {
    const tenant = freshTenant();
    const both = await Promise.allSettled([read(journal, tenant), read(journal, tenant)]);
    const failed = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    assert.equal(failed.length, 1);
    assert.ok(failed[0] instanceof RebuiltMeanwhile);
    assert.deepEqual((await verifyTenant(redis.store, tenant)).violations, []);
  });

  it('gives up where the file is another when it is read for the second time', async () => {
    const [tenant, texts] = [freshTenant(), [journal, lines.slice(0, 40).join('\n')]];
    const open = () => opening(texts.shift() ?? '')();
    await assert.rejects(rebuild(redis.store, { open, tenant }), JournalChanged);
    await assert.rejects(verifyTenant(redis.store, tenant), TenantBeingRebuilt);
  });

  it('is given no journal of a tenant that changes meanwhile', async () => {
    const tenant = tenantUnderTest(redis.store);
    await tenant.record(usageRow());
    const restless: Store = {
      ...redis.store,
      names: async (id) => {
        await tenant.record(usageRow({ id: idOf(3) }));
        return redis.store.names(id);
      },
    };
    await assert.rejects(journalText(restless, tenant.id), TenantTooBusy);
  });
});
