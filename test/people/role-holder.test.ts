import assert from 'node:assert/strict';
import fc from 'fast-check';
import { holdingChanges } from '../../src/people/holding-changes.ts';
import {
  heldAt,
  onePerPerson,
  type RoleHolder,
  type RoleHoldings,
  standing,
} from '../../src/people/role-holder.ts';
import { readHoldings, storeHoldings } from '../../src/people/stored-holdings.ts';

const grace = '1cddbfb5-9c7b-48e7-9dd7-a240ed516d91' as RoleHolder['person'];
const marcus = '47c97ab3-1755-41e5-b7e9-6788ba83b873' as RoleHolder['person'];
const billing = 'b0f54661-2d74-4c50-afa3-1ec803f12efe';
const teams = '69091246-20e8-4a56-aa4d-066075b2a7a8';
const unit = '/administrativeUnits/7f2b9c14-d06e-4b85-93a1-5e8d40c7f612';

function holder(told: Partial<RoleHolder> = {}): RoleHolder {
  return {
    person: grace,
    displayName: 'Grace Whitfield',
    enabled: true,
    guest: false,
    how: 'direct',
    scope: '/',
    until: null,
    ...told,
  };
}

function holdings(
  roles: Readonly<Record<string, readonly RoleHolder[]>>,
  told: Partial<RoleHoldings> = {},
): RoleHoldings {
  return { readAt: 0, eligibleKnown: true, holders: new Map(Object.entries(roles)), ...told };
}

describe('what a hold comes to', () => {
  const cases: readonly (readonly [sentence: string, Partial<RoleHolder>, ReturnType<typeof standing>])[] = [
    ['held directly', {}, 'active'],
    ['held through a group', { how: 'group' }, 'active'],
    ['activated for a time', { how: 'activated', until: 1 }, 'active'],
    ['only eligible', { how: 'eligible' }, 'eligible'],
    ['for an administrative unit', { scope: unit }, 'part'],
    ['eligible for an administrative unit', { how: 'eligible', scope: unit }, 'part'],
    ['by a guest', { guest: true }, 'guest'],
    ['by an account that is switched off', { enabled: false }, 'disabled'],
    ['by a guest who is switched off', { guest: true, enabled: false }, 'disabled'],
  ];
  for (const [sentence, told, expected] of cases) {
    it(`${sentence}: ${expected}`, () => assert.equal(standing(holder(told)), expected));
  }

  it('is active for no one but an enabled member whose hold is active in the whole tenant', () => {
    fc.assert(
      fc.property(someHolder, (held) => {
        const isActive = held.enabled && !held.guest && held.how !== 'eligible' && held.scope === '/';
        assert.equal(standing(held) === 'active', isActive);
      }),
    );
  });
});

const someHolder = fc.record<RoleHolder>(
  {
    person: fc.constantFrom(grace, marcus),
    displayName: fc.string(),
    enabled: fc.boolean(),
    guest: fc.boolean(),
    how: fc.constantFrom('direct', 'group', 'activated', 'eligible'),
    scope: fc.constantFrom('/', unit),
    until: fc.option(fc.integer({ min: 0 })),
  },
  { noNullPrototype: true },
);

describe('holding a role twice', () => {
  const byWorth: readonly Partial<RoleHolder>[] = [
    { how: 'direct' },
    { how: 'group' },
    { how: 'activated' },
    { how: 'eligible' },
    { how: 'direct', scope: unit },
    { how: 'group', scope: unit },
    { how: 'activated', scope: unit },
    { how: 'eligible', scope: unit },
  ];

  it('counts by the hold that gives most, in whatever order they are told', () => {
    for (const [place, better] of byWorth.entries()) {
      for (const worse of byWorth.slice(place + 1)) {
        for (const told of [
          [better, worse],
          [worse, better],
        ]) {
          assert.deepEqual(onePerPerson(told.map(holder)), [holder(better)]);
        }
      }
    }
  });

  it('is one holder a person', () => {
    fc.assert(
      fc.property(fc.array(someHolder), (held) => {
        const people = onePerPerson(held).map(({ person }) => person);
        assert.deepEqual(people, [...new Set(held.map(({ person }) => person))]);
      }),
    );
  });
});

