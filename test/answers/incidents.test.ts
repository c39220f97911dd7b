import assert from 'node:assert/strict';
import type { Episode } from '../../src/alerts/episode.ts';
import { incidentRow, listedIncidents } from '../../src/answers/incidents.ts';
import { hourMs } from '../../src/decision/time.ts';
import { alice, balanceOf, bob, failedAt, Incidents, noon } from '../alerts/builders.ts';

describe('the list of incidents', () => {
  let incidents: Incidents;

  beforeEach(() => {
    incidents = new Incidents({ holdMinutes: 0 });
    incidents.observe(balanceOf('60'));
  });

  const episodes = (): readonly Episode[] => [...incidents.state.episodes.values()];
  const rowOf = (episode: Episode) => incidentRow(episode, (id) => `name of ${id}`);
  const open = () => listedIncidents(episodes()).open.map(rowOf);

  it('has the worst first, and what another says already last', () => {
    incidents.afterHours(1).observe(failedAt(incidents.at));
    incidents.do({ type: 'drill', by: alice ?? '' });
    assert.deepEqual(
      open().map(({ about, urgency, quiet }) => [about, urgency, quiet]),
      [
        ['recharge-failed', 'critical', false],
        ['drill', 'warning', false],
        ['balance-low', 'warning', true],
      ],
    );
  });

  it('says who has each, who acknowledged it, and whether it is muted', () => {
    const episode = incidents.id('balance-low');
    incidents.do({ type: 'acknowledge', episode, by: alice ?? '' });
    assert.deepEqual(
      open().map(({ holder, acknowledgedBy, muted }) => [holder, acknowledgedBy, muted]),
      [[null, 'name of alice', false]],
    );
    incidents.do({ type: 'take', episode, by: bob ?? '' });
    incidents.do({ type: 'mute', episode, by: bob ?? '', reason: 'ordered', until: noon + hourMs });
    assert.deepEqual(
      open().map(({ holder, muted, since, endedAt }) => [holder, muted, since, endedAt]),
      [['name of bob', true, noon, null]],
    );
  });

  it('has what ended apart, and takes it back where it is so again', () => {
    incidents.afterHours(1).observe(balanceOf('500'));
    assert.deepEqual(open(), []);
    const { ended } = listedIncidents(episodes());
    assert.deepEqual(
      ended.map(rowOf).map(({ about, endedAt }) => [about, endedAt]),
      [['balance-low', incidents.at]],
    );
    incidents.afterMinutes(1).observe(balanceOf('60'));
    assert.deepEqual(
      open().map(({ about, since, endedAt }) => [about, since, endedAt]),
      [['balance-low', incidents.at, null]],
    );
    assert.deepEqual(listedIncidents(episodes()).ended, []);
  });

  it('is no longer than a card, and counts the rest', () => {
    const one = incidents.episode('balance-low');
    const many = Array.from({ length: 13 }, (_, index) => ({ ...one, id: `low-${index}`, openedAt: index }));
    const { open: listed, more } = listedIncidents(many);
    assert.deepEqual([listed.length, more, listed[0]?.id], [10, 3, 'low-12']);
    const over = many.map((episode) => ({
      ...episode,
      resolved: { at: episode.openedAt, by: null, how: 'recovered', coolUntil: 0, lasting: false } as const,
    }));
    assert.deepEqual(
      listedIncidents(over).ended.map(({ id }) => id),
      ['low-12', 'low-11', 'low-10'],
    );
  });
});
