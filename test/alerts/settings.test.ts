import assert from 'node:assert/strict';
import { asStored } from '../../src/alerts/as-stored.ts';
import { inhibitions, silencersOf } from '../../src/alerts/inhibition.ts';
import { alertKinds } from '../../src/alerts/kind.ts';
import { alertSettings, defaultSettings } from '../../src/alerts/settings.ts';
import {
  auditOf,
  initialSettings,
  readSettings,
  type SettingsCommand,
  type SettingsState,
  settingsDecider,
  storeSettings,
} from '../../src/alerts/settings-change.ts';
import { dayMs, type Instant } from '../../src/decision/time.ts';
import { noon, units, usd } from './builders.ts';

function changed(state: SettingsState, command: SettingsCommand, at: Instant = noon): SettingsState {
  const decision = settingsDecider.decide(state, command, at);
  if (decision.kind === 'refused') throw new Error(`refused: ${decision.refusal.code}`);
  return decision.events.reduce(settingsDecider.evolve, state);
}

describe('the settings of alerts', () => {
  it('have defaults that keep the rules, and are read back as they were stored', () => {
    assert.deepEqual(alertSettings.parse(asStored(defaultSettings)), defaultSettings);
    const known = changed(initialSettings, {
      type: 'change',
      to: {
        levels: [{ unit: 'money', currency: usd, microUnits: units('100') }],
        runawayAmount: { USD: units('9') },
      },
    });
    assert.deepEqual(readSettings(JSON.parse(JSON.stringify(storeSettings(known)))), known);
  });

  const wrong: readonly (readonly [sentence: string, to: object])[] = [
    ['a level of nothing', { levels: [{ unit: 'money', currency: 'USD', microUnits: '0' }] }],
    ['a level in no currency', { levels: [{ unit: 'money', currency: 'XX$', microUnits: '5' }] }],
    ['a level of a fraction', { levels: [{ unit: 'money', currency: 'USD', microUnits: '0.5' }] }],
    ['more than everything', { levels: [{ unit: 'percent', percent: 101 }] }],
    ['days of a year and more', { levels: [{ unit: 'days', days: 366 }] }],
    [
      'eleven levels',
      { levels: Array.from({ length: 11 }, (_, index) => ({ unit: 'days', days: index + 1 })) },
    ],
    ['nobody to tell', { roles: [] }],
    ['a role by its name', { roles: ['Global Administrator'] }],
    ['a reminder every minute', { repeatMinutes: { critical: 1, warning: null } }],
    ['a hold of two days', { holdMinutes: 2_880 }],
    ['a time zone that no calendar knows', { timeZone: 'Moon/Sea' }],
    ['quiet hours that never end', { quietHours: { from: '08:00', to: '08:00' } }],
  ];
  for (const [sentence, to] of wrong) {
    it(`are refused with ${sentence}`, () => {
      const told = { ...(asStored(defaultSettings) as object), ...to };
      assert.equal(alertSettings.safeParse(told).success, false);
    });
  }

  it('are read as an earlier release stored them, without a time zone', () => {
    const stored = JSON.parse(JSON.stringify(storeSettings(initialSettings)));
    delete stored.settings.timeZone;
    assert.deepEqual(readSettings(stored), initialSettings);
  });

  it('are changed with old and new for the audit', () => {
    const decision = settingsDecider.decide(
      initialSettings,
      { type: 'change', to: { runwayPercent: 9 } },
      noon,
    );
    const [event] = decision.kind === 'accepted' ? decision.events : [];
    assert.deepEqual(event && auditOf(event), { runwayPercent: { from: 20, to: 9 } });
  });

  it('leave no trace of a change that changes nothing', () => {
    const decision = settingsDecider.decide(
      initialSettings,
      { type: 'change', to: { runwayPercent: 20 } },
      noon,
    );
    assert.deepEqual(decision, { kind: 'accepted', events: [] });
  });

  it('are undone within a day, once, and only the last change', () => {
    const one = changed(initialSettings, { type: 'change', to: { runwayPercent: 9 } });
    const two = changed(one, { type: 'change', to: { holdMinutes: 5 } });
    const undone = changed(two, { type: 'undo' }, noon + dayMs);
    assert.equal(undone.settings.runwayPercent, 9);
    assert.equal(undone.settings.holdMinutes, defaultSettings.holdMinutes);
    const code = (state: SettingsState, at: Instant) => {
      const decision = settingsDecider.decide(state, { type: 'undo' }, at);
      return decision.kind === 'refused' && decision.refusal.code;
    };
    assert.equal(code(undone, noon), 'nothing-to-undo');
    assert.equal(code(two, noon + dayMs + 1), 'too-late-to-undo');
  });
});

describe('the table of what silences what', () => {
  it('names no pair both ways, and what silences stands before what it silences', () => {
    for (const { while: loud, quiet } of inhibitions) {
      for (const kind of quiet) {
        assert.ok(alertKinds.indexOf(loud) < alertKinds.indexOf(kind), `${loud} silences ${kind}`);
        assert.ok(!silencersOf(loud).includes(kind));
      }
    }
  });

  it('lets nothing silence zero or a failed recharge', () => {
    assert.deepEqual([...silencersOf('balance-zero'), ...silencersOf('recharge-failed')], []);
  });
});
