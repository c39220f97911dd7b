import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { DirectoryPerson } from '../../src/people/directory-person.ts';
import { eligibility } from '../../src/people/eligibility.ts';
import { defaultChoice } from '../../src/people/role-choice.ts';
import kept from '../../src/people/roles.json' with { type: 'json' };

interface Role {
  readonly roleTemplateId: string;
  readonly displayName: string;
}

const joinedDevice = '9f06204d-73c1-4d4c-880a-6edb90606fd8';

/** Roles as Microsoft documents them: the sixteen that are told of recharges, and related ones that are not. */
const documented = JSON.parse(readFileSync(new URL('./fixtures/roles.json', import.meta.url), 'utf8')) as {
  readonly eligible: readonly Role[];
  readonly notInSeed: readonly Role[];
};

describe('eligibility', () => {
  it('knows the sixteen roles and no other', () => {
    const ids = (roles: readonly Role[]) => roles.map(({ roleTemplateId }) => roleTemplateId).sort();
    assert.equal(kept.length, 16);
    assert.deepEqual(ids(kept), ids(documented.eligible));
  });

  for (const { roleTemplateId, displayName } of documented.eligible) {
    const isLeftOut = roleTemplateId === joinedDevice;
    it(`is ${isLeftOut ? 'not ' : ''}had by a ${displayName}`, () => {
      assert.equal(eligibility(person({ roles: [roleTemplateId] }), defaultChoice).eligible, !isLeftOut);
    });
  }

  for (const { roleTemplateId, displayName } of documented.notInSeed) {
    it(`is not had by a ${displayName}`, () => {
      assert.deepEqual(eligibility(person({ roles: [roleTemplateId] }), defaultChoice), {
        eligible: false,
        reason: 'no-role',
      });
    });
  }

  it('is had by whoever holds a role that the tenant chose, and by nobody else', () => {
    const chosen = new Set([joinedDevice]);
    assert.equal(eligibility(person({ roles: [joinedDevice] }), chosen).eligible, true);
    const others = documented.eligible.filter(({ roleTemplateId }) => roleTemplateId !== joinedDevice);
    const all = person({ roles: others.map(({ roleTemplateId }) => roleTemplateId) });
    assert.deepEqual(eligibility(all, chosen), { eligible: false, reason: 'no-role' });
  });

  const global = documented.eligible.map(({ roleTemplateId }) => roleTemplateId);
  const cases: readonly (readonly [sentence: string, who: DirectoryPerson | null, reason: string])[] = [
    ['somebody whom the directory does not know', null, 'unknown-person'],
    ['somebody without a role, such as one whose role is only eligible', person({ roles: [] }), 'no-role'],
    ['a guest with every role', person({ roles: global, guest: true }), 'guest'],
    ['a disabled account with every role', person({ roles: global, enabled: false }), 'disabled'],
    [
      'a disabled guest: the account that is switched off is told first',
      person({ guest: true, enabled: false }),
      'disabled',
    ],
    [
      'somebody with the name of a role in place of its id',
      person({ roles: ['Billing Administrator'] }),
      'no-role',
    ],
  ];
  for (const [sentence, who, reason] of cases) {
    it(`is not had by ${sentence}`, () => {
      assert.deepEqual(eligibility(who, defaultChoice), { eligible: false, reason });
    });
  }

  it('is had where one role of many is eligible', () => {
    const roles = [...documented.notInSeed, ...documented.eligible.slice(0, 1)];
    const holder = person({ roles: roles.map(({ roleTemplateId }) => roleTemplateId) });
    assert.deepEqual(eligibility(holder, defaultChoice), { eligible: true });
  });
});

function person(told: Partial<DirectoryPerson>): DirectoryPerson {
  return {
    id: '1cddbfb5-9c7b-48e7-9dd7-a240ed516d91' as DirectoryPerson['id'],
    displayName: 'Grace Whitfield',
    userPrincipalName: 'grace.whitfield@harborline.example',
    enabled: true,
    guest: false,
    roles: [],
    ...told,
  };
}
