import assert from 'node:assert/strict';
import { nextDue } from '../../src/approvals/passing.ts';
import { topUp } from '../../src/approvals/top-up.ts';
import type { TopUp } from '../../src/approvals/top-up-state.ts';
import { dayMs, hourMs } from '../../src/decision/time.ts';
import {
  accept,
  actor,
  approve,
  bought,
  day,
  grace,
  having,
  ingrid,
  marcus,
  seoyeon,
  start,
  submitted,
} from './builders.ts';

/** Hours after the start, and what happens by itself until nothing does. */
function timeline(state: TopUp): readonly string[] {
  const told: string[] = [];
  let present = state;
  for (let due = nextDue(present); due !== null; due = nextDue(present)) {
    const { events } = accept(present, { type: 'passTime' }, due);
    assert.ok(events.length > 0, 'what is due does something');
    present = having(present, [{ type: 'passTime' }], due);
    told.push(`${(due - start) / hourMs} ${events.map(({ type }) => type).join(' ')}`);
  }
  return told;
}

describe('what the passing of time does', () => {
  const approved = having(submitted('200'), [approve(actor(marcus))]);
  const forced = having(submitted('200'), [{ type: 'override', by: actor(grace), balance: 0n, revision: 1 }]);
  const rows: readonly (readonly [sentence: string, state: TopUp, told: readonly string[]])[] = [
    [
      'reminds of a request each day until it expires',
      submitted('200'),
      ['24 reminded', '48 reminded', '72 expired'],
    ],
    [
      'reminds more often where the money is needed soon, and not without end',
      submitted('200', { neededBy: day('2026-11-25') }),
      ['4 reminded', '8 reminded', '12 reminded', '72 expired'],
    ],
    ['reminds of a purchase half-way, and lets it lapse', approved, ['24 reminded', '48 lapsed']],
    [
      'opens a purchase again that nobody saw, and reminds of it',
      having(approved, [bought(actor(seoyeon), '200')]),
      ['24 reopened', '48 reminded', '72 reminded', '96 reminded'],
    ],
    ['flags what nobody looked at', forced, ['24 reminded', '48 lapsed', '72 flagged']],
    [
      'does nothing once it is proven',
      having(approved, [bought(actor(seoyeon), '200'), { type: 'prove', by: null }]),
      [],
    ],
  ];
  for (const [sentence, state, told] of rows) {
    it(sentence, () => assert.deepEqual(timeline(state), told));
  }

  it('does nothing before its time', () => {
    const state = submitted('200');
    assert.deepEqual(accept(state, { type: 'passTime' }, (nextDue(state) ?? 0) - 1).events, []);
  });
});

describe('a request whose approvers are gone', () => {
  const state = submitted('1000');
  const reroute = (from: TopUp, ...possible: readonly (typeof grace)[]) =>
    accept(from, { type: 'reroute', possible: possible.map((who) => actor(who)) }).events;

  it('stays as it is while one is left', () => {
    assert.deepEqual(reroute(state, grace, seoyeon), []);
  });

  it('goes to the stand-ins, and says that there are enough', () => {
    const [event] = reroute(state, grace, marcus);
    assert.equal(event?.type === 'rerouted' && event.enough, true);
    const next = having(state, [{ type: 'reroute', possible: [actor(marcus)] }]);
    assert.equal(having(next, [approve(actor(marcus))]).status, 'approved');
  });

  it('says once that nobody is left', () => {
    const [event] = reroute(state, grace, ingrid);
    assert.equal(event?.type === 'rerouted' && event.enough, false);
    const next = having(state, [{ type: 'reroute', possible: [] }]);
    assert.deepEqual(reroute(next, grace), []);
  });

  it('counts who approved already, though the role is gone', () => {
    const half = having(submitted('2500'), [approve(actor(seoyeon))]);
    assert.deepEqual(reroute(half, grace, marcus), []);
  });

  it('is left alone once it is approved', () => {
    const approved = having(submitted('200'), [approve(actor(marcus))]);
    const decision = topUp.decide(approved, { type: 'reroute', possible: [] }, start + dayMs);
    assert.equal(decision.kind, 'refused');
  });
});
