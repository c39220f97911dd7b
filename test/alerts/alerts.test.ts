import assert from 'node:assert/strict';
import { dayMs } from '../../src/decision/time.ts';
import { alice, balanceOf, failedAt, Incidents, krw, noon, units, usd } from './builders.ts';

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

  it('drift that the ledger calls too much, until a figure fits', () => {
    const incidents = new Incidents();
    const drift = (observation: string, isOver: boolean) =>
      incidents.observe({
        type: 'driftFound',
        currency: usd,
        observation,
        amount: units('-5'),
        basisPoints: -700,
        isOver,
      });
    assert.deepEqual(drift('a', false), []);
    assert.deepEqual(drift('b', true), ['opened drift']);
    assert.deepEqual(drift('b', true), []);
    assert.deepEqual(drift('c', true), ['worsened drift']);
    assert.deepEqual(drift('d', false), ['resolved drift']);
    assert.deepEqual(drift('e', true), ['opened drift']);
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
