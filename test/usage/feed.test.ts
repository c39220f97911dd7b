import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dayMs, hourMs } from '../../src/decision/time.ts';
import {
  afterLostLink,
  afterPage,
  afterProblem,
  afterUnreadablePage,
  beginPass,
  emptyFeed,
  type FeedState,
  unreadableRange,
} from '../../src/usage/feed.ts';
import { joined, type Span, within } from '../../src/usage/span.ts';
import { readFeed, storeFeed } from '../../src/usage/stored-feed.ts';

const now = Date.parse('2026-11-24T12:00:00Z');
const lastPage = { nextLink: null, firstSeen: [] };

/** Reads the pass that is due, each range in one page. */
function readAll(state: FeedState, at: number): FeedState {
  let next: FeedState = beginPass(state, at);
  while (next.pass !== null) next = afterPage(next, lastPage);
  return next;
}

describe('feed of usage', () => {
  it('reads ninety days first, in questions that Graph answers, the latest days first', () => {
    const { pass } = beginPass(emptyFeed, now);
    assert.equal(pass.kind, 'whole');
    assert.deepEqual(
      pass.ranges.map(({ from, to }) => [(now - from) / dayMs, (now - to) / dayMs]),
      [
        [30, 0],
        [60, 30],
        [90, 60],
      ],
    );
  });

  it('reads the last 72 hours thereafter, and all again after a week', () => {
    const first = readAll(emptyFeed, now);
    const soon = beginPass(first, now + hourMs).pass;
    assert.deepEqual([soon.kind, soon.span], ['recent', { from: now - 72 * hourMs, to: now + hourMs }]);
    assert.equal(beginPass(first, now + 7 * dayMs - 1).pass.kind, 'recent');
    assert.equal(beginPass(first, now + 7 * dayMs).pass.kind, 'whole');
  });

  it('reaches back after an outage to where calls were still late then, and never beyond ninety days', () => {
    const first = { ...readAll(emptyFeed, now), wholeReadAt: now + 5 * dayMs };
    assert.equal(beginPass(first, now + 5 * dayMs).pass.span.from, now - 72 * hourMs);
    const late = { ...first, wholeReadAt: now + 100 * dayMs };
    assert.equal(beginPass(late, now + 100 * dayMs).pass.span.from, now + 10 * dayMs);
  });

  it('goes on at the page where a pass was interrupted, and begins anew once its links are old', () => {
    const begun = afterPage(beginPass(emptyFeed, now), { nextLink: 'next', firstSeen: [] });
    assert.deepEqual(beginPass(begun, now + hourMs).pass, begun.pass);
    assert.equal(beginPass(begun, now + 6 * hourMs).pass.nextLink, null);
    assert.equal(beginPass(begun, now + 6 * hourMs).pass.begunAt, now + 6 * hourMs);
  });

  it('reads a range from its beginning where its link is lost', () => {
    const begun = afterPage(beginPass(emptyFeed, now), { nextLink: 'next', firstSeen: [] });
    const { pass } = afterLostLink(begun);
    assert.deepEqual([pass?.nextLink, pass?.ranges], [null, begun.pass?.ranges]);
  });

  it('is complete as of the beginning of its pass, for calls that came during it may be missing', () => {
    const done = readAll(emptyFeed, now);
    assert.deepEqual([done.completedAt, done.wholeReadAt, done.pass], [now, now, null]);
    assert.deepEqual(done.coverage.settled, [{ from: now - 90 * dayMs, to: now - 48 * hourMs }]);
  });

  it('halves the range of a page that cannot be read, down to one hour that is left blind', () => {
    let state: FeedState = beginPass({ ...readAll(emptyFeed, now), wholeReadAt: now }, now + hourMs);
    const poison = now - 50 * hourMs;
    const givenUp: unknown[] = [];
    for (let step = 0; state.pass !== null && step < 200; step += 1) {
      const [range] = state.pass.ranges;
      assert.ok(range !== undefined);
      if (range.from <= poison && poison < range.to) {
        const { givenUp: hour } = unreadableRange(state.pass);
        if (hour !== null) givenUp.push(hour);
        state = afterUnreadablePage(state);
      } else state = afterPage(state, lastPage);
    }
    assert.equal(state.pass, null);
    assert.equal(givenUp.length, 1);
    const [hole] = givenUp as readonly { from: number; to: number }[];
    assert.ok(hole !== undefined && hole.from <= poison && poison < hole.to && hole.to - hole.from <= hourMs);
  });

  it('remembers since when it does not get on, and forgets it with the next page', () => {
    const stuck = afterProblem(afterProblem(beginPass(emptyFeed, now), 'busy', now), 'refused', now + hourMs);
    assert.deepEqual(stuck.problem, { kind: 'refused', since: now });
    assert.equal(afterPage(stuck, lastPage).problem, null);
  });

  it('learns from passes that follow each other closely, and from no first import', () => {
    const firstSeen = [now - 30 * hourMs];
    const first = afterPage(beginPass(emptyFeed, now), { nextLink: null, firstSeen });
    assert.deepEqual(first.sights.callsByLagHour, []);
    const done = readAll(emptyFeed, now);
    const soon = afterPage(beginPass(done, now + hourMs), { nextLink: null, firstSeen });
    assert.equal(soon.sights.callsByLagHour[31], 1);
    const afterOutage = afterPage(beginPass(done, now + 5 * hourMs), { nextLink: null, firstSeen });
    assert.deepEqual(afterOutage.sights.callsByLagHour, []);
  });

  it('covers each pass whatever becomes of its pages, and always comes to its end', () => {
    const steps = fc.array(fc.constantFrom(...whatHappens), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (happened) => {
        let reading: Reading = { state: beginPass(emptyFeed, now), holes: [] };
        for (const step of happened) {
          if (reading.state.pass !== null) reading = step(reading);
          assert.deepEqual(readFeed(JSON.parse(JSON.stringify(storeFeed(reading.state)))), reading.state);
        }
        while (reading.state.pass !== null) reading = toTheNextRange(reading);
        const whole = { from: now - 90 * dayMs, to: now - 48 * hourMs };
        const left = reading.holes.flatMap((hole) => within(hole, whole) ?? []);
        assert.deepEqual(joined([...reading.state.coverage.settled, ...left]), [whole]);
      }),
    );
  });
});

interface Reading {
  readonly state: FeedState;
  readonly holes: readonly Span[];
}

function toTheNextRange({ state, holes }: Reading): Reading {
  return { state: afterPage(state, lastPage), holes };
}

const whatHappens: readonly ((reading: Reading) => Reading)[] = [
  toTheNextRange,
  ({ state, holes }) => ({ state: afterPage(state, { nextLink: 'next', firstSeen: [] }), holes }),
  ({ state, holes }) => ({ state: afterLostLink(state), holes }),
  ({ state, holes }) => ({ state: afterProblem(state, 'busy', now), holes }),
  ({ state, holes }) => {
    const givenUp = state.pass === null ? null : unreadableRange(state.pass).givenUp;
    return { state: afterUnreadablePage(state), holes: givenUp === null ? holes : [...holes, givenUp] };
  },
];
