import assert from 'node:assert/strict';
import { statusOf } from '../../src/alerts/episode.ts';
import { dayMs, hourMs, minuteMs } from '../../src/decision/time.ts';
import {
  alice,
  balanceOf,
  bob,
  carol,
  failedAt,
  Incidents,
  krw,
  noon,
  rechargeOf,
  units,
  usd,
} from './builders.ts';

describe('a low balance', () => {
  it('fires strictly below a level; equal to it, the level is armed', () => {
    const incidents = new Incidents();
    assert.deepEqual(incidents.observe(balanceOf('100')), []);
    assert.deepEqual(incidents.observe(balanceOf('99.999999')), ['opened balance-low']);
    assert.deepEqual(incidents.lastSaid, ['new balance-low roles']);
  });

  it('fires a level once, and speaks up again only for a lower one', () => {
    const incidents = new Incidents();
    incidents.observe(balanceOf('90'));
    assert.deepEqual(incidents.observe(balanceOf('80')), []);
    assert.deepEqual(incidents.observe(balanceOf('49')), ['worsened balance-low']);
    assert.deepEqual(incidents.lastSaid, ['new balance-low roles']);
    assert.deepEqual(incidents.observe(balanceOf('60'), balanceOf('45')), []);
    assert.deepEqual(incidents.episode('balance-low').levels, ['money:100000000', 'money:50000000']);
  });

  it('fires all levels that one fall passes as one message', () => {
    const incidents = new Incidents();
    assert.deepEqual(incidents.observe(balanceOf('45')), ['opened balance-low']);
    assert.equal(incidents.said.length, 1);
    assert.equal(incidents.episode('balance-low').facts.threshold, units('50'));
  });

  const levels: readonly (readonly [sentence: string, balance: string, told: object, fires: boolean])[] = [
    ['percent of the last purchase, equal', '20', {}, false],
    ['percent of the last purchase, below', '19.99', {}, true],
    ['no purchase known, so no percent of it', '19.99', { lastPurchase: null }, false],
    ['days of use, equal', '30', { lastPurchase: null }, false],
    ['days of use, below', '2.99', { lastPurchase: null, usualDay: units('1') }, true],
    ['no pace known, so no days', '2.99', { lastPurchase: null, usualDay: null }, false],
    ['another currency than the level in money', '0.5', { lastPurchase: null, usualDay: null }, false],
  ];
  for (const [sentence, balance, told, fires] of levels) {
    it(`fires by ${sentence}: ${fires}`, () => {
      const incidents = new Incidents({
        levels: [
          { unit: 'percent', percent: 10 },
          { unit: 'days', days: 3 },
          { unit: 'money', currency: krw, microUnits: units('5') },
        ],
      });
      const days = { usualDay: units('0.1'), ...told };
      assert.equal(incidents.observe(balanceOf(balance, days)).length > 0, fires);
    });
  }

  it('is over once the balance was the margin above for the hold time, and not before', () => {
    const incidents = new Incidents();
    incidents.observe(balanceOf('90'));
    assert.deepEqual(incidents.observe(balanceOf('104.99')), [], 'above the threshold and within the margin');
    assert.deepEqual(incidents.observe(balanceOf('105')), ['recovering balance-low']);
    assert.deepEqual(incidents.afterMinutes(9).tick(), []);
    assert.deepEqual(incidents.afterMinutes(1).tick(), ['resolved balance-low']);
    assert.deepEqual(incidents.lastSaid, ['final balance-low roles']);
  });

  it('does not end where it falls again within the hold time', () => {
    const incidents = new Incidents();
    incidents.observe(balanceOf('90'));
    incidents.observe(balanceOf('200'));
    assert.deepEqual(incidents.afterMinutes(5).observe(balanceOf('103')), ['relapsed balance-low']);
    assert.deepEqual(incidents.afterMinutes(10).tick(), []);
    assert.deepEqual(incidents.observe(balanceOf('200')), ['recovering balance-low']);
    assert.deepEqual(incidents.afterMinutes(10).tick(), ['resolved balance-low']);
  });

  it('joins the incident before where it fires again within the cool-down, and says nothing new', () => {
    const incidents = new Incidents();
    incidents.observe(balanceOf('90'));
    incidents.observe(balanceOf('200'));
    incidents.afterMinutes(10).tick();
    assert.deepEqual(incidents.afterHours(1).observe(balanceOf('95')), ['refired balance-low']);
    assert.deepEqual(incidents.lastSaid, ['edit balance-low roles']);
    assert.deepEqual(incidents.observe(balanceOf('200')), ['subsided balance-low']);
    assert.equal(incidents.log.filter(({ type }) => type === 'resolved').length, 1);
  });

  it('is another incident where it still fires when the cool-down is over', () => {
    const incidents = new Incidents();
    incidents.observe(balanceOf('90'));
    incidents.observe(balanceOf('200'));
    incidents.afterMinutes(10).tick();
    incidents.afterHours(1).observe(balanceOf('95'));
    assert.deepEqual(incidents.afterHours(4).tick(), []);
    assert.deepEqual(incidents.afterHours(1).tick(), ['opened balance-low']);
    assert.equal(incidents.id('balance-low'), 'balance-low-usd-2');
  });

  it('is another incident where it comes back worse than it ever was', () => {
    const incidents = new Incidents();
    incidents.observe(balanceOf('90'));
    incidents.observe(balanceOf('200'));
    incidents.afterMinutes(10).tick();
    assert.deepEqual(incidents.observe(balanceOf('45')), ['opened balance-low']);
  });

  it('keeps the currencies apart', () => {
    const incidents = new Incidents({ levels: [{ unit: 'days', days: 7 }] });
    const won = { currency: krw, usualDay: units('1000') };
    assert.deepEqual(incidents.observe(balanceOf('90'), balanceOf('5000', won)), ['opened balance-low']);
    assert.equal(incidents.id('balance-low'), 'balance-low-krw-1');
  });
});

