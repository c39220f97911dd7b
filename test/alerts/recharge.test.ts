import assert from 'node:assert/strict';
import { dayMs, hourMs, minuteMs } from '../../src/decision/time.ts';
import { alice, balanceOf, bob, failedAt, Incidents, noon, rechargeOf, units, usd } from './builders.ts';

describe('a recharge', () => {
  it('that failed stays until a later success, however the balance stands', () => {
    const incidents = new Incidents();
    assert.deepEqual(incidents.observe(failedAt(noon)), ['opened recharge-failed']);
    incidents.observe(balanceOf('500'));
    assert.deepEqual(incidents.observe(rechargeOf('before', noon - hourMs)).slice(0, 1), [
      'opened recharge-succeeded',
    ]);
    // Funds that somebody added by hand say nothing of auto-recharge.
    const byHand = { ...rechargeOf('bought', incidents.at), kind: 'purchase' } as const;
    incidents.afterMinutes(20).observe(byHand);
    assert.equal(incidents.episode('recharge-failed').resolved, null);
    assert.deepEqual(incidents.observe(rechargeOf('after', incidents.at)), ['resolved recharge-failed']);
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

  it('that came back within the cool-down ends with the word of a person too', () => {
    const incidents = new Incidents();
    incidents.observe(failedAt(noon));
    const episode = incidents.id('recharge-failed');
    incidents.do({ type: 'confirmRecharge', episode, by: alice });
    assert.deepEqual(incidents.afterMinutes(2).observe(failedAt(noon + 2 * minuteMs)), [
      'refired recharge-failed',
    ]);
    assert.deepEqual(incidents.do({ type: 'confirmRecharge', episode, by: alice }), [
      'subsided recharge-failed',
    ]);
    assert.deepEqual(incidents.do({ type: 'confirmRecharge', episode, by: alice }), [], 'the same tap again');
    assert.deepEqual(incidents.afterDays(1).tick(), [], 'and it stays over');
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