describe('what is left of a reading later', () => {
  const cases: readonly (readonly [sentence: string, Partial<RoleHolder>, Partial<RoleHolder> | null])[] = [
    ['a hold without an end', {}, {}],
    ['a hold that ends later', { until: 11 }, { until: 11 }],
    ['nothing of a hold that ended', { until: 10 }, null],
    ['nothing of an eligibility that ended', { how: 'eligible', until: 10 }, null],
    ['an activated role', { how: 'activated', until: 11 }, { how: 'activated', until: 11 }],
    ['the eligibility of one whose activation ended', { how: 'activated', until: 10 }, { how: 'eligible' }],
  ];
  for (const [sentence, told, left] of cases) {
    it(`is ${sentence}`, () => {
      const held = heldAt(holdings({ [billing]: [holder(told)] }), 10).holders.get(billing);
      assert.deepEqual(held, left === null ? [] : [holder(left)]);
    });
  }
});

describe('what changed between two readings', () => {
  const cases: readonly (readonly [
    sentence: string,
    before: RoleHoldings,
    after: RoleHoldings,
    changes: readonly unknown[],
  ])[] = [
    ['nothing', holdings({ [billing]: [holder()] }), holdings({ [billing]: [holder()] }), []],
    [
      'a role gained',
      holdings({ [billing]: [] }),
      holdings({ [billing]: [holder()] }),
      [{ role: billing, person: grace, before: null, after: 'active' }],
    ],
    [
      'a role lost',
      holdings({ [billing]: [holder()] }),
      holdings({ [billing]: [] }),
      [{ role: billing, person: grace, before: 'active', after: null }],
    ],
    [
      'a role activated',
      holdings({ [billing]: [holder({ how: 'eligible' })] }),
      holdings({ [billing]: [holder({ how: 'activated' })] }),
      [{ role: billing, person: grace, before: 'eligible', after: 'active' }],
    ],
    [
      'an account switched off',
      holdings({ [billing]: [holder()] }),
      holdings({ [billing]: [holder({ enabled: false })] }),
      [{ role: billing, person: grace, before: 'active', after: 'disabled' }],
    ],
    [
      'the same role by another way, which is no change',
      holdings({ [billing]: [holder()] }),
      holdings({ [billing]: [holder({ how: 'group' })] }),
      [],
    ],
    [
      'two people in two roles, by role and person',
      holdings({ [teams]: [holder()], [billing]: [holder()] }),
      holdings({ [teams]: [holder({ person: marcus })], [billing]: [] }),
      [
        { role: teams, person: grace, before: 'active', after: null },
        { role: teams, person: marcus, before: null, after: 'active' },
        { role: billing, person: grace, before: 'active', after: null },
      ],
    ],
    [
      'a role that was not read before, which is no change',
      holdings({}),
      holdings({ [billing]: [holder()] }),
      [],
    ],
    [
      'those who are eligible where one reading could not tell, which is no change',
      holdings({ [billing]: [holder({ how: 'eligible' })] }),
      holdings({ [billing]: [] }, { eligibleKnown: false }),
      [],
    ],
  ];
  for (const [sentence, before, after, changes] of cases) {
    it(`is ${sentence}`, () => assert.deepEqual(holdingChanges(before, after), changes));
  }

  it('is nothing between a reading and itself as it was stored', () => {
    const some = fc.array(someHolder).map(onePerPerson);
    fc.assert(
      fc.property(fc.record({ [billing]: some, [teams]: some }), fc.boolean(), (roles, eligibleKnown) => {
        const read = holdings(roles, { eligibleKnown, readAt: 7 });
        const stored = readHoldings(JSON.parse(JSON.stringify(storeHoldings(read))));
        assert.deepEqual(stored, read);
        assert.deepEqual(holdingChanges(read, stored), []);
      }),
    );
  });
});

it('holdings of the first stored shape are read', () => {
  const stored = {
    v: 1,
    readAt: 1_764_000_000_000,
    eligibleKnown: false,
    roles: { [billing]: [{ ...holder({ how: 'activated', until: 1_764_000_100_000 }) }] },
  };
  assert.deepEqual(
    readHoldings(stored),
    holdings(
      { [billing]: [holder({ how: 'activated', until: 1_764_000_100_000 })] },
      { readAt: 1_764_000_000_000, eligibleKnown: false },
    ),
  );
  assert.throws(() => readHoldings({ ...stored, v: 2 }));
});
