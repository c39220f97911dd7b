import assert from 'node:assert/strict';
import type { PersonId } from '../../src/decision/ids.ts';
import type { LicensedPerson } from '../../src/people/licensed-person.ts';
import { hasMailbox } from '../../src/people/mailbox.ts';
import { isReachable, reachState, unreached } from '../../src/people/reach.ts';
import type { RoleHolder } from '../../src/people/role-holder.ts';

const holder: RoleHolder = {
  person: '1cddbfb5-9c7b-48e7-9dd7-a240ed516d91' as PersonId,
  displayName: 'Grace Whitfield',
  enabled: true,
  guest: false,
  how: 'direct',
  scope: '/',
  until: null,
};
const chat = { refused: null };
const refused = (why: string) => ({ refused: { why } });

describe('whether somebody who holds a role can be told', () => {
  const unit = '/administrativeUnits/7f2b9c14-d06e-4b85-93a1-5e8d40c7f612';
  type Chat = Parameters<typeof reachState>[1];
  const cases: readonly [
    told: Partial<RoleHolder>,
    chat: Chat,
    state: string,
    isReached: boolean,
    isNamed: boolean,
  ][] = [
    [{}, chat, 'chat', true, false],
    [{ how: 'group' }, chat, 'chat', true, false],
    [{}, null, 'no-chat', false, true],
    [{}, refused('blocked'), 'blocked', false, true],
    [{}, refused('not-in-roster'), 'not-in-roster', false, true],
    [{}, refused('disabled-by-admin'), 'disabled-by-admin', false, true],
    [{ enabled: false }, chat, 'disabled', false, true],
    [{ guest: true }, chat, 'guest', false, true],
    [{ how: 'eligible' }, chat, 'eligible', false, false],
    [{ scope: unit }, chat, 'part', false, false],
  ];
  for (const [told, conversation, state, isReached, isNamed] of cases) {
    it(`is ${state} of ${JSON.stringify(told)} with ${JSON.stringify(conversation)}`, () => {
      const found = reachState({ ...holder, ...told }, conversation);
      assert.equal(found, state);
      const { person, displayName } = holder;
      const seen = { person, displayName, state: found, told: true, mailed: true, mailbox: null };
      assert.equal(isReachable(seen), isReached);
      assert.equal(unreached({ people: [seen] }).length === 1, isNamed);
      assert.equal(unreached({ people: [{ ...seen, told: false }] }).length, 0, 'nobody counts on them');
    });
  }
});

describe('a mailbox', () => {
  const person: LicensedPerson = {
    id: '1',
    displayName: 'Grace Whitfield',
    userPrincipalName: 'grace@harborline.example',
    mail: 'grace@harborline.example',
    enabled: true,
    guest: false,
    servicePlans: new Set(['EXCHANGE_S_ENTERPRISE']),
    usageLocation: null,
  };
  const plans = (...names: readonly string[]) => ({ servicePlans: new Set(names) });
  const cases: readonly [sentence: string, told: Partial<LicensedPerson>, mailbox: boolean | null][] = [
    ['comes with Exchange', {}, true],
    ['comes with the small plans too', plans('MCOEV', 'EXCHANGE_S_DESKLESS'), true],
    ['comes with a plan for governments', plans('EXCHANGE_S_STANDARD_GOV'), true],
    ['does not come without a plan', plans('MCOEV'), false],
    ['does not come with the foundation alone', plans('EXCHANGE_S_FOUNDATION'), false],
    ['does not come with an archive alone', plans('EXCHANGE_S_ARCHIVE_ADDON'), false],
    ['is none without an address', { mail: null }, false],
    ['of a guest is elsewhere', { guest: true }, null],
  ];
  for (const [sentence, told, mailbox] of cases) {
    it(sentence, () => assert.equal(hasMailbox({ ...person, ...told }), mailbox));
  }
});
