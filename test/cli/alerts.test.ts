import assert from 'node:assert/strict';
import { hourMs, minuteMs } from '../../src/decision/time.ts';
import { doAbout } from '../../src/workflows/follow-incident.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { credits, type Ended } from '../system/node-process.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { FollowedTenant } from '../workflows/incidents-under-test.ts';
import { administrator, tenantUnderTest } from '../workflows/tenant-under-test.ts';

describe('credits drill, and credits alerts', function () {
  // Each case starts processes, which compile the product.
  this.timeout(120_000);

  const redis = withRedis();
  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits(commandArguments, { redisUrl: redis.url });

  it('starts a drill, one at a time, and shows it with its story', async () => {
    const tenant = new FollowedTenant(redis.store);
    tenant.at = Date.now();
    await tenant.opensWith('100');
    const started = await run('drill', '--wait', '0', '--tenant', tenant.id, '--json');
    const { startedAt, ...drill } = JSON.parse(started.stdout);
    assert.deepEqual([started.code, drill], [0, { incident: 'drill-1', reached: 0, people: [] }]);
    assert.match(startedAt, /Z$/);

    const again = await run('drill', '--tenant', tenant.id, '--json');
    assert.equal(again.code, 1);
    assert.equal(JSON.parse(again.stdout).error.code, 'drill-running');
    assert.match(again.stderr, /drill-1/);

    const { incidents } = JSON.parse((await run('alerts', 'list', '--tenant', tenant.id, '--json')).stdout);
    assert.deepEqual(
      incidents.map(({ id, kind, status }: Record<string, unknown>) => [id, kind, status]),
      [['drill-1', 'drill', 'open']],
    );
    const shown = JSON.parse(
      (await run('alerts', 'show', 'drill-1', '--tenant', tenant.id, '--json')).stdout,
    );
    assert.deepEqual(
      shown.timeline.map(({ type }: Record<string, unknown>) => type),
      ['opened'],
    );
    assert.match(shown.openedAt, /Z$/);
    assert.match(
      (await run('alerts', 'show', 'drill-1', '--tenant', tenant.id)).stdout,
      /drill-1: open, began/,
    );
  });

  it('shows who was told of one, and prints the certificate of a drill that is over', async () => {
    const tenant = new FollowedTenant(redis.store);
    tenant.at = Date.now() - 10 * minuteMs;
    await tenant.opensWith('100');
    const none = await run('drill', '--certificate', '--tenant', tenant.id, '--json');
    assert.deepEqual([none.code, JSON.parse(none.stdout).error.code], [1, 'no-certificate']);
    await doAbout(tenant.ports, tenant.id, { command: { type: 'drill', by: 'operator' } });
    const close = { type: 'close', episode: 'drill-1', by: administrator } as const;
    await doAbout(tenant.after(minuteMs).ports, tenant.id, { command: close });

    const receipts = await run('alerts', 'receipts', 'drill-1', '--tenant', tenant.id, '--json');
    assert.deepEqual(JSON.parse(receipts.stdout), { incident: 'drill-1', receipts: [] });
    assert.match(
      (await run('alerts', 'receipts', 'drill-9', '--tenant', tenant.id)).stderr,
      /no incident drill-9/,
    );
    const printed = await run('drill', '--certificate', 'drill-1', '--tenant', tenant.id, '--json');
    const { incident, of, reached, medianSeconds, people, audit } = JSON.parse(printed.stdout);
    assert.deepEqual([incident, of, reached, medianSeconds, people], ['drill-1', 0, 0, null, []]);
    const exported = JSON.parse((await run('export', 'audit', '--tenant', tenant.id, '--json')).stdout);
    const entry = exported.entries.find(({ type }: { type: string }) => type === 'drill.completed');
    assert.deepEqual(audit, { seq: entry.seq, hash: entry.hash });
    const text = await run('drill', '--certificate', '--tenant', tenant.id);
    assert.match(
      text.stdout,
      /^Drill drill-1, from .*\n0 of 0 were reached\.\nEntry \d+ of the audit, hash [0-9a-f]{64}/,
    );
  });

  it('tells amounts as decimals', async () => {
    const tenant = new FollowedTenant(redis.store);
    tenant.at = Date.now() - 10 * minuteMs;
    await tenant.opensWith('100');
    await tenant.after(minuteMs).reads('0');
    const shown = await run('alerts', 'show', 'balance-zero-usd-1', '--tenant', tenant.id, '--json');
    const { balance, lowestBalance, status } = JSON.parse(shown.stdout);
    assert.deepEqual([balance, lowestBalance, status], ['0.00', '0.00', 'open']);
  });

  it('writes up an incident: what, how long, what it cost, who was told, who did what', async () => {
    const tenant = new FollowedTenant(redis.store);
    tenant.at = Date.now() - 3 * hourMs;
    const begun = tenant.at + 2 * minuteMs;
    await tenant.opensWith('100');
    await tenant.after(minuteMs).reads('0');
    const episode = 'balance-zero-usd-1';
    await doAbout(tenant.after(minuteMs).ports, tenant.id, {
      command: { type: 'take', episode, by: administrator },
    });
    await tenantUnderTest(redis.store, tenant.id).record(
      usageRow({ id: idOf(1), startedAt: begun + minuteMs, charge: 2_500_000n }),
    );
    await tenant.after(28 * minuteMs).reads('300');
    await tenant.after(60 * minuteMs).tick();

    const asked = ['alerts', 'summary', episode, '--tenant', tenant.id] as const;
    const { people, told, timeline, ...written } = JSON.parse((await run(...asked, '--json')).stdout);
    assert.deepEqual(written, {
      id: episode,
      kind: 'balance-zero',
      currency: 'USD',
      status: 'resolved',
      openedAt: new Date(begun).toISOString(),
      resolvedAt: new Date(tenant.at).toISOString(),
      how: 'recovered',
      reason: null,
      durationMs: 89 * minuteMs,
      acknowledgedAfterMs: minuteMs,
      lowestBalance: '0.00',
      atZeroMs: 29 * minuteMs,
      worsened: 0,
      repeated: 0,
      escalated: 0,
      charged: { calls: 1, amount: '2.50' },
    });
    assert.deepEqual([people, told], [[{ id: administrator, name: null }], []]);
    assert.deepEqual(
      timeline.map(({ type, by }: Record<string, { id: string } | null>) => [type, by?.id ?? null]),
      [
        ['opened', null],
        ['taken', administrator],
        ['resolved', null],
      ],
    );
    const page = (await run(...asked)).stdout;
    assert.match(page, /balance-zero, resolved \(recovered\)/);
    assert.match(page, /1 calls? for 2\.50 USD/);
    assert.match(page, /At zero +29 min/);
    assert.match(page, /taken by 1cddbfb5/);
    const unknown = await run('alerts', 'summary', 'drill-9', '--tenant', tenant.id);
    assert.deepEqual([unknown.code, /alerts list/.test(unknown.stderr)], [1, true]);
  });

  it('shows what is set, changes it, and takes it back', async () => {
    const tenant = new FollowedTenant(redis.store);
    await tenant.opensWith('100');
    const settings = (...more: readonly string[]) => run('alerts', ...more, '--tenant', tenant.id, '--json');
    const set = JSON.parse((await settings('set', 'quietHours', '{"from":"22:00","to":"07:00"}')).stdout);
    assert.deepEqual(set.quietHours, { from: '22:00', to: '07:00' });
    assert.deepEqual(JSON.parse((await settings('settings')).stdout), set);
    assert.equal(JSON.parse((await settings('undo')).stdout).quietHours, null);
    const wrong = await settings('set', 'overdueAfterHours', '0');
    assert.deepEqual([wrong.code, JSON.parse(wrong.stdout).error.code], [1, 'bad-value']);
  });

  it('says what to do where there is no such incident, or no such tenant', async () => {
    const tenant = new FollowedTenant(redis.store);
    await tenant.opensWith('100');
    const unknown = await run('alerts', 'show', 'drill-9', '--tenant', tenant.id);
    assert.deepEqual([unknown.code, /alerts list/.test(unknown.stderr)], [1, true]);
    const nobody = await run('drill', '--tenant', freshTenant());
    assert.deepEqual([nobody.code, /import/i.test(nobody.stderr)], [1, true]);
    assert.equal((await run('alerts', 'list', '--days', '0')).code, 2);
    assert.equal((await run('drill', '--wait', '601')).code, 2);
  });
});
