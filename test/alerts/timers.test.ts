import assert from 'node:assert/strict';
import { repeatAt, timeLeft } from '../../src/alerts/cadence.ts';
import { statusOf } from '../../src/alerts/episode.ts';
import { defaultChain, dueSteps, escalationChain, stepDueAt } from '../../src/alerts/escalation.ts';
import { nextDue } from '../../src/alerts/timers.ts';
import { dayMs, hourMs, minuteMs } from '../../src/decision/time.ts';
import { alice, balanceOf, failedAt, Incidents, noon, units } from './builders.ts';

describe('reminders', () => {
  const cadence = { critical: 60, warning: 1_440 };
  const pause = (told: Partial<Parameters<typeof repeatAt>[1]>): number | null => {
    const at = repeatAt(cadence, { urgency: 'critical', repeats: 0, timeLeftMs: null, at: noon, ...told });
    return at === null ? null : (at - noon) / minuteMs;
  };

  const table: readonly (readonly [
    sentence: string,
    told: Parameters<typeof pause>[0],
    minutes: number | null,
  ])[] = [
    ['a critical one after an hour', {}, 60],
    ['a warning after a day', { urgency: 'warning' }, 1_440],
    ['information never', { urgency: 'info' }, null],
    ['each pause twice the one before', { repeats: 2 }, 240],
    ['and no more than eight times the first', { repeats: 9 }, 480],
    ['sooner where the money is gone sooner', { timeLeftMs: 200 * minuteMs }, 50],
    ['and never sooner than half an hour', { timeLeftMs: 0 }, 30],
  ];
  for (const [sentence, told, minutes] of table) it(sentence, () => assert.equal(pause(told), minutes));

  it('count how long the balance lasts at the usual pace', () => {
    assert.equal(timeLeft(units('20'), units('10')), 2 * dayMs);
    assert.equal(timeLeft(units('-1'), units('10')), 0);
    assert.equal(timeLeft(units('20'), null), null);
    assert.equal(timeLeft(units('20'), 0n), null);
    assert.equal(timeLeft(units('1000000000'), 1n), 365 * dayMs);
  });

  it('are new messages, and stop with the acknowledgement', () => {
    const incidents = new Incidents({ chain: { critical: [], warning: [], info: [] } });
    incidents.observe(failedAt(noon));
    assert.deepEqual(incidents.afterHours(1).tick(), ['repeated recharge-failed']);
    assert.deepEqual(incidents.lastSaid, ['new recharge-failed roles']);
    assert.deepEqual(incidents.afterHours(1).tick(), []);
    assert.deepEqual(incidents.afterHours(1).tick(), ['repeated recharge-failed']);
    incidents.do({ type: 'acknowledge', episode: incidents.id('recharge-failed'), by: alice });
    assert.deepEqual(incidents.afterDays(30).tick(), []);
  });

  it('are made up for once, however long nobody looked at the clock', () => {
    const incidents = new Incidents({ chain: { critical: [], warning: [], info: [] } });
    incidents.observe(failedAt(noon));
    assert.deepEqual(incidents.afterDays(9).tick(), ['repeated recharge-failed']);
    assert.deepEqual(incidents.tick(), []);
  });
});

describe('escalation', () => {
  it('turns to more roles, the channel, and mail, each at its time', () => {
    const incidents = new Incidents({ repeatMinutes: { critical: null, warning: null } });
    incidents.observe(failedAt(noon));
    const step = (minutes: number): readonly string[] => {
      incidents.afterMinutes(minutes).tick();
      return incidents.lastSaid;
    };
    assert.deepEqual(step(29), []);
    assert.deepEqual(step(1), ['new recharge-failed roles', 'edit recharge-failed roles']);
    assert.equal(statusOf(incidents.episode('recharge-failed')), 'escalated');
    assert.deepEqual(step(30), ['new recharge-failed channel', 'edit recharge-failed roles']);
    assert.deepEqual(step(60), [
      'new recharge-failed roles mail',
      'edit recharge-failed roles',
      'edit recharge-failed channel',
    ]);
    assert.deepEqual(step(10_000), []);
  });

  it('takes all steps whose time has come, after a restart', () => {
    const incidents = new Incidents({ repeatMinutes: { critical: null, warning: null } });
    incidents.observe(failedAt(noon));
    assert.equal(incidents.afterDays(1).tick().length, 3);
  });

  it('waits while somebody has it, and while it is muted', () => {
    const incidents = new Incidents();
    incidents.observe(balanceOf('90'));
    const episode = incidents.id('balance-low');
    const mute = { type: 'mute', episode, by: alice, reason: 'ordered', until: noon + 3 * dayMs } as const;
    incidents.do(mute);
    assert.deepEqual(incidents.afterDays(2).tick(), []);
    assert.deepEqual(incidents.afterDays(1).tick(), ['mute-ended balance-low']);
    assert.deepEqual(incidents.afterHours(23).tick(), [], 'the chain begins anew');
    incidents.do({ type: 'take', episode, by: alice });
    assert.deepEqual(incidents.afterDays(3).tick(), []);
  });

  it('has a chain in which each step is later than the one before', () => {
    const [first, second, third] = defaultChain.critical;
    assert.equal(escalationChain.safeParse(defaultChain).success, true);
    const backwards = { ...defaultChain, critical: [second, first, third] };
    assert.equal(escalationChain.safeParse(backwards).success, false);
  });

  it('knows when the next step is due', () => {
    const question = { urgency: 'critical', since: noon, next: 1 } as const;
    assert.equal(stepDueAt(defaultChain, question), noon + hourMs);
    assert.equal(stepDueAt(defaultChain, { ...question, next: 3 }), null);
    assert.deepEqual(
      dueSteps(defaultChain, { ...question, at: noon + 2 * hourMs }).map(({ step }) => step),
      [1, 2],
    );
  });
});

describe('the next due time', () => {
  it('is none where nothing is watched', () => assert.equal(nextDue(new Incidents().state), null));

  it('is the earliest of all reminders, steps, holds, mutes and waits', () => {
    const incidents = new Incidents();
    incidents.observe({ type: 'feedSeen', completedAt: noon });
    assert.equal(nextDue(incidents.state), noon + 3 * hourMs);
    incidents.observe(failedAt(noon));
    assert.equal(nextDue(incidents.state), noon + 30 * minuteMs, 'the first step of the chain');
    incidents.do({ type: 'acknowledge', episode: incidents.id('recharge-failed'), by: alice });
    assert.equal(nextDue(incidents.state), noon + 3 * hourMs);
    incidents.observe(balanceOf('-1'), balanceOf('500'));
    assert.equal(nextDue(incidents.state), noon + 10 * minuteMs, 'the hold of zero');
  });
});
