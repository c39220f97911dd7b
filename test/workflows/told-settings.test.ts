import assert from 'node:assert/strict';
import { defaultSettings } from '../../src/alerts/settings.ts';
import type { JsonValue } from '../../src/decision/json.ts';
import { alertSettingsOf } from '../../src/workflows/alert-settings.ts';
import { changeToldSettings, toldSettings } from '../../src/workflows/told-settings.ts';
import { withRedis } from '../fakes/redis.ts';
import { FollowedTenant } from './incidents-under-test.ts';

describe('settings as they are told', () => {
  const redis = withRedis();
  let tenant: FollowedTenant;

  beforeEach(() => {
    tenant = new FollowedTenant(redis.store);
  });

  const set = (key: string, value: JsonValue) =>
    changeToldSettings(tenant.ports, tenant.id, { wish: { key, value }, by: 'test' });
  const kept = () => alertSettingsOf(tenant.ports, tenant.id);

  it('are taken back in the form in which they are shown, one by one', async () => {
    for (const [key, value] of Object.entries(toldSettings(defaultSettings))) {
      assert.equal((await set(key, value)).kind, 'done', key);
    }
    assert.deepEqual(await kept(), defaultSettings);
  });

  it('have amounts as decimals', async () => {
    const levels = [
      { unit: 'money', currency: 'USD', amount: '150.00' },
      { unit: 'days', days: 5 },
    ];
    const changed = await set('levels', levels);
    assert.deepEqual(changed.kind === 'done' && changed.outcome.levels, levels);
    await set('autoRecharge', { USD: { trigger: '100', amount: null } });
    await set('runawayAmount', { USD: '500.5' });
    const { levels: stored, autoRecharge, runawayAmount } = await kept();
    assert.equal(stored[0]?.unit === 'money' && stored[0].microUnits, 150_000_000n);
    assert.deepEqual(autoRecharge, { USD: { trigger: 100_000_000n, amount: null } });
    assert.deepEqual(runawayAmount, { USD: 500_500_000n });
  });

  const wrong: readonly (readonly [key: string, value: JsonValue, code: string])[] = [
    ['volume', 11, 'unknown-setting'],
    ['overdueAfterHours', 0, 'bad-value'],
    ['quietHours', { from: '22:00', to: '22:00' }, 'bad-value'],
    ['levels', [{ unit: 'money', currency: 'USD', amount: 'much' }], 'bad-value'],
    ['levels', [{ unit: 'money', currency: 'XXXX', amount: '1' }], 'bad-value'],
  ];
  for (const [key, value, code] of wrong) {
    it(`are left as they are by ${key} ${JSON.stringify(value)}`, async () => {
      const refused = await set(key, value);
      assert.equal(refused.kind === 'refused' && refused.refusal.code, code);
      assert.deepEqual(await kept(), defaultSettings);
    });
  }

  it('are as before after an undo, once', async () => {
    await set('quietHours', { from: '22:00', to: '07:00' });
    const undo = () => changeToldSettings(tenant.ports, tenant.id, { wish: 'undo', by: 'test' });
    assert.equal((await undo()).kind, 'done');
    assert.equal((await kept()).quietHours, null);
    const again = await undo();
    assert.equal(again.kind === 'refused' && again.refusal.code, 'nothing-to-undo');
  });
});
