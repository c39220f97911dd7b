import assert from 'node:assert/strict';
import type { AlertSettings } from '../../src/alerts/settings.ts';
import { dayMs, hourMs, minuteMs } from '../../src/decision/time.ts';
import { emptyFeed } from '../../src/usage/feed.ts';
import { storeFeed } from '../../src/usage/stored-feed.ts';
import { alertSettingsOf, changeAlertSettings } from '../../src/workflows/alert-settings.ts';
import { doAbout, observe } from '../../src/workflows/follow-incident.ts';
import { incident, incidents } from '../../src/workflows/incidents.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { withRedis } from '../fakes/redis.ts';
import { currencyOf, moneyOf } from '../money/builders.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { FollowedTenant } from './incidents-under-test.ts';
import { administrator, now, purchase, tenantUnderTest } from './tenant-under-test.ts';

const usd = currencyOf('USD');
const failed = (failedAt: number) =>
  ({
    type: 'rechargeFailed',
    currency: usd,
    failedAt,
    reason: 'card expired',
    reference: null,
    by: null,
  }) as const;

describe('the ledger and its incidents', () => {
  const redis = withRedis();

  it('a balance that fell to zero is an incident, with its log, its audit and its message in one commit', async () => {
    const tenant = new FollowedTenant(redis.store);
    await tenant.opensWith('100');
    assert.deepEqual(tenant.news(), []);
    await tenant.after(minuteMs).reads('0');
    assert.deepEqual(tenant.news().slice(0, 1), ['new critical balance-zero-usd-1 roles']);

    const found = await incident(tenant.store, tenant.id, 'balance-zero-usd-1');
    assert.equal(found?.episode.facts.balance, 0n);
    assert.deepEqual(
      found?.summary.steps.map(({ type }) => type),
      ['opened'],
    );
    const audited = await tenant.store.latest(tenant.id, 'audit', 5);
    assert.ok(audited.some((entry) => JSON.stringify(entry).includes('"type":"alert.opened"')));
    assert.deepEqual((await verifyTenant(tenant.store, tenant.id)).violations, []);
  });

  it('an account that is still being told its funds is not followed, until somebody reads its balance', async () => {
    const tenant = new FollowedTenant(redis.store);
    await tenantUnderTest(redis.store, tenant.id).record(usageRow({ charge: 50_000_000n }));
    const funded = (id: string, amount: string) =>
      recordFunding(redis.store, tenant.id, purchase({ id, amount: moneyOf(amount) }), tenant.at);
    await funded('P1', '20');
    assert.deepEqual(await tenant.look(), []);
    assert.deepEqual(await tenant.after(1_000).look(), [], 'below zero, as far as it was told by now');
    await funded('P2', '80');
    assert.deepEqual(await tenant.after(1_000).look(), []);
    await tenant.after(1_000).reads('-1');
    assert.equal(await tenant.idOf('balance-zero'), 'balance-zero-usd-1', 'at once, for a person said so');
  });

  it('looked at again, and by many at once, it is told once', async () => {
    const tenant = new FollowedTenant(redis.store);
    await tenant.opensWith('100');
    await tenant.after(minuteMs).reads('-0');
    await Promise.all(Array.from({ length: 8 }, () => tenant.look()));
    await Promise.all(Array.from({ length: 8 }, () => tenant.tick()));
    assert.equal(tenant.said.filter(({ text }) => text.startsWith('new critical balance-zero')).length, 1);
  });

  it('what a crash left between the ledger and the look is found by the next tick', async () => {
    const tenant = new FollowedTenant(redis.store);
    await tenant.opensWith('100');
    await tenantUnderTest(redis.store, tenant.id).record(
      usageRow({ id: idOf(1), startedAt: now + minuteMs, charge: 150_000_000n }),
    );
    assert.ok((await tenant.after(hourMs).tick()).includes('balance-zero-usd-1'));
  });

  it('calls alone are no shortfall: nobody told of a balance yet', async () => {
    const tenant = new FollowedTenant(redis.store);
    await tenantUnderTest(redis.store, tenant.id).record(usageRow({ charge: 5_000_000n }));
    assert.deepEqual(await tenant.tick(), []);
    assert.deepEqual(await tenant.after(hourMs).tick(), []);
  });

  it('a ledger that is still being told its funds is left alone for a moment', async () => {
    const tenant = new FollowedTenant(redis.store);
    await tenant.reads('0');
    await recordFunding(tenant.store, tenant.id, purchase({ id: 'order', at: now }), tenant.at);
    await tenant.look();
    assert.deepEqual(await tenant.after(minuteMs).tick(), []);
  });

  it('funds end it: one final message', async () => {
    const tenant = new FollowedTenant(redis.store);
    await tenant.opensWith('100');
    await tenant.after(minuteMs).reads('0');
    await recordFunding(tenant.store, tenant.id, purchase({ id: 'order', at: tenant.at }), tenant.at);
    await tenant.look();
    tenant.news();
    await tenant.after(10 * minuteMs).tick();
    assert.ok(tenant.news().includes('final critical balance-zero-usd-1 roles'));
    assert.deepEqual(await tenant.after(minuteMs).tick(), []);
  });

  it('a recharge that comes in through the ledger ends a failure', async () => {
    const tenant = new FollowedTenant(redis.store);
    await tenant.opensWith('100');
    await observe(tenant.ports, tenant.id, { signals: [failed(tenant.at)], actor: 'test' });
    assert.deepEqual(tenant.news(), ['new critical recharge-failed-usd-1 roles']);
    tenant.after(hourMs);
    const recharge = purchase({ id: 'order', kind: 'recharge', at: tenant.at });
    await recordFunding(tenant.store, tenant.id, recharge, tenant.at);
    await tenant.look();
    assert.deepEqual(tenant.news(), ['final critical recharge-failed-usd-1 roles']);
  });

  it('a check that is far off is told, and one that is near is not', async () => {
    const tenant = new FollowedTenant(redis.store);
    await tenant.opensWith('100');
    await tenant.after(minuteMs).reads('99');
    assert.deepEqual(tenant.news(), []);
    await tenant.after(minuteMs).reads('89');
    assert.deepEqual(tenant.news(), ['new warning drift-usd-1 roles']);
  });

  it('funds that lapse soon are told, and what lapsed changes the balance', async () => {
    const tenant = new FollowedTenant(redis.store);
    tenant.at = Date.parse('2026-01-01T00:00:00Z');
    await recordFunding(tenant.store, tenant.id, purchase({ id: 'order', at: tenant.at }), tenant.at);
    await tenant.look();
    assert.deepEqual(await tenant.after(hourMs).tick(), []);
    await tenant.after(310 * dayMs).tick();
    assert.deepEqual(tenant.news(), ['new info funds-expiring-usd-1 roles']);
    await tenant.after(60 * dayMs).tick();
    assert.ok(tenant.news().includes('new critical balance-zero-usd-2 roles'));
  });

  it('a feed that does not get to its end any more is told', async () => {
    const tenant = new FollowedTenant(redis.store);
    await tenant.store.commit({
      tenantId: tenant.id,
      heads: [{ head: 'feed', expectedVersion: 0, state: storeFeed({ ...emptyFeed, completedAt: now }) }],
      events: [],
      counts: [],
      records: [],
      members: [],
      messages: [],
    });
    await tenant.tick();
    await tenant.after(3 * hourMs).tick();
    assert.deepEqual(tenant.news(), ['new warning feed-blind-1 roles']);
  });

  describe('by the calls of some weeks', () => {
    const dailySpend = (days: number) =>
      Array.from({ length: days }, (_, day) =>
        usageRow({ id: idOf(100 + day), startedAt: now - (day + 3) * dayMs, charge: 10_000_000n }),
      );

    async function tenantWithout(levels: AlertSettings['levels'] = []): Promise<FollowedTenant> {
      const tenant = new FollowedTenant(redis.store);
      await tenantUnderTest(redis.store, tenant.id).record(...dailySpend(40));
      const command = { type: 'change' as const, to: { levels } };
      await changeAlertSettings(tenant.ports, tenant.id, { command, by: administrator });
      return tenant;
    }

    it('a balance that will probably be gone within the lead time is told, once an hour at the most', async () => {
      const tenant = await tenantWithout();
      await tenant.opensWith('55');
      await tenant.tick();
      assert.deepEqual(tenant.news(), ['new warning runway-short-usd-1 roles']);
      const found = await incident(tenant.store, tenant.id, 'runway-short-usd-1');
      assert.ok((found?.episode.facts.basisPoints ?? 0) > 2_000);
      await tenant.after(minuteMs).tick();
      assert.deepEqual(tenant.news(), []);
    });

    for (const [days, isTold] of [
      [1, false],
      [20, true],
    ] as const) {
      it(`a balance of fifteen days is told where failures took ${days} days to mend: ${isTold}`, async () => {
        const tenant = await tenantWithout();
        tenant.at = now - 30 * dayMs;
        await observe(tenant.ports, tenant.id, { signals: [failed(tenant.at)], actor: 'test' });
        const episode = await tenant.idOf('recharge-failed');
        const command = { type: 'confirmRecharge', episode, by: administrator } as const;
        await doAbout(tenant.after(days * dayMs).ports, tenant.id, { command });
        tenant.at = now;
        await tenant.opensWith('150');
        tenant.news();
        await tenant.tick();
        assert.equal(tenant.news().includes('new warning runway-short-usd-2 roles'), isTold);
      });
    }

    it('a call far beyond what anybody ever cost is told with who it was', async () => {
      const tenant = await tenantWithout();
      await tenant.opensWith('500');
      tenant.news();
      await tenantUnderTest(redis.store, tenant.id).record(
        usageRow({ id: idOf(1), startedAt: now - hourMs, charge: 90_000_000n }),
      );
      await tenant.look();
      const found = await incident(tenant.store, tenant.id, await tenant.idOf('spend-spike'));
      assert.equal(found?.episode.facts.findings[0]?.spent, 90_000_000n);
      assert.equal(found?.episode.facts.findings[0]?.usual, 10_000_000n);
    });
  });

  it('nothing is written where nothing happened', async () => {
    const tenant = new FollowedTenant(redis.store);
    await tenant.opensWith('100');
    await tenant.tick();
    const before = await tenant.store.heads(tenant.id);
    await tenant.after(minuteMs).tick();
    await tenant.look();
    assert.deepEqual(await tenant.store.heads(tenant.id), before);
  });

  it('the same cause again changes nothing', async () => {
    const tenant = new FollowedTenant(redis.store);
    const told = { signals: [failed(now)], actor: 'test', request: { key: 'event:1', digest: 'a' } };
    const first = await observe(tenant.ports, tenant.id, told);
    const again = await observe(tenant.ports, tenant.id, told);
    assert.deepEqual(first.kind === 'done' && first.outcome, ['recharge-failed-usd-1']);
    assert.deepEqual(again, { kind: 'done', outcome: ['recharge-failed-usd-1'], repeated: true });
    const other = await observe(tenant.ports, tenant.id, {
      ...told,
      request: { key: 'event:1', digest: 'b' },
    });
    assert.equal(other.kind === 'refused' && other.refusal.code, 'idempotency-key-reused');
  });

  it('whoever acts at once acts once: of many who take it, one has it', async () => {
    const tenant = new FollowedTenant(redis.store);
    await observe(tenant.ports, tenant.id, { signals: [failed(now)], actor: 'test' });
    const episode = await tenant.idOf('recharge-failed');
    const people = ['alice', 'bob', 'carol', 'dave'];
    const taken = await Promise.all(
      people.map((by) => doAbout(tenant.ports, tenant.id, { command: { type: 'take', episode, by } })),
    );
    assert.equal(taken.filter(({ kind }) => kind === 'done').length, 1);
    const log = (await incident(tenant.store, tenant.id, episode))?.summary.steps.map(({ type }) => type);
    assert.deepEqual(log, ['opened', 'taken']);
  });

  it('incidents are listed, those that go on first, and those that were replaced too', async () => {
    const tenant = new FollowedTenant(redis.store);
    await observe(tenant.ports, tenant.id, { signals: [failed(now)], actor: 'test' });
    const episode = await tenant.idOf('recharge-failed');
    await doAbout(tenant.ports, tenant.id, {
      command: { type: 'confirmRecharge', episode, by: administrator },
    });
    tenant.after(hourMs);
    await observe(tenant.ports, tenant.id, { signals: [failed(tenant.at)], actor: 'test' });
    const all = await incidents(tenant.store, tenant.id, { from: 0, to: tenant.at + 1 });
    assert.deepEqual(
      all.map(({ episode: { id, resolved }, status }) => [id, status, resolved?.how ?? null]),
      [
        ['recharge-failed-usd-2', 'open', null],
        ['recharge-failed-usd-1', 'resolved', 'confirmed'],
      ],
    );
    assert.equal((await incident(tenant.store, tenant.id, episode))?.episode.resolved?.by, administrator);
    assert.equal(await incident(tenant.store, tenant.id, 'recharge-failed-usd-9'), null);
  });
});

