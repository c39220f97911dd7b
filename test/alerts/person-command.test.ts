import assert from 'node:assert/strict';
import { statusOf } from '../../src/alerts/episode.ts';
import { dayMs, hourMs } from '../../src/decision/time.ts';
import { alice, balanceOf, bob, carol, failedAt, Incidents, noon } from './builders.ts';

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
