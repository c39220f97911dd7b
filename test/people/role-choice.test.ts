import assert from 'node:assert/strict';
import fc from 'fast-check';
import { notifiedRoles, roleName, selectableRole, selectableRoles } from '../../src/people/role-catalogue.ts';
import {
  type ChooseRoles,
  defaultChoice,
  type RoleChoice,
  readChoice,
  roleChoice,
  storeChoice,
} from '../../src/people/role-choice.ts';

const joinedDevice = '9f06204d-73c1-4d4c-880a-6edb90606fd8';
const telephony = 'aa38014f-0993-46e9-9b45-30501a20909d';
const billing = 'b0f54661-2d74-4c50-afa3-1ec803f12efe';

function choose(state: RoleChoice, command: Partial<ChooseRoles>) {
  const decision = roleChoice.decide(state, { add: [], remove: [], ...command }, 0);
  if (decision.kind === 'refused') return decision.refusal;
  return [...decision.events.reduce(roleChoice.evolve, state)];
}

describe('the choice of roles', () => {
  it('begins with the sixteen but the one of local administrators of computers', () => {
    assert.deepEqual(
      [...defaultChoice],
      notifiedRoles.filter((role) => role !== joinedDevice),
    );
    assert.equal(defaultChoice.size, 15);
  });

  const cases: readonly (readonly [
    sentence: string,
    state: RoleChoice,
    command: Partial<ChooseRoles>,
    outcome: unknown,
  ])[] = [
    ['adds a role by its id', new Set([billing]), { add: [telephony] }, [billing, telephony]],
    [
      'adds a role by its name, however it is written',
      new Set([billing]),
      { add: [' teams telephony ADMINISTRATOR '] },
      [billing, telephony],
    ],
    [
      'adds the role that is off at first',
      new Set([billing]),
      { add: [joinedDevice] },
      [billing, joinedDevice],
    ],
    ['removes a role', new Set([billing, telephony]), { remove: [billing] }, [telephony]],
    ['changes one for another', new Set([billing]), { add: [telephony], remove: [billing] }, [telephony]],
    [
      'leaves out what is added and removed at once',
      new Set([billing]),
      { add: [telephony], remove: [telephony] },
      [billing],
    ],
    ['comes to nothing where it stands already', new Set([billing]), { add: [billing] }, [billing]],
    [
      'comes to nothing where there is nothing to remove',
      new Set([billing]),
      { remove: [telephony] },
      [billing],
    ],
    [
      'refuses a role that there is not',
      new Set([billing]),
      { add: ['Reports Reader'] },
      { code: 'unknown-role', data: { role: 'Reports Reader' } },
    ],
    [
      'refuses to remove a role that there is not',
      new Set([billing]),
      { remove: ['f2ef992c-3afb-46b9-b7cf-a126ee74c451'] },
      { code: 'unknown-role', data: { role: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451' } },
    ],
    ['refuses to leave none', new Set([billing]), { remove: [billing] }, { code: 'no-role-left' }],
  ];
  for (const [sentence, state, command, outcome] of cases) {
    it(sentence, () => assert.deepEqual(choose(state, command), outcome));
  }

  it('never leaves none, and is read as it was stored', () => {
    const some = fc.subarray([...selectableRoles]);
    fc.assert(
      fc.property(fc.subarray([...selectableRoles], { minLength: 1 }), some, some, (state, add, remove) => {
        const decision = roleChoice.decide(new Set(state), { add, remove }, 0);
        const events = decision.kind === 'accepted' ? decision.events : [];
        const next = events.reduce(roleChoice.evolve, new Set(state));
        assert.ok(next.size > 0);
        assert.deepEqual([...readChoice(storeChoice(next))].sort(), [...next].sort());
      }),
    );
  });
});

describe('a selectable role', () => {
  it('is found by the name that it is shown with', () => {
    for (const role of selectableRoles) assert.equal(selectableRole(roleName(role)), role);
    assert.equal(selectableRole('Company Administrator'), null);
  });
});
