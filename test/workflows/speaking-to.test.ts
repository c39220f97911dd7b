import assert from 'node:assert/strict';
import { hourMs, minuteMs } from '../../src/decision/time.ts';
import { changeAlertSettings } from '../../src/workflows/alert-settings.ts';
import { choosePreferences, type Preferences } from '../../src/workflows/preferences.ts';
import { type Loud, speakingTo } from '../../src/workflows/speaking-to.ts';
import { withRedis } from '../fakes/redis.ts';
import { currencyOf } from '../money/builders.ts';
import { FollowedTenant } from './incidents-under-test.ts';
import { administrator, now } from './tenant-under-test.ts';

describe('when a person is spoken to', () => {
  const redis = withRedis();
  let tenant: FollowedTenant;

  beforeEach(() => {
    tenant = new FollowedTenant(redis.store);
  });

  /** Quiet at this moment, until an hour later. */
  const nowQuiet = { from: clockAt(now - minuteMs), to: clockAt(now + hourMs) };
  const low = { kind: 'incident', id: 'balance-low-usd-1' } as const;
  const choose = (chosen: Partial<Preferences>) =>
    choosePreferences(tenant.store, { tenant: tenant.id, person: administrator }, chosen);
  const setForAll = () =>
    changeAlertSettings(tenant.ports, tenant.id, {
      command: { type: 'change', to: { quietHours: nowQuiet } },
      by: administrator,
    });
  const when = (loud: Partial<Loud> = {}) =>
    speakingTo(tenant.ports)(tenant.id, {
      about: low,
      urgency: 'warning',
      committedAt: now,
      person: administrator,
      timeZone: 'UTC',
      ...loud,
    });

  it('is at once where nobody set quiet hours', async () => {
    assert.deepEqual(await when(), { kind: 'now', inQuietHours: false });
  });

  it("is after the person's quiet hours, or the tenant's where the person chose none", async () => {
    await setForAll();
    assert.equal((await when()).kind, 'later');
    await choose({ quietHours: 'none' });
    assert.equal((await when()).kind, 'now');
    await choose({ quietHours: nowQuiet });
    assert.equal((await when()).kind, 'later');
    assert.equal((await when({ timeZone: 'Asia/Seoul' })).kind, 'now');
  });

  it("is by the tenant's clock where the person's client never told its own", async () => {
    await choose({ quietHours: nowQuiet });
    assert.equal((await when({ timeZone: null })).kind, 'later');
    await changeAlertSettings(tenant.ports, tenant.id, {
      command: { type: 'change', to: { timeZone: 'Asia/Seoul' } },
      by: administrator,
    });
    assert.equal((await when({ timeZone: null })).kind, 'now');
    assert.equal((await when({ timeZone: 'UTC' })).kind, 'later');
  });

  it('is at once for what is critical, with the reason', async () => {
    await choose({ quietHours: nowQuiet, without: ['info', 'warning'] });
    assert.deepEqual(await when({ urgency: 'critical' }), { kind: 'now', inQuietHours: true });
  });

  it('is never for news that the person does without, but for requests of approval', async () => {
    await choose({ without: ['warning'] });
    assert.deepEqual(await when(), { kind: 'never' });
    assert.equal((await when({ about: { kind: 'topup', id: '1' } })).kind, 'now');
  });

  it('is after the quiet hours only of what has not ended by then', async () => {
    await tenant.opensWith('100');
    await choose({ quietHours: nowQuiet });
    const levels = [{ unit: 'money' as const, currency: currencyOf('USD'), microUnits: 50_000_000n }];
    await changeAlertSettings(tenant.ports, tenant.id, {
      command: { type: 'change', to: { levels } },
      by: administrator,
    });
    await tenant.after(minuteMs).reads('1');
    const about = { kind: 'incident', id: await tenant.idOf('balance-low') } as const;
    const committedAt = tenant.at;
    assert.equal((await when({ about, committedAt })).kind, 'later');
    tenant.after(2 * hourMs);
    assert.equal((await when({ about, committedAt })).kind, 'now');
    await tenant.reads('500');
    await tenant.after(hourMs).tick();
    assert.deepEqual(await when({ about, committedAt }), { kind: 'never' });
  });
});

function clockAt(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}
