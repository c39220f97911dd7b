import assert from 'node:assert/strict';
import { hourMs, minuteMs } from '../../src/decision/time.ts';
import { changeAlertSettings } from '../../src/workflows/alert-settings.ts';
import { observe } from '../../src/workflows/follow-incident.ts';
import { noteHeldBack } from '../../src/workflows/held-back.ts';
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

  describe('after quiet hours in which several incidents waited', () => {
    const episodes = ['balance-low', 'drift'] as const;
    let committedAt: number;
    let end: number;

    beforeEach(async () => {
      await tenant.opensWith('100');
      await choose({ quietHours: nowQuiet });
      const levels = [{ unit: 'money' as const, currency: currencyOf('USD'), microUnits: 50_000_000n }];
      await changeAlertSettings(tenant.ports, tenant.id, {
        command: { type: 'change', to: { levels } },
        by: administrator,
      });
      await tenant.after(minuteMs).reads('1');
      const drift = {
        type: 'driftFound' as const,
        currency: currencyOf('USD'),
        observation: 'read in the night',
        amount: -9_000_000n,
        basisPoints: -900,
        isOver: true,
      };
      await observe(tenant.ports, tenant.id, { signals: [drift], actor: 'test' });
      committedAt = tenant.at;
      end = now - (now % minuteMs) + hourMs;
    });

    const aboutOf = async (kind: (typeof episodes)[number]) =>
      ({ kind: 'incident', id: await tenant.idOf(kind) }) as const;
    const note = async (kind: (typeof episodes)[number]) => {
      const { id: incident } = await aboutOf(kind);
      await noteHeldBack(tenant.store, tenant.id, { person: administrator, incident, until: end });
    };

    it('is with them, in one digest', async () => {
      for (const kind of episodes) await note(kind);
      tenant.after(2 * hourMs);
      const morning = { digest: `${administrator}:2026-11-24+780`, since: end };
      assert.deepEqual(await when({ about: await aboutOf('balance-low'), committedAt }), {
        kind: 'now',
        inQuietHours: false,
        morning,
      });
    });

    it('is alone where only one waited', async () => {
      await note('balance-low');
      tenant.after(2 * hourMs);
      const about = await aboutOf('balance-low');
      assert.deepEqual(await when({ about, committedAt }), { kind: 'now', inQuietHours: false });
    });

    it('is with them also where the others have ended by then', async () => {
      for (const kind of episodes) await note(kind);
      await tenant.after(minuteMs).reads('500');
      await tenant.after(hourMs).tick();
      tenant.after(hourMs);
      assert.deepEqual(await when({ about: await aboutOf('balance-low'), committedAt }), { kind: 'never' });
      const left = await when({ about: await aboutOf('drift'), committedAt });
      assert.equal(left.kind === 'now' && left.morning?.since, end);
    });
  });
});

function clockAt(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}
