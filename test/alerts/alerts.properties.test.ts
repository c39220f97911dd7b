import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AlertCommand } from '../../src/alerts/alerts.ts';
import { isLive } from '../../src/alerts/episode.ts';
import type { EpisodeEvent } from '../../src/alerts/episode-event.ts';
import { inhibitions } from '../../src/alerts/inhibition.ts';
import {
  readAlerts,
  readEpisodeEvent,
  storeAlerts,
  storeEpisodeEvent,
} from '../../src/alerts/stored-episode.ts';
import { incidentSummary, replayed } from '../../src/alerts/timeline.ts';
import { nextDue } from '../../src/alerts/timers.ts';
import { dayMs, minuteMs } from '../../src/decision/time.ts';
import { microUnitsToDecimal } from '../../src/money/money.ts';
import { alice, balanceOf, bob, failedAt, Incidents, rechargeOf } from './builders.ts';

type Step =
  | { readonly kind: 'balance'; readonly cents: number }
  | { readonly kind: 'wait'; readonly minutes: number }
  | { readonly kind: 'failed' | 'recharge' | 'jump-back' }
  | { readonly kind: 'person'; readonly deed: number; readonly by: string };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('balance' as const),
      cents: fc.integer({ min: -2_000, max: 25_000 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 0, max: 700 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.constant(20_000) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('failed' as const, 'recharge' as const, 'jump-back' as const),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('person' as const),
      deed: fc.nat(6),
      by: fc.constantFrom(alice ?? '', bob ?? ''),
    }),
  },
);
const walks = fc.array(step, { minLength: 5, maxLength: 60 });

/** Takes each step, looks at the clock, and calls back. */
function walk(steps: readonly Step[], look: (incidents: Incidents) => void = () => {}): Incidents {
  const incidents = new Incidents();
  for (const [index, one] of steps.entries()) {
    take(incidents, one, index);
    look(incidents);
    incidents.tick();
    look(incidents);
  }
  return incidents;
}

function take(incidents: Incidents, one: Step, index: number): void {
  switch (one.kind) {
    case 'balance':
      incidents.observe(balanceOf(microUnitsToDecimal(BigInt(one.cents) * 10_000n, 2)));
      break;
    case 'wait':
      incidents.afterMinutes(one.minutes);
      break;
    case 'jump-back':
      incidents.afterMinutes(-90);
      break;
    case 'failed':
      incidents.observe(failedAt(incidents.at));
      break;
    case 'recharge':
      incidents.observe(rechargeOf(`recharge-${index}`, incidents.at));
      break;
    case 'person': {
      const [live] = [...incidents.state.episodes.values()].filter(isLive);
      // A refusal is as good as a deed here.
      if (live !== undefined) incidents.refusalOf(deedOf(one, live.id, incidents.at));
      break;
    }
  }
}

function deedOf({ deed, by }: Extract<Step, { kind: 'person' }>, episode: string, at: number): AlertCommand {
  const other = by === alice ? (bob ?? '') : (alice ?? '');
  const deeds: readonly AlertCommand[] = [
    { type: 'acknowledge', episode, by },
    { type: 'take', episode, by },
    { type: 'offerHandover', episode, by, to: other },
    { type: 'mute', episode, by, reason: 'known', until: at + 2 * dayMs },
    { type: 'close', episode, by },
    { type: 'confirmRecharge', episode, by },
    { type: 'reportFailure', episode, by, reason: null },
  ];
  return deeds[deed] ?? { type: 'tick' };
}

function byEpisode(log: readonly EpisodeEvent[]): readonly (readonly EpisodeEvent[])[] {
  return [...new Set(log.map(({ episode }) => episode))].map((id) =>
    log.filter(({ episode }) => episode === id),
  );
}

