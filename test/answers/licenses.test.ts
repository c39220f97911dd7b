import assert from 'node:assert/strict';
import { licenses } from '../../src/answers/licenses.ts';
import type { Day } from '../../src/decision/time.ts';
import type { LicensedPerson } from '../../src/people/licensed-person.ts';

const person = (id: string, told: Partial<LicensedPerson> = {}): LicensedPerson => ({
  id,
  displayName: id,
  userPrincipalName: `${id}@example.com`,
  mail: `${id}@example.com`,
  enabled: true,
  guest: false,
  servicePlans: new Set(),
  usageLocation: null,
  ...told,
});
const noMinutes = { firstDay: '2026-11-01' as Day, pools: [], reportedUntil: null };
const plans = (...names: readonly string[]) => ({ servicePlans: new Set(names) });
const lackingOf = (people: readonly LicensedPerson[], calls: Readonly<Record<string, number>> = {}) =>
  licenses(
    { credits: null, bought: new Map(), people },
    { about: 'people', calls: new Map(Object.entries(calls)), days: 90, minutes: noMinutes },
  );

describe('whoever lacks the Communications Credits licence', () => {
  it('had calls that credits paid for, or has a plan beside which the licence is wanted', () => {
    const { people } = lackingOf(
      [
        person('Caller'),
        person('Planner', plans('MCOPSTN1')),
        person('Phone alone', plans('MCOEV')),
        person('Holder', plans('MCOMEETADV', 'MCOPSTNC')),
      ],
      { caller: 3, Holder: 5 },
    );
    assert.deepEqual(people, [
      { displayName: 'Caller', calls: 3, beside: null },
      { displayName: 'Planner', calls: 0, beside: 'MCOPSTN1' },
    ]);
  });

  it('is neither a guest nor somebody whose sign-in is blocked', () => {
    const some = { guest: true, ...plans('MCOMEETADV') };
    const { lacking } = lackingOf([
      person('a', some),
      person('b', { ...some, guest: false, enabled: false }),
    ]);
    assert.equal(lacking, 0);
  });

  it('is found by the principal name where the report tells no id', () => {
    const { people } = lackingOf([person('a')], { 'A@Example.com': 2 });
    assert.equal(people[0]?.calls, 2);
  });

  it('is named among the first ten, and counted beyond them', () => {
    const many = Array.from({ length: 13 }, (_, index) => person(`p${index}`, plans('MCOMEETADV')));
    const answer = lackingOf(many, { p12: 1 });
    assert.deepEqual([answer.lacking, answer.people.length, answer.more], [13, 10, 3]);
    assert.equal(answer.people[0]?.displayName, 'p12');
  });
});
