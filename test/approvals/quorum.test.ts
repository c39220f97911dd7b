import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Seat } from '../../src/approvals/policy.ts';
import {
  type Candidate,
  filledSeats,
  fits,
  isQuorum,
  openSeats,
  type Person,
} from '../../src/approvals/quorum.ts';
import { grace, ingrid, jihoon, marcus, seoyeon } from './builders.ts';

const people = [grace, seoyeon, marcus, jihoon, ingrid];
const roles = ['billing', 'global', 'teams'];

const seatOf = (...held: readonly string[]): Seat => ({ roles: held, people: [] });
const holding = (person: Person, ...held: readonly string[]): Candidate => ({
  person,
  rights: [{ of: person, roles: held }],
});

/** The most seats that people can fill, by trying everything: each takes one seat by one unused right, or none. */
function mostFilled(
  seats: readonly Seat[],
  [first, ...others]: readonly Candidate[],
  usedRights: readonly string[] = [],
): number {
  if (first === undefined) return 0;
  let most = mostFilled(seats, others, usedRights);
  for (const right of first.rights) {
    if (usedRights.includes(right.of.id)) continue;
    for (const [index, seat] of seats.entries()) {
      if (!fits(seat, right)) continue;
      const left = seats.filter((_, other) => other !== index);
      most = Math.max(most, 1 + mostFilled(left, others, [...usedRights, right.of.id]));
    }
  }
  return most;
}

const seatArbitrary: fc.Arbitrary<Seat> = fc.record({
  roles: fc.uniqueArray(fc.constantFrom(...roles), { maxLength: 2 }),
  people: fc.uniqueArray(fc.constantFrom(...people.map(({ id }) => id)), { maxLength: 2 }),
});
const heldBy = fc.array(fc.uniqueArray(fc.constantFrom(...roles), { maxLength: 2 }), {
  minLength: people.length,
  maxLength: people.length,
});
/** People in some order, each with their own right and that of up to two others. */
const candidatesArbitrary = fc
  .record({
    held: heldBy,
    order: fc.shuffledSubarray(people, { minLength: 0 }),
    absent: fc.array(fc.uniqueArray(fc.constantFrom(...people), { maxLength: 2 }), {
      minLength: people.length,
      maxLength: people.length,
    }),
  })
  .map(({ held, order, absent }): readonly Candidate[] => {
    const right = (of: Person) => ({ of, roles: held[people.indexOf(of)] ?? [] });
    return order.map((person) => ({
      person,
      rights: [...new Set([person, ...(absent[people.indexOf(person)] ?? [])])].map(right),
    }));
  });
const situation = fc.record({
  seats: fc.array(seatArbitrary, { minLength: 1, maxLength: 4 }),
  candidates: candidatesArbitrary,
});

describe('a quorum', () => {
  it('is met by two people in either order, though one of them fits both seats', () => {
    const seats = [seatOf('billing'), seatOf('billing', 'global')];
    const two = [holding(seoyeon, 'billing'), holding(marcus, 'global')];
    assert.equal(isQuorum(seats, two), true);
    assert.equal(isQuorum(seats, [...two].reverse()), true);
    assert.deepEqual(openSeats(seats, two.slice(1)), [seatOf('billing')]);
  });

  it('counts one person once, whatever roles they hold', () => {
    const seats = [seatOf('billing'), seatOf('global')];
    assert.equal(isQuorum(seats, [holding(seoyeon, 'billing', 'global')]), false);
  });

  it('counts an absent person once, however many act for them', () => {
    const seats = [seatOf('billing'), seatOf('billing')];
    const forGrace = (person: Person): Candidate => ({ person, rights: [{ of: grace, roles: ['billing'] }] });
    assert.equal(isQuorum(seats, [forGrace(jihoon), forGrace(ingrid)]), false);
    assert.equal(isQuorum(seats, [forGrace(jihoon), holding(grace, 'billing')]), false);
    assert.equal(isQuorum(seats, [forGrace(jihoon), holding(seoyeon, 'billing')]), true);
  });

  it('fills as many seats as any assignment can', () => {
    fc.assert(
      fc.property(situation, ({ seats, candidates }) => {
        const filled = filledSeats(seats, candidates).filter((seat) => seat).length;
        assert.equal(filled, mostFilled(seats, candidates));
      }),
      { numRuns: 2_000 },
    );
  });

  it('passes with any sufficient set in any order, where approvals that fill no further seat are turned away', () => {
    fc.assert(
      fc.property(situation, ({ seats, candidates }) => {
        fc.pre(isQuorum(seats, candidates));
        let kept: readonly Candidate[] = [];
        for (const candidate of candidates) {
          const more = [...kept, candidate];
          if (mostFilled(seats, more) > mostFilled(seats, kept)) kept = more;
        }
        assert.equal(isQuorum(seats, kept), true);
      }),
      { numRuns: 2_000 },
    );
  });
});
