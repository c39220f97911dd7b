import assert from 'node:assert/strict';
import { reachWatched } from '../../src/alerts/reach-watch.ts';
import type { ReachLook } from '../../src/alerts/signal.ts';
import { readAlerts, storeAlerts } from '../../src/alerts/stored-episode.ts';
import { emptyAlerts } from '../../src/alerts/unfolding.ts';
import { dayMs } from '../../src/decision/time.ts';
import { alice, Incidents, noon } from './builders.ts';

const well: ReachLook = { reachable: 3, of: 3, unreached: 0 };
const one: ReachLook = { reachable: 1, of: 3, unreached: 2 };
const two: ReachLook = { reachable: 2, of: 3, unreached: 1 };

/** A tenant whose people were first looked at on the Tuesday at noon. */
function looked(...looks: readonly (ReachLook | null)[]): Incidents {
  const incidents = new Incidents();
  for (const look of looks) lookAt(incidents, look);
  return incidents;
}

function lookAt(incidents: Incidents, look: ReachLook | null): readonly string[] {
  return incidents.do({ type: 'observe', signals: [{ type: 'reachLooked', look }] });
}

describe('who could be told', () => {
  it('is an incident while fewer than two can, with how many of how many', () => {
    const incidents = looked(well);
    assert.deepEqual(lookAt(incidents.afterHours(24), one), ['opened few-reachable']);
    const { count, of } = incidents.episode('few-reachable').facts;
    assert.deepEqual([count, of], [1, 3]);
    assert.deepEqual(lookAt(incidents.afterHours(24), { ...one, reachable: 0 }), ['updated few-reachable']);
    assert.deepEqual(lookAt(incidents.afterHours(24), well), ['recovering few-reachable']);
    assert.deepEqual(incidents.afterMinutes(10).tick(), ['resolved few-reachable']);
  });

  it('is not looked at on the day on which the bot came', () => {
    assert.deepEqual(lookAt(looked(), null), []);
    assert.equal(looked(null).state.reach?.latest, null);
  });

  it('is said once a week, and only where there is somebody to name', () => {
    const incidents = looked(well);
    const days = Array.from({ length: 14 }, () => lookAt(incidents.afterHours(24), two));
    const monday = ['opened reach-report', 'resolved reach-report'];
    // From the Wednesday on; the week's first look is its Monday's.
    assert.deepEqual(
      days.map((events) => events.length > 0),
      [...Array(5).fill(false), true, ...Array(6).fill(false), true, false],
    );
    assert.deepEqual([days[5], days[12]], [monday, monday]);
    assert.deepEqual(incidents.episode('reach-report').facts.count, 1);
    assert.deepEqual(lookAt(incidents.afterHours(5 * 24 + 24), well), []);
  });

  it('is not said twice while the incident says it', () => {
    const incidents = looked(well).afterHours(6 * 24);
    assert.deepEqual(lookAt(incidents, one), ['opened few-reachable']);
  });

  it('knows its week by the Monday, also where the Monday was missed', () => {
    const sunday = noon + 5 * dayMs;
    const wednesday = sunday + 3 * dayMs;
    const before = reachWatched(null, { look: two, at: sunday });
    assert.equal(before.week, '2026-11-23');
    const after = reachWatched(before, { look: two, at: wednesday });
    assert.deepEqual([after.week, after.report?.week], ['2026-11-30', '2026-11-30']);
    assert.equal(reachWatched(after, { look: one, at: wednesday + dayMs }).report?.unreached, 1);
  });
});

describe('a drill that is due', () => {
  const due = ['opened drill-due', 'resolved drill-due'];

  it('is said a month after the bot came, and at most once a month', () => {
    const incidents = looked(null);
    assert.deepEqual(incidents.afterHours(29 * 24).tick(), []);
    assert.deepEqual(incidents.afterHours(24).tick(), due);
    assert.equal(incidents.episode('drill-due').facts.at, null);
    assert.deepEqual(incidents.afterHours(29 * 24).tick(), []);
    assert.deepEqual(incidents.afterHours(24).tick(), due);
  });

  it('counts from the last drill', () => {
    const incidents = looked(null).afterHours(20 * 24);
    incidents.do({ type: 'drill', by: alice });
    const { startedAt } = incidents.state.drill ?? assert.fail();
    assert.deepEqual(incidents.afterHours(4).tick(), ['resolved drill']);
    assert.deepEqual(incidents.afterHours(20 * 24).tick(), []);
    assert.deepEqual(incidents.afterHours(10 * 24).tick(), due);
    assert.equal(incidents.episode('drill-due').facts.at, startedAt);
  });

  it('is nothing where nobody looks', () => {
    assert.deepEqual(new Incidents().afterHours(90 * 24).tick(), []);
  });
});

describe('what is stored of who could be told', () => {
  it('reads back, and what an earlier release wrote reads as nothing', () => {
    const incidents = looked(null, two, one);
    assert.deepEqual(readAlerts(storeAlerts(incidents.state)), incidents.state);
    const { reach: _, ...earlier } = JSON.parse(JSON.stringify(storeAlerts(emptyAlerts)));
    assert.deepEqual(readAlerts(earlier), emptyAlerts);
  });
});
