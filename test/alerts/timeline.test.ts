import assert from 'node:assert/strict';
import { readEpisode, storeEpisode } from '../../src/alerts/stored-episode.ts';
import { incidentSummary } from '../../src/alerts/timeline.ts';
import { hourMs, minuteMs } from '../../src/decision/time.ts';
import { alice, balanceOf, bob, Incidents, noon, units } from './builders.ts';

describe('the write-up of an incident', () => {
  const incidents = new Incidents();
  incidents.observe(balanceOf('90'));
  incidents.afterMinutes(20).observe(balanceOf('45'));
  incidents.afterMinutes(20).observe(balanceOf('30'));
  incidents.do({ type: 'take', episode: incidents.id('balance-low'), by: alice });
  incidents.do({
    type: 'mute',
    episode: incidents.id('balance-low'),
    by: bob,
    reason: 'ordered',
    until: noon + 2 * hourMs,
  });
  incidents.observe(balanceOf('300'));
  incidents.afterMinutes(20).tick();
  const summary = incidentSummary(incidents.log);

  it('tells what, how long, how far and who, from the log alone', () => {
    assert.deepEqual(summary && { ...summary, steps: [] }, {
      id: 'balance-low-usd-1',
      kind: 'balance-low',
      currency: 'USD',
      openedAt: noon,
      resolvedAt: noon + 60 * minuteMs,
      durationMs: 60 * minuteMs,
      acknowledgedAfterMs: 40 * minuteMs,
      lowestBalance: units('30'),
      atZeroMs: 0,
      worsened: 1,
      repeated: 0,
      escalated: 0,
      people: [alice, bob],
      steps: [],
    });
  });

  it('has a line for each step that a reader would miss', () => {
    assert.deepEqual(
      summary?.steps.map(({ type, by, detail }) => [type, by, detail]),
      [
        ['opened', null, null],
        ['worsened', null, null],
        ['taken', alice, null],
        ['muted', bob, 'ordered'],
        ['resolved', null, null],
      ],
    );
  });

  it('tells how long the balance was at zero, without the time for which the incident was held', () => {
    const empty = new Incidents();
    empty.observe(balanceOf('0'));
    empty.afterMinutes(30).observe(balanceOf('60'));
    empty.afterMinutes(4).observe(balanceOf('-1'));
    empty.afterMinutes(16).observe(balanceOf('300'));
    empty.afterMinutes(20).tick();
    const zero = empty.log.filter(({ episode }) => episode.startsWith('balance-zero'));
    assert.equal(incidentSummary(zero)?.durationMs, 70 * minuteMs);
    assert.equal(incidentSummary(zero)?.atZeroMs, 46 * minuteMs);
  });

  it('is none of an empty log', () => assert.equal(incidentSummary([]), null));

  it('outlives the state in a record of its own', () => {
    const episode = incidents.episode('balance-low');
    assert.deepEqual(readEpisode(JSON.parse(JSON.stringify(storeEpisode(episode)))), episode);
  });
});
