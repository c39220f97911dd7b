import assert from 'node:assert/strict';
import fc from 'fast-check';
import { whoIsNotified as answerOf } from '../../src/answers/who-is-notified.ts';
import { recipients } from '../../src/people/recipients.ts';
import { notifiedRoles, selectableRoles } from '../../src/people/role-catalogue.ts';
import { defaultChoice } from '../../src/people/role-choice.ts';
import type { RoleHolder, RoleHoldings } from '../../src/people/role-holder.ts';

const billing = 'b0f54661-2d74-4c50-afa3-1ec803f12efe';
const global = '62e90394-69f5-4237-9190-012177145e10';
const joinedDevice = '9f06204d-73c1-4d4c-880a-6edb90606fd8';
const telephony = 'aa38014f-0993-46e9-9b45-30501a20909d';
const unit = '/administrativeUnits/7f2b9c14-d06e-4b85-93a1-5e8d40c7f612';

function holder(number: number, told: Partial<RoleHolder> = {}): RoleHolder {
  return {
    person: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}` as RoleHolder['person'],
    displayName: `Person ${String(number).padStart(2, '0')}`,
    enabled: true,
    guest: false,
    how: 'direct',
    scope: '/',
    until: null,
    ...told,
  };
}

function holdings(roles: Readonly<Record<string, readonly RoleHolder[]>>): RoleHoldings {
  return { readAt: 7, eligibleKnown: true, holders: new Map(Object.entries(roles)) };
}

/** Everybody has a chat with the bot, unless a case says otherwise. */
const chats = new Map(
  Array.from({ length: 20 }, (_, number) => [`${holder(number).person}`, { refused: null }]),
);
const whoIsNotified = (held: RoleHoldings, chosen: ReadonlySet<string>) => answerOf(held, chosen, chats);

const namesOf = (list: { readonly holders: readonly { readonly displayName: string }[] } | undefined) =>
  list?.holders.map(({ displayName }) => displayName);

describe('who is notified', () => {
  it('has the active, those who may activate and those of a part apart, and counts the first alone', () => {
    const told = whoIsNotified(
      holdings({
        [billing]: [
          holder(1),
          holder(2, { how: 'eligible' }),
          holder(3, { scope: unit }),
          holder(4, { guest: true }),
          holder(5, { how: 'activated', until: 9 }),
          holder(6, { how: 'eligible', scope: unit }),
        ],
      }),
      defaultChoice,
    );
    const [role] = told.roles;
    assert.deepEqual(namesOf(role?.active), ['Person 01', 'Person 05', 'Person 04']);
    assert.deepEqual(namesOf(role?.eligible), ['Person 02']);
    assert.deepEqual(namesOf(role?.part), ['Person 03', 'Person 06']);
    assert.equal(role?.active.holders[1]?.until, 9);
    assert.equal(role?.active.holders[2]?.obstacle, 'guest');
    assert.deepEqual([told.people, told.asOf], [2, 7]);
  });

  it('counts somebody with several roles once, and nobody of a role that is left out', () => {
    const held = holdings({ [billing]: [holder(1)], [global]: [holder(1)], [joinedDevice]: [holder(2)] });
    assert.equal(whoIsNotified(held, defaultChoice).people, 1);
    assert.equal(whoIsNotified(held, new Set([joinedDevice])).people, 1);
    assert.equal(whoIsNotified(held, new Set([joinedDevice, billing])).people, 2);
  });

  it("shows all of Microsoft's roles, and beside them those that were chosen", () => {
    const everybody = holdings(
      Object.fromEntries(selectableRoles.map((role, index) => [role, [holder(index)]])),
    );
    const usual = whoIsNotified(everybody, defaultChoice).roles;
    assert.deepEqual(
      usual.map(({ role }) => role),
      notifiedRoles,
    );
    assert.deepEqual(
      usual.filter(({ chosen }) => !chosen).map(({ role }) => role),
      [joinedDevice],
    );
    const added = whoIsNotified(everybody, new Set([...defaultChoice, telephony])).roles;
    assert.deepEqual(
      added.filter(({ mailed }) => !mailed).map(({ role, chosen }) => [role, chosen]),
      [[telephony, true]],
    );
  });

  it('names a few, fewer of those who do not count, and tells how many more there are', () => {
    const many = Array.from({ length: 9 }, (_, index) => holder(index));
    const eligible = many.map((each) => ({ ...each, how: 'eligible' as const }));
    const [asActive] = whoIsNotified(holdings({ [billing]: many }), defaultChoice).roles;
    const [asEligible] = whoIsNotified(holdings({ [billing]: eligible }), defaultChoice).roles;
    assert.deepEqual([asActive?.active.holders.length, asActive?.active.more], [6, 3]);
    assert.deepEqual([asEligible?.eligible.holders.length, asEligible?.eligible.more], [3, 6]);
  });

  it('tells of each who is told whether a message arrives, and why not, and counts them', () => {
    const known = new Map([
      [`${holder(1).person}`, { refused: null }],
      [`${holder(2).person}`, { refused: { why: 'blocked' } }],
      [`${holder(4).person}`, { refused: null }],
    ]);
    const people = [1, 2, 3].map((number) => holder(number));
    const held = holdings({ [billing]: [...people, holder(4, { how: 'eligible' })] });
    const told = answerOf(held, defaultChoice, known);
    assert.deepEqual(
      told.roles[0]?.active.holders.map(({ obstacle }) => obstacle),
      [null, 'blocked', 'no-chat'],
    );
    assert.deepEqual([told.people, told.reachable], [3, 1]);
    assert.equal(
      told.roles[0]?.eligible.holders[0]?.obstacle,
      null,
      'who is not told has nothing in the way',
    );
  });

  it('is told to everybody of whom a message is expected to arrive, each once, and to nobody else', () => {
    const someHolder = fc
      .record<Partial<RoleHolder>>(
        {
          enabled: fc.boolean(),
          guest: fc.boolean(),
          how: fc.constantFrom('direct', 'group', 'activated', 'eligible'),
          scope: fc.constantFrom('/', unit),
        },
        { noNullPrototype: true },
      )
      .chain((told) => fc.integer({ min: 0, max: 4 }).map((number) => holder(number, told)));
    const someRoles = fc.dictionary(fc.constantFrom(...selectableRoles), fc.array(someHolder));
    fc.assert(
      fc.property(someRoles, fc.subarray([...selectableRoles]), (roles, chosen) => {
        const held = chosen.flatMap((role) => roles[role] ?? []);
        const expected = held.filter(
          ({ enabled, guest, how, scope }) => enabled && !guest && how !== 'eligible' && scope === '/',
        );
        const people = recipients(holdings(roles), new Set(chosen)).map(({ person }) => person);
        assert.deepEqual([...people].sort(), [...new Set(expected.map(({ person }) => person))].sort());
      }),
    );
  });
});
