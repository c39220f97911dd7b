import assert from 'node:assert/strict';
import { type AlertSettings, defaultSettings } from '../../src/alerts/settings.ts';
import type { AlertSettingsAnswer } from '../../src/answers/alert-settings.ts';
import type { Asker } from '../../src/answers/asker.ts';
import { dayMs, minuteMs } from '../../src/decision/time.ts';
import { defaultRoles, notifiedRoles } from '../../src/people/role-catalogue.ts';
import { actOnSettings } from '../../src/workflows/act-on-settings.ts';
import { alertSettingsOf, changeAlertSettings } from '../../src/workflows/alert-settings.ts';
import { rememberConversation } from '../../src/workflows/conversations.ts';
import { typedLevels } from '../../src/workflows/typed-levels.ts';
import { withRedis } from '../fakes/redis.ts';
import { currencyOf } from '../money/builders.ts';
import { FollowedTenant } from './incidents-under-test.ts';
import { administratorPerson, askerOf } from './product-under-test.ts';
import { administrator } from './tenant-under-test.ts';

const [billing = '', , globalAdministrator = ''] = notifiedRoles;
const finance = '19:finance@thread.tacv2';

/** Everything that the form has, as a client sends it. */
const filled = {
  levels: '5 days, USD 1,500',
  critical: '30',
  warning: 'off',
  quiet: 'own',
  from: '22:00',
  to: '07:00',
  timeZone: 'asia/seoul',
  digest: 'daily',
  trigger_USD: '100',
  refill_USD: '$500.50',
  runaway_USD: '2,000',
  overdueAfterHours: '12',
  runawayRecharges: '5',
  roles: `${globalAdministrator},${billing}`,
  channel: finance,
  critical_roles: '15',
  critical_channel: '30',
  critical_mail: 'never',
  warning_roles: 'never',
  warning_channel: '480',
  warning_mail: '240',
  runwayPercent: '10',
  marginPercent: '0',
  holdMinutes: '15',
  coolDownCritical: '20',
  coolDownWarning: '1,440',
  feedBlindAfterHours: '6',
  expiryDays: '30 7',
};