describe('whatever the balance does, and whatever people do', () => {
  const always = (property: (steps: readonly Step[]) => void, numRuns = 500): void =>
    fc.assert(fc.property(walks, property), { numRuns });

  it('each level fires once in an episode', () => {
    always((steps) => {
      for (const events of byEpisode(walk(steps).log)) {
        const fired = events.flatMap((event) =>
          event.type === 'opened' || event.type === 'worsened' ? event.levels : [],
        );
        assert.equal(new Set(fired).size, fired.length, fired.join());
      }
    });
  });

  it('an episode ends at most once, and has one beginning', () => {
    always((steps) => {
      for (const events of byEpisode(walk(steps).log)) {
        assert.equal(events.filter(({ type }) => type === 'opened').length, 1);
        assert.ok(events.filter(({ type }) => type === 'resolved').length <= 1);
      }
    });
  });

  it('nothing speaks up after its end', () => {
    always((steps) => {
      const ended = new Set<string>();
      for (const { episode, mode, audience } of walk(steps).said) {
        const heard = `${episode} by ${audience.kind}`;
        if (mode !== 'edit') assert.ok(!ended.has(heard), `${heard} spoke after its end`);
        if (mode === 'final') ended.add(heard);
      }
    });
  });

  it('every message has a key of its own', () => {
    always((steps) => {
      const keys = walk(steps).said.map(({ key }) => key);
      assert.equal(new Set(keys).size, keys.length);
    });
  });

  it('what is silenced says nothing new while what silences it lasts', () => {
    always((steps) => {
      let heard = 0;
      walk(steps, (incidents) => {
        const live = [...incidents.state.episodes.values()].filter(isLive);
        const quiet = new Set(
          live.flatMap(({ kind }) =>
            inhibitions.filter((pair) => pair.while === kind).flatMap((pair) => pair.quiet),
          ),
        );
        for (const notice of incidents.said.slice(heard)) {
          const kind = live.find(({ id }) => id === notice.episode)?.kind;
          // Whom it is offered to, is asked by a person and not by the incident.
          const speaksUp = notice.mode === 'new' && notice.audience.kind !== 'people';
          if (speaksUp && kind !== undefined) assert.ok(!quiet.has(kind), `${kind} spoke`);
        }
        heard = incidents.said.length;
      });
    });
  });

  it('a mute is over once its time has come', () => {
    always((steps) => {
      walk(steps, (incidents) => {
        for (const { mute, id } of incidents.state.episodes.values()) {
          if (mute === null || incidents.at < mute.until) continue;
          incidents.tick();
          const after = [...incidents.state.episodes.values()].find((episode) => episode.id === id);
          assert.equal(after?.mute ?? null, null);
        }
      });
    });
  });

  it('zero and a failed recharge are muted by two', () => {
    always((steps) => {
      for (const event of walk(steps).log) {
        if (event.type !== 'muted' || !/^(?:balance-zero|recharge-failed)/.test(event.episode)) continue;
        assert.notEqual(event.confirmedBy, null);
        assert.notEqual(event.confirmedBy, event.mute.by);
      }
    });
  });

  it('a balance at zero or below is an incident that lives', () => {
    always((steps) => {
      walk(steps, ({ state }) => {
        for (const { balance } of state.watches.values()) {
          const zero = state.episodes.get('balance-zero:USD');
          if (balance !== null && balance <= 0n) assert.ok(zero !== undefined && isLive(zero));
        }
      });
    });
  });

  it('all ends once all is well for long enough', () => {
    always((steps) => {
      const incidents = walk(steps);
      incidents.after(3 * dayMs);
      incidents.observe(rechargeOf('last', incidents.at), balanceOf('5000'));
      incidents.after(3 * dayMs).tick();
      incidents.after(30 * minuteMs).tick();
      assert.deepEqual([...incidents.state.episodes.values()].filter(isLive), []);
    });
  });

  it('the same signal and the same moment again change nothing', () => {
    always((steps) => {
      const incidents = walk(steps);
      incidents.observe(balanceOf('70'));
      incidents.tick();
      const before = incidents.log.length;
      incidents.observe(balanceOf('70'));
      incidents.tick();
      assert.equal(incidents.log.length, before);
    });
  });

  it('the log alone tells each episode as the state has it, and its summary', () => {
    always((steps) => {
      const incidents = walk(steps);
      for (const events of byEpisode(incidents.log)) {
        assert.deepEqual(
          events.map(({ number }) => number),
          events.map((_, index) => index + 1),
        );
        const told = replayed(events);
        const kept = [...incidents.state.episodes.values()].find(({ id }) => id === told?.id);
        if (kept !== undefined) assert.deepEqual(told, kept);
        assert.equal(incidentSummary(events)?.resolvedAt, told?.resolved?.at ?? null);
      }
    });
  });

  it('state and events are read back as they were stored', () => {
    always((steps) => {
      const { state, log } = walk(steps);
      assert.deepEqual(readAlerts(throughJson(storeAlerts(state))), state);
      for (const event of log)
        assert.deepEqual(readEpisodeEvent(throughJson(storeEpisodeEvent(event))), event);
    }, 100);
  });

  it('nothing happens before the next due time', () => {
    always((steps) => {
      const incidents = walk(steps);
      incidents.tick();
      const due = nextDue(incidents.state);
      const before = incidents.log.length;
      const wait = due === null ? dayMs : Math.max(0, due - incidents.at - 1);
      incidents.after(wait).tick();
      const happened = incidents.log.slice(before).filter(({ type }) => type !== 'updated');
      assert.deepEqual(happened, []);
    });
  });
});

function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
