import assert from 'node:assert/strict';
import type { AlertSettingsAnswer } from '../../src/answers/alert-settings.ts';
import type { Asker } from '../../src/answers/asker.ts';
import { dayMs, minuteMs } from '../../src/decision/time.ts';
import { actOnSettings } from '../../src/workflows/act-on-settings.ts';
import { alertSettingsOf } from '../../src/workflows/alert-settings.ts';
import { typedLevels } from '../../src/workflows/typed-levels.ts';
import { withRedis } from '../fakes/redis.ts';
import { FollowedTenant } from './incidents-under-test.ts';
import { administratorPerson, askerOf } from './product-under-test.ts';
import { administrator } from './tenant-under-test.ts';

describe('settings for everybody, from a card', () => {
  const redis = withRedis();
  let tenant: FollowedTenant;

  beforeEach(() => {
    tenant = new FollowedTenant(redis.store);
  });

  const tap = (verb: 'settings.open' | 'settings.save' | 'settings.undo', data: object = {}) => {
    const asker: Asker = askerOf(administratorPerson, { tenant: tenant.id });
    return actOnSettings(tenant.ports, { verb, data }, { ...asker, person: administrator });
  };
  const filled = {
    levels: '5 days, USD 1,500',
    critical: '30',
    warning: 'off',
    quiet: 'own',
    from: '22:00',
    to: '07:00',
  };
  const shown = async (...told: Parameters<typeof tap>): Promise<AlertSettingsAnswer> => {
    const answer = await tap(...told);
    return answer.kind === 'alert-settings' ? answer : assert.fail(JSON.stringify(answer));
  };

  it('are saved as they were filled in, audited, and taken back within a day', async () => {
    const before = await alertSettingsOf(tenant.ports, tenant.id);
    const saved = await shown('settings.save', filled);
    assert.deepEqual([saved.state, saved.undoable], ['saved', true]);
    const { levels, repeatMinutes, quietHours } = await alertSettingsOf(tenant.ports, tenant.id);
    assert.deepEqual(levels, [
      { unit: 'days', days: 5 },
      { unit: 'money', currency: 'USD', microUnits: 1_500_000_000n },
    ]);
    assert.deepEqual(repeatMinutes, { critical: 30, warning: null });
    assert.deepEqual(quietHours, { from: '22:00', to: '07:00' });
    const [entry] = await tenant.store.latest(tenant.id, 'audit', 1);
    assert.match(JSON.stringify(entry), /alert\.settings-changed.*quietHours/u);
    assert.equal((await shown('settings.undo')).state, 'undone');
    assert.deepEqual(await alertSettingsOf(tenant.ports, tenant.id), before);
  });

  it('are taken back no more after a day', async () => {
    await tap('settings.save', filled);
    tenant.after(dayMs + minuteMs);
    const answer = await tap('settings.undo');
    assert.equal(answer.kind === 'refused' && answer.code, 'too-late-to-undo');
  });

  const wrong: readonly (readonly [data: object, what: AlertSettingsAnswer['wrong'] | 'bad-input'])[] = [
    [{ levels: 'soon' }, 'levels'],
    [{ levels: '120%' }, 'levels'],
    [{ from: '22:00', to: '22:00' }, 'hours'],
    [{ critical: '1' }, 'bad-input'],
  ];
  for (const [data, what] of wrong) {
    it(`are left as they are by ${JSON.stringify(data)}`, async () => {
      const answer = await tap('settings.save', { ...filled, ...data });
      assert.equal(
        answer.kind === 'alert-settings' ? answer.wrong : answer.kind === 'refused' && answer.code,
        what,
      );
      assert.equal((await alertSettingsOf(tenant.ports, tenant.id)).quietHours, null);
    });
  }
});

describe('levels as they are typed', () => {
  const money = (microUnits: bigint) => ({ unit: 'money', currency: 'USD', microUnits });
  const cases: readonly (readonly [text: string, levels: readonly object[] | null])[] = [
    ['', []],
    [
      '7 days,3 days',
      [
        { unit: 'days', days: 7 },
        { unit: 'days', days: 3 },
      ],
    ],
    [
      '7일; 10%',
      [
        { unit: 'days', days: 7 },
        { unit: 'percent', percent: 10 },
      ],
    ],
    ['usd 1,500.50, 20 USD', [money(1_500_500_000n), money(20_000_000n)]],
    ['７일', [{ unit: 'days', days: 7 }]],
    ['USD 0', null],
    ['150', null],
    ['7 days and 3 days', null],
  ];
  for (const [text, levels] of cases) {
    it(JSON.stringify(text), () => assert.deepEqual(typedLevels(text), levels));
  }
});