describe('what silences what', () => {
  it('zero is at zero or below, and silences low', () => {
    const incidents = new Incidents();
    incidents.observe(balanceOf('90'));
    assert.deepEqual(incidents.observe(balanceOf('0')), ['opened balance-zero', 'quietened balance-low']);
    assert.deepEqual(incidents.lastSaid, ['new balance-zero roles', 'edit balance-low roles']);
  });

  it('nothing is said of low while zero lasts, and its end is no message of its own', () => {
    const incidents = new Incidents();
    incidents.observe(balanceOf('90'));
    incidents.observe(balanceOf('-3'));
    incidents.afterMinutes(70).tick();
    assert.ok(
      incidents.lastSaid.length > 0 && incidents.lastSaid.every((said) => said.includes('balance-zero')),
    );
    incidents.observe(balanceOf('300'));
    incidents.afterMinutes(10).tick();
    assert.deepEqual(incidents.lastSaid, [
      'final balance-zero roles',
      'final balance-zero channel',
      'edit balance-low roles',
    ]);
  });

  it('low that lasts after zero is over goes on, on its card', () => {
    const incidents = new Incidents();
    incidents.observe(balanceOf('90'));
    incidents.observe(balanceOf('-3'));
    incidents.observe(balanceOf('60'));
    assert.deepEqual(incidents.afterMinutes(10).tick(), ['resolved balance-zero', 'spoke-again balance-low']);
    assert.deepEqual(incidents.lastSaid, ['final balance-zero roles', 'edit balance-low roles']);
  });

  it('a failed recharge absorbs the low that it causes, and never zero', () => {
    const incidents = new Incidents();
    incidents.observe(failedAt(noon));
    assert.deepEqual(incidents.observe(balanceOf('30')), []);
    assert.deepEqual(incidents.observe(balanceOf('-1')), ['opened balance-zero']);
  });

  it('low that was never told is told when what silenced it ends and it lasts', () => {
    const incidents = new Incidents();
    incidents.observe(failedAt(noon), balanceOf('60'));
    assert.deepEqual(
      incidents.do({ type: 'confirmRecharge', episode: incidents.id('recharge-failed'), by: alice }),
      ['resolved recharge-failed', 'opened balance-low'],
    );
  });

  it('does not reach another currency', () => {
    const incidents = new Incidents({ levels: [{ unit: 'days', days: 7 }] });
    incidents.observe(balanceOf('-1'));
    assert.deepEqual(incidents.observe(balanceOf('10', { currency: krw, usualDay: units('10') })), [
      'opened balance-low',
    ]);
  });
});