describe('the settings of alerts in a tenant', () => {
  const redis = withRedis();

  it('count from the next look on, with old and new in the audit, and are undone', async () => {
    const tenant = new FollowedTenant(redis.store);
    await tenant.opensWith('100');
    const levels: AlertSettings['levels'] = [
      { unit: 'money', currency: usd, microUnits: moneyOf('150').microUnits },
    ];
    const change = { command: { type: 'change' as const, to: { levels } }, by: administrator };
    await changeAlertSettings(tenant.ports, tenant.id, change);
    await tenant.after(minuteMs).tick();
    assert.deepEqual(tenant.news(), ['new warning balance-low-usd-1 roles']);
    const [entry] = await tenant.store.latest(tenant.id, 'audit', 2);
    assert.match(
      JSON.stringify([entry, ...(await tenant.store.latest(tenant.id, 'audit', 3))]),
      /settings-changed/,
    );

    await changeAlertSettings(tenant.ports, tenant.id, { command: { type: 'undo' }, by: administrator });
    assert.notDeepEqual((await alertSettingsOf(tenant.ports, tenant.id)).levels, levels);
    const again = await changeAlertSettings(tenant.ports, tenant.id, {
      command: { type: 'undo' },
      by: administrator,
    });
    assert.equal(again.kind === 'refused' && again.refusal.code, 'nothing-to-undo');
    assert.deepEqual((await verifyTenant(tenant.store, tenant.id)).violations, []);
  });
});