describe('settings for everybody, from a card', () => {
  const redis = withRedis();
  let tenant: FollowedTenant;

  beforeEach(async () => {
    tenant = new FollowedTenant(redis.store);
    await installIn(finance);
  });

  const installIn = (conversation: string, left = false) => {
    const place = { serviceUrl: null, teamsUser: null, locale: 'en-US', timeZone: null, name: 'Finance' };
    const meeting = { tenant: tenant.id, who: 'channel' as const, conversation, ...place, left };
    return rememberConversation(tenant.store, meeting, tenant.at);
  };
  const tap = (verb: 'settings.open' | 'settings.save' | 'settings.undo', data: object = {}) => {
    const asker: Asker = askerOf(administratorPerson, { tenant: tenant.id });
    const ports = { ...tenant.ports, defaultCurrency: currencyOf('USD') };
    return actOnSettings(ports, { verb, data }, { ...asker, person: administrator });
  };
  const shown = async (...told: Parameters<typeof tap>): Promise<AlertSettingsAnswer> => {
    const answer = await tap(...told);
    return answer.kind === 'alert-settings' ? answer : assert.fail(JSON.stringify(answer));
  };
  const kept = () => alertSettingsOf(tenant.ports, tenant.id);
  const set = (to: Partial<AlertSettings>) =>
    changeAlertSettings(tenant.ports, tenant.id, { command: { type: 'change', to }, by: 'another' });
  const audited = async () => JSON.stringify((await tenant.store.latest(tenant.id, 'audit', 1))[0]);

  it('are saved all at once as they were filled in', async () => {
    const saved = await shown('settings.save', { ...filled, coolDownWarning: '1440' });
    assert.deepEqual([saved.state, saved.undoable, saved.wrong], ['saved', true, []]);
    assert.deepEqual(await kept(), {
      levels: [
        { unit: 'days', days: 5 },
        { unit: 'money', currency: 'USD', microUnits: 1_500_000_000n },
      ],
      repeatMinutes: { critical: 30, warning: null },
      quietHours: { from: '22:00', to: '07:00' },
      timeZone: 'Asia/Seoul',
      digest: 'daily',
      autoRecharge: { USD: { trigger: 100_000_000n, amount: 500_500_000n } },
      runawayAmount: { USD: 2_000_000_000n },
      overdueAfterHours: 12,
      runawayRecharges: 5,
      roles: [billing, globalAdministrator],
      channel: finance,
      chain: {
        critical: [
          {
            afterMinutes: 15,
            to: { kind: 'roles', roles: notifiedRoles.filter((role) => !defaultRoles.includes(role)) },
          },
          { afterMinutes: 30, to: { kind: 'channel' } },
        ],
        warning: [
          { afterMinutes: 240, to: { kind: 'mail' } },
          { afterMinutes: 480, to: { kind: 'channel' } },
        ],
        info: [],
      },
      runwayPercent: 10,
      marginPercent: 0,
      holdMinutes: 15,
      coolDownMinutes: { critical: 20, warning: 1_440 },
      feedBlindAfterHours: 6,
      expiryDays: [30, 7],
    });
  });

  it('are audited with old and new, and taken back within a day, which says what was taken back', async () => {
    await tap('settings.save', { quiet: 'own', from: '22:00', to: '07:00' });
    assert.match(
      await audited(),
      /alert\.settings-changed.*"quietHours":\{"from":null,"to":\{"from":"22:00"/u,
    );
    const undone = await shown('settings.undo');
    assert.deepEqual(
      [undone.state, undone.before?.quietHours, undone.figures.quietHours],
      ['undone', { from: '22:00', to: '07:00' }, null],
    );
    assert.deepEqual(await kept(), defaultSettings);
  });

  it('are taken back no more after a day', async () => {
    await tap('settings.save', { levels: '5 days' });
    tenant.after(dayMs + minuteMs);
    const answer = await tap('settings.undo');
    assert.equal(answer.kind === 'refused' && answer.code, 'too-late-to-undo');
  });

  it('leave no trace where the form is saved as it was opened', async () => {
    await set({ autoRecharge: { USD: { trigger: 9n, amount: null }, EUR: { trigger: 7n, amount: null } } });
    const before = await audited();
    const { figures } = await shown('settings.open');
    assert.deepEqual(
      figures.recharges.map(({ account }) => account),
      ['EUR', 'USD'],
    );
    const same = await shown('settings.save', {
      overdueAfterHours: '6',
      critical_roles: '30',
      warning: '1440',
    });
    assert.deepEqual(same.before, same.figures);
    assert.equal(await audited(), before);
  });

  it('go on to be told to the roles that see amounts where just those are chosen', async () => {
    await tap('settings.save', { roles: defaultRoles.join(',') });
    assert.equal((await kept()).roles, null);
    await tap('settings.save', { roles: billing });
    assert.deepEqual((await kept()).roles, [billing]);
    await tap('settings.save', { roles: defaultRoles.toReversed().join(',') });
    assert.equal((await kept()).roles, null);
  });

  it('offer the channels in which the app is, and none that it left', async () => {
    await installIn('19:voice');
    await installIn('19:voice', true);
    const { choices } = await shown('settings.open');
    assert.deepEqual(choices.channels, [{ conversation: finance, name: 'Finance' }]);
    assert.equal((await shown('settings.save', { channel: '19:voice' })).wrong[0]?.field, 'channel');
    await tap('settings.save', { channel: finance });
    assert.equal((await kept()).channel, finance);
    await tap('settings.save', { channel: 'none' });
    assert.equal((await kept()).channel, null);
  });

  it('leave a chain as it is that is more than a form can tell', async () => {
    const { chain } = defaultSettings;
    const [first] = chain.critical;
    const again = { afterMinutes: 45, to: { kind: 'roles' as const, roles: [billing] } };
    const critical = first === undefined ? [] : [first, again];
    await set({ chain: { ...chain, critical } });
    const opened = await shown('settings.open');
    assert.equal(opened.figures.chain.critical, null);
    await tap('settings.save', { ...filled, coolDownWarning: '1440' });
    assert.deepEqual((await kept()).chain.critical, critical);
  });

  it('that somebody else changed meanwhile are not taken back unseen', async () => {
    const opened = await shown('settings.open');
    await set({ holdMinutes: 30 });
    const typed = { levels: '5 days', holdMinutes: '10' };
    const refused = await shown('settings.save', { ...typed, seen: opened.version });
    assert.deepEqual([refused.state, refused.wrong[0]?.code], ['form', 'changed-meanwhile']);
    assert.deepEqual(refused.typed, { ...typed, seen: String(opened.version) });
    assert.equal((await kept()).holdMinutes, 30);
    await tap('settings.save', { ...typed, seen: refused.version });
    assert.equal((await kept()).holdMinutes, 10);
  });

  it('are saved once by a tap that Teams repeats, and both are told the same', async () => {
    const { version } = await shown('settings.open');
    const [once, again] = [
      await shown('settings.save', { levels: '5 days', seen: version }),
      await shown('settings.save', { levels: '5 days', seen: version }),
    ];
    assert.deepEqual(again, once);
  });

  const wrong: readonly (readonly [data: Readonly<Record<string, string>>, field: string, code: string])[] = [
    [{ levels: 'soon' }, 'levels', 'levels'],
    [{ levels: '120%' }, 'levels', 'levels'],
    [{ critical: '1' }, 'critical', 'choice'],
    [{ warning: 'sometimes' }, 'warning', 'choice'],
    [{ from: '22:00', to: '22:00' }, 'from', 'hours'],
    [{ from: 'late' }, 'from', 'hours'],
    [{ quiet: 'perhaps' }, 'quiet', 'choice'],
    [{ timeZone: 'Moon/Sea' }, 'timeZone', 'timeZone'],
    [{ trigger_USD: 'much' }, 'trigger_USD', 'amount'],
    [{ trigger_USD: '1.234,50' }, 'trigger_USD', 'amount'],
    [{ trigger_USD: '' }, 'trigger_USD', 'trigger-missing'],
    [{ refill_USD: '-5' }, 'refill_USD', 'amount'],
    [{ refill_USD: '1e9' }, 'refill_USD', 'amount'],
    [{ runaway_USD: '0' }, 'runaway_USD', 'amount'],
    [{ overdueAfterHours: '0' }, 'overdueAfterHours', 'number'],
    [{ overdueAfterHours: '' }, 'overdueAfterHours', 'number'],
    [{ runawayRecharges: '101' }, 'runawayRecharges', 'number'],
    [{ runwayPercent: '1.5' }, 'runwayPercent', 'number'],
    [{ marginPercent: '51' }, 'marginPercent', 'number'],
    [{ holdMinutes: 'ten' }, 'holdMinutes', 'number'],
    [{ coolDownCritical: '4' }, 'coolDownCritical', 'number'],
    [{ coolDownWarning: '99999' }, 'coolDownWarning', 'number'],
    [{ feedBlindAfterHours: '-1' }, 'feedBlindAfterHours', 'number'],
    [{ expiryDays: '60, soon' }, 'expiryDays', 'expiryDays'],
    [{ expiryDays: '1 2 3 4 5 6' }, 'expiryDays', 'expiryDays'],
    [{ roles: '' }, 'roles', 'roles-none'],
    [{ roles: 'Global Administrator' }, 'roles', 'choice'],
    [{ channel: '19:elsewhere' }, 'channel', 'choice'],
    [{ critical_roles: '30' }, 'critical_roles', 'same-time'],
    [{ warning_mail: '0' }, 'warning_mail', 'choice'],
    [{ warning_mail: '10081' }, 'warning_mail', 'choice'],
  ];
  for (const [data, field, code] of wrong) {
    it(`are left as they are by ${JSON.stringify(data)}, which comes back as it was typed`, async () => {
      const typed = { ...filled, coolDownWarning: '1440', ...data };
      const answer = await shown('settings.save', typed);
      assert.deepEqual(
        answer.wrong.map((one) => [one.field, one.code]),
        [[field, code]],
      );
      assert.deepEqual([answer.state, answer.typed], ['form', typed]);
      assert.deepEqual(await kept(), defaultSettings);
    });
  }

  it('are told all that is wrong at once', async () => {
    const answer = await shown('settings.save', { ...filled, levels: 'soon', roles: '', holdMinutes: 'x' });
    assert.deepEqual(
      answer.wrong.map(({ field }) => field),
      ['levels', 'holdMinutes', 'coolDownWarning', 'roles'],
    );
  });

  for (const data of [[], { levels: 'x'.repeat(2_001) }]) {
    it(`are refused what no form sends: ${JSON.stringify(data).slice(0, 20)}`, async () => {
      const answer = await tap('settings.save', data);
      assert.equal(answer.kind === 'refused' && answer.code, 'bad-input');
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