describe('a recharge', () => {
  it('that failed stays until a later success, however the balance stands', () => {
    const incidents = new Incidents();
    assert.deepEqual(incidents.observe(failedAt(noon)), ['opened recharge-failed']);
    incidents.observe(balanceOf('500'));
    assert.deepEqual(incidents.observe(rechargeOf('before', noon - hourMs)).slice(0, 1), [
      'opened recharge-succeeded',
    ]);
    assert.deepEqual(incidents.afterMinutes(20).observe(rechargeOf('after', incidents.at)), [
      'resolved recharge-failed',
    ]);
    assert.deepEqual(
      incidents.lastSaid,
      ['final recharge-failed roles'],
      'and the success is not said twice',
    );
  });

  it('that failed ends with the word of a person that auto-recharge is on again', () => {
    const incidents = new Incidents();
    incidents.observe(failedAt(noon));
    const episode = incidents.id('recharge-failed');
    assert.equal(incidents.refusalOf({ type: 'close', episode, by: alice }), 'needs-confirmation');
    assert.deepEqual(incidents.do({ type: 'confirmRecharge', episode, by: alice }), [
      'resolved recharge-failed',
    ]);
    assert.deepEqual(incidents.do({ type: 'confirmRecharge', episode, by: alice }), [], 'the same tap again');
    assert.equal(incidents.refusalOf({ type: 'confirmRecharge', episode, by: bob }), 'episode-over');
  });

  it('that failed several times is one incident', () => {
    const incidents = new Incidents();
    incidents.observe(failedAt(noon));
    incidents.afterMinutes(20).observe(failedAt(noon + 20 * minuteMs), failedAt(noon + 20 * minuteMs));
    assert.equal(incidents.log.filter(({ type }) => type === 'opened').length, 1);
    assert.equal(incidents.episode('recharge-failed').facts.count, 3 - 1);
  });

  it('reported by many people is one failure', () => {
    const incidents = new Incidents();
    const report = { type: 'reportFailedRecharge', currency: usd, reason: null } as const;
    assert.deepEqual(incidents.do({ ...report, by: alice }), ['opened recharge-failed']);
    assert.deepEqual(incidents.do({ ...report, by: bob }), []);
  });

  it('is overdue when the balance was below the trigger for the usual delay with no money come in', () => {
    const incidents = new Incidents({ levels: [] });
    assert.deepEqual(incidents.observe(balanceOf('40')), [], 'equal to the trigger buys nothing');
    incidents.observe(balanceOf('39'));
    assert.deepEqual(incidents.afterHours(5).tick(), []);
    assert.deepEqual(incidents.afterHours(1).tick(), ['opened recharge-overdue']);
    assert.deepEqual(incidents.observe(rechargeOf('late', incidents.at), balanceOf('239')), [
      'resolved recharge-overdue',
      'opened recharge-succeeded',
      'resolved recharge-succeeded',
    ]);
  });

  it('is not expected where nobody told of a trigger', () => {
    const incidents = new Incidents({ autoRecharge: {}, levels: [] });
    incidents.observe(balanceOf('1'));
    assert.deepEqual(incidents.afterDays(2).tick(), []);
  });

  it('that is overdue and then reported as failed goes on as the failure', () => {
    const incidents = new Incidents({ levels: [] });
    incidents.observe(balanceOf('39'));
    incidents.afterHours(6).tick();
    const episode = incidents.id('recharge-overdue');
    assert.deepEqual(incidents.do({ type: 'reportFailure', episode, by: alice, reason: 'card' }), [
      'opened recharge-failed',
      'quietened recharge-overdue',
    ]);
    assert.deepEqual(
      incidents.do({ type: 'confirmRecharge', episode: incidents.id('recharge-failed'), by: alice }),
      ['resolved recharge-overdue', 'resolved recharge-failed'],
    );
  });

  it('that succeeded is said once, and is no incident to follow', () => {
    const incidents = new Incidents();
    assert.deepEqual(incidents.observe(rechargeOf('one', noon)), [
      'opened recharge-succeeded',
      'resolved recharge-succeeded',
    ]);
    assert.deepEqual(incidents.lastSaid, ['new recharge-succeeded roles']);
    assert.deepEqual(incidents.observe(rechargeOf('one', noon)), []);
    assert.deepEqual(incidents.observe(rechargeOf('old', noon - 2 * dayMs)), [], 'history is no news');
    assert.equal(incidents.observe(rechargeOf('two', noon)).length, 2);
  });

  it('that comes too often in a day runs away, though each succeeded', () => {
    const incidents = new Incidents({ runawayRecharges: 2 });
    incidents.observe(rechargeOf('1', noon), rechargeOf('2', noon));
    assert.ok(incidents.observe(rechargeOf('3', noon)).includes('opened runaway-recharges'));
    assert.deepEqual(incidents.afterDays(1).tick(), ['resolved runaway-recharges']);
  });

  it('that is too much in a day runs away', () => {
    const incidents = new Incidents({ runawayAmount: { USD: units('300') } });
    incidents.observe(rechargeOf('1', noon, '300'));
    assert.ok(incidents.observe(rechargeOf('2', noon, '0.01')).includes('opened runaway-recharges'));
  });
});

