import assert from 'node:assert/strict';
import {
  absentFor,
  type Delegation,
  type Delegations,
  delegationId,
  delegations,
} from '../../src/approvals/delegation.ts';
import { dayMs } from '../../src/decision/time.ts';
import { grace, jihoon, marcus, seoyeon, start } from './builders.ts';

const week: Delegation = { from: grace, to: jihoon, start, end: start + 7 * dayMs, by: grace };

function decide(known: Delegations, told: Partial<Delegation>): string {
  const decision = delegations.decide(known, { type: 'delegate', delegation: { ...week, ...told } }, start);
  return decision.kind === 'refused' ? decision.refusal.code : `${decision.events.length}`;
}

describe('a delegation', () => {
  const cases: readonly (readonly [
    sentence: string,
    known: Delegations,
    told: Partial<Delegation>,
    code: string,
  ])[] = [
    ['is taken', [], {}, '1'],
    ['is not to oneself', [], { to: grace }, 'delegation-self'],
    ['does not end before it begins', [], { end: start - 1 }, 'delegation-dates'],
    ['is not over already', [], { start: start - 2 * dayMs, end: start }, 'delegation-dates'],
    ['is not for ever', [], { end: start + 91 * dayMs }, 'delegation-too-long'],
    ['is one at a time', [week], { to: marcus }, 'delegation-taken'],
    ['told again changes nothing', [week], {}, '0'],
    ['may follow another', [week], { to: marcus, start: week.end, end: week.end + dayMs }, '1'],
    ['is not to somebody who is absent too', [week], { from: seoyeon, to: grace }, 'delegation-chain'],
    ['is not passed on', [week], { from: jihoon, to: marcus }, 'delegation-chain'],
    ['to one who acts for another already is no chain', [week], { from: seoyeon, to: jihoon }, '1'],
  ];
  for (const [sentence, known, told, code] of cases) {
    it(sentence, () => assert.equal(decide(known, told), code));
  }

  it('counts from its first instant until before its last', () => {
    const at = (time: number) => absentFor([week], jihoon.id, time).map(({ name }) => name);
    assert.deepEqual(at(start - 1), []);
    assert.deepEqual(at(start), ['Grace']);
    assert.deepEqual(at(week.end - 1), ['Grace']);
    assert.deepEqual(at(week.end), []);
    assert.deepEqual(absentFor([week], grace.id, start), []);
  });

  it('is taken back alone, and once', () => {
    const other: Delegation = { ...week, from: seoyeon };
    const command = { type: 'withdraw', id: delegationId(week) } as const;
    const decision = delegations.decide([other, week], command, start);
    assert.ok(decision.kind === 'accepted');
    const left = decision.events.reduce(delegations.evolve, [other, week]);
    assert.deepEqual(left, [other]);
    for (const [known, at] of [
      [left, start],
      [[week], week.end],
    ] as const) {
      const again = delegations.decide(known, command, at);
      assert.equal(again.kind === 'refused' && again.refusal.code, 'delegation-unknown');
    }
  });

  it('is dropped once it is over', () => {
    const later: Delegation = { ...week, to: marcus, start: week.end, end: week.end + dayMs };
    const next = delegations.evolve([week], { type: 'delegated', at: week.end, delegation: later });
    assert.deepEqual(next, [later]);
  });
});