describe('what else is watched', () => {
  it('a runway that is short by more than the limit, and ends with a margin', () => {
    const incidents = new Incidents();
    const estimate = (probability: number) =>
      incidents.observe({ type: 'runwayEstimated', currency: usd, probability });
    assert.deepEqual(estimate(2_000), []);
    assert.deepEqual(estimate(2_001), ['opened runway-short']);
    assert.deepEqual(estimate(1_600), []);
    assert.deepEqual(estimate(1_500), ['recovering runway-short']);
  });

  it('funds that lapse within 60, 30 and 7 days, each once', () => {
    const incidents = new Incidents();
    const lots = [{ id: 'lot', remaining: units('12'), expiresAt: noon + 61 * dayMs }];
    incidents.observe({ type: 'fundsLooked', currency: usd, lots });
    assert.deepEqual(incidents.afterDays(1).tick(), ['opened funds-expiring']);
    assert.deepEqual(incidents.afterDays(29).tick(), [], 'thirty-one days are left');
    assert.deepEqual(incidents.afterDays(1).tick(), ['worsened funds-expiring']);
    assert.deepEqual(incidents.afterDays(24).tick(), ['worsened funds-expiring']);
    assert.deepEqual(incidents.observe({ type: 'fundsLooked', currency: usd, lots: [] }), [
      'resolved funds-expiring',
    ]);
  });

  it('a feed that is blind, until it is fresh again', () => {
    const incidents = new Incidents();
    incidents.observe({ type: 'feedSeen', completedAt: noon });
    assert.deepEqual(incidents.afterHours(2).tick(), []);
    assert.deepEqual(incidents.afterHours(1).tick(), ['opened feed-blind']);
    assert.deepEqual(incidents.observe({ type: 'feedSeen', completedAt: incidents.at }), [
      'resolved feed-blind',
    ]);
  });

  it('drift beyond the limit', () => {
    const incidents = new Incidents();
    const drift = (observation: string, basisPoints: number | null, amount = '-5') =>
      incidents.observe({
        type: 'driftFound',
        currency: usd,
        observation,
        amount: units(amount),
        basisPoints,
      });
    assert.deepEqual(drift('a', -500), []);
    assert.deepEqual(drift('b', -501), ['opened drift']);
    assert.deepEqual(drift('c', 900), ['worsened drift']);
    assert.deepEqual(drift('d', 0), ['resolved drift']);
    assert.deepEqual(drift('e', null, '0'), []);
    assert.deepEqual(drift('f', null), ['opened drift']);
  });

  it('spend that stands out; closed by a person, it is told again only for somebody else', () => {
    const incidents = new Incidents();
    const of = (id: string) =>
      ({ subject: 'user', id, day: '2026-11-24', spent: units('90'), usual: 0n }) as never;
    const look = (...findings: readonly never[]) =>
      incidents.observe({ type: 'spendLooked', currency: usd, findings });
    assert.deepEqual(look(of('eve')), ['opened spend-spike']);
    incidents.do({ type: 'close', episode: incidents.id('spend-spike'), by: alice });
    assert.deepEqual(incidents.lastSaid, ['final spend-spike roles']);
    assert.deepEqual(look(of('eve')), []);
    assert.deepEqual(incidents.afterDays(2).tick(), []);
    assert.deepEqual(look(of('eve'), of('mallory')), ['opened spend-spike']);
    assert.deepEqual(look(), ['resolved spend-spike']);
  });
});

describe('a person', () => {
  const low = (): Incidents => {
    const incidents = new Incidents();
    incidents.observe(balanceOf('90'));
    return incidents;
  };

  it('acknowledges, and it is quiet', () => {
    const incidents = low();
    const episode = incidents.id('balance-low');
    assert.deepEqual(incidents.do({ type: 'acknowledge', episode, by: alice }), ['acknowledged balance-low']);
    assert.deepEqual(incidents.lastSaid, ['edit balance-low roles']);
    assert.deepEqual(incidents.do({ type: 'acknowledge', episode, by: alice }), []);
    assert.deepEqual(incidents.do({ type: 'acknowledge', episode, by: bob }), [], 'one is enough');
    assert.equal(incidents.episode('balance-low').acknowledged?.by, alice);
    assert.deepEqual(incidents.afterDays(20).tick(), []);
    assert.equal(statusOf(incidents.episode('balance-low')), 'acknowledged');
  });

  it('who acknowledged hears again of a worse state', () => {
    const incidents = low();
    incidents.do({ type: 'acknowledge', episode: incidents.id('balance-low'), by: alice });
    assert.deepEqual(incidents.observe(balanceOf('45')), ['worsened balance-low']);
    assert.equal(incidents.episode('balance-low').acknowledged, null);
  });

  it('takes it, hands it over, and has it until the other accepts', () => {
    const incidents = low();
    const episode = incidents.id('balance-low');
    assert.equal(
      incidents.refusalOf({ type: 'offerHandover', episode, by: alice, to: bob }),
      'not-the-holder',
    );
    incidents.do({ type: 'take', episode, by: alice });
    assert.deepEqual(incidents.do({ type: 'take', episode, by: alice }), []);
    assert.equal(incidents.refusalOf({ type: 'take', episode, by: bob }), 'held-by-another');
    assert.equal(
      incidents.refusalOf({ type: 'offerHandover', episode, by: alice, to: alice }),
      'same-person',
    );
    assert.deepEqual(incidents.do({ type: 'offerHandover', episode, by: alice, to: bob }), [
      'handover-offered balance-low',
    ]);
    assert.deepEqual(incidents.lastSaid, ['new balance-low people', 'edit balance-low roles']);
    assert.equal(incidents.episode('balance-low').holder?.by, alice);
    assert.equal(incidents.refusalOf({ type: 'acceptHandover', episode, by: carol }), 'no-handover-offered');
    incidents.afterMinutes(3).do({ type: 'acceptHandover', episode, by: bob });
    assert.deepEqual(incidents.episode('balance-low').holder, { by: bob, since: incidents.at });
    assert.equal(incidents.episode('balance-low').offer, null);
  });

  it('accepts a hand-over by taking it', () => {
    const incidents = low();
    const episode = incidents.id('balance-low');
    incidents.do({ type: 'take', episode, by: alice });
    incidents.do({ type: 'offerHandover', episode, by: alice, to: bob });
    assert.deepEqual(incidents.do({ type: 'take', episode, by: bob }), ['handover-accepted balance-low']);
  });

  it('mutes low alone, with a reason and an end', () => {
    const incidents = low();
    const episode = incidents.id('balance-low');
    const mute = { type: 'mute', episode, by: alice, reason: 'ordered', until: noon + dayMs } as const;
    assert.equal(incidents.refusalOf({ ...mute, reason: ' ' }), 'reason-missing');
    assert.equal(incidents.refusalOf({ ...mute, until: noon }), 'mute-already-over');
    assert.equal(incidents.refusalOf({ ...mute, until: noon + 7 * dayMs + 1 }), 'mute-too-long');
    assert.deepEqual(incidents.do(mute), ['muted balance-low']);
    assert.deepEqual(incidents.do(mute), [], 'the same tap again');
    assert.deepEqual(incidents.after(dayMs - 1).tick(), []);
    assert.deepEqual(incidents.after(1).tick(), ['mute-ended balance-low']);
    assert.deepEqual(incidents.lastSaid, ['new balance-low roles']);
  });

  for (const kind of ['balance-zero', 'recharge-failed'] as const) {
    it(`cannot mute ${kind} alone`, () => {
      const incidents = new Incidents();
      incidents.observe(kind === 'balance-zero' ? balanceOf('-1') : failedAt(noon));
      const episode = incidents.id(kind);
      const mute = { type: 'mute', episode, reason: 'known', until: noon + 8 * hourMs } as const;
      assert.equal(incidents.refusalOf({ type: 'confirmMute', episode, by: bob }), 'no-mute-asked');
      assert.deepEqual(incidents.do({ ...mute, by: alice }), [`mute-asked ${kind}`]);
      assert.deepEqual(incidents.do({ ...mute, by: alice }), []);
      assert.equal(incidents.refusalOf({ type: 'confirmMute', episode, by: alice }), 'same-person');
      assert.equal(incidents.episode(kind).mute, null);
      assert.deepEqual(
        incidents.afterMinutes(60).tick().includes(`repeated ${kind}`),
        true,
        'it still speaks',
      );
      assert.deepEqual(incidents.do({ ...mute, by: bob }), [`muted ${kind}`], 'the second says yes');
      assert.equal(incidents.episode(kind).mute?.by, alice);
    });
  }

  it('cannot close what is still so', () => {
    const incidents = low();
    const close = { type: 'close', episode: incidents.id('balance-low'), by: alice } as const;
    assert.equal(incidents.refusalOf(close), 'still-so');
    assert.equal(incidents.refusalOf({ ...close, episode: 'balance-low-usd-99' }), 'episode-unknown');
  });

  it('starts a drill, one at a time, which ends by itself or by a person', () => {
    const incidents = new Incidents();
    assert.deepEqual(incidents.do({ type: 'drill', by: alice }), ['opened drill']);
    assert.equal(incidents.refusalOf({ type: 'drill', by: bob }), 'drill-running');
    assert.deepEqual(incidents.afterHours(4).tick(), ['resolved drill']);
    assert.deepEqual(incidents.do({ type: 'drill', by: alice }), ['opened drill']);
    incidents.do({ type: 'close', episode: incidents.id('drill'), by: bob });
    assert.deepEqual(incidents.tick(), []);
    assert.deepEqual(incidents.afterMinutes(1).do({ type: 'drill', by: bob }), ['opened drill']);
  });
});
