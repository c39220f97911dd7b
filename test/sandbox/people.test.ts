import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type SandboxPerson, sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';

const roles = {
  billing: 'b0f54661-2d74-4c50-afa3-1ec803f12efe',
  global: '62e90394-69f5-4237-9190-012177145e10',
  teams: '69091246-20e8-4a56-aa4d-066075b2a7a8',
  teamsCommunications: 'baf37b3a-610e-45da-9e62-d9d1e5e8914b',
};

function holding(role: string): (person: SandboxPerson) => boolean {
  return (person) => person.via === undefined && person.roles.includes(role);
}

describe('people of the sandbox', () => {
  const cases: readonly [sentence: string, is: (person: SandboxPerson) => boolean, atLeast: number][] = [
    ['two Billing Administrators hold their role directly', holding(roles.billing), 2],
    ['there is a Global Administrator', holding(roles.global), 1],
    ['there is a Teams Administrator', holding(roles.teams), 1],
    ['there is a Teams Communications Administrator', holding(roles.teamsCommunications), 1],
    ['somebody holds a role through a group', ({ via }) => via === 'group', 1],
    ['somebody is only eligible for a role', ({ via }) => via === 'eligible', 1],
    ['a guest holds a role', ({ via, roles: held }) => via === 'guest' && held.length > 0, 1],
    ['a disabled account holds a role', ({ via, roles: held }) => via === 'disabled' && held.length > 0, 1],
    ['somebody holds no role', ({ roles: held }) => held.length === 0, 1],
    ['several people read Korean', ({ locale }) => locale === 'ko-KR', 3],
  ];
  for (const [sentence, is, atLeast] of cases) {
    it(sentence, () => {
      assert.ok(sandboxPeople.filter(is).length >= atLeast);
    });
  }

  it('nobody is there twice', () => {
    assert.equal(new Set(sandboxPeople.map(({ id }) => id)).size, sandboxPeople.length);
    assert.equal(
      new Set(sandboxPeople.map(({ userPrincipalName }) => userPrincipalName)).size,
      sandboxPeople.length,
    );
  });

  it('the file has the fields of the contract and no others', () => {
    const text = readFileSync(new URL('../../src/sandbox/people.json', import.meta.url), 'utf8');
    const people: unknown = JSON.parse(text);
    assert.ok(Array.isArray(people));
    const names = new Set(people.flatMap((person: object) => Object.keys(person)));
    assert.deepEqual(
      [...names].sort(),
      ['displayName', 'id', 'locale', 'roles', 'timeZone', 'userPrincipalName', 'via'].sort(),
    );
  });

  it('the tenant has an id and a currency', () => {
    assert.match(sandboxTenant.id, /^[0-9a-f-]{36}$/);
    assert.equal(sandboxTenant.currency, 'USD');
  });
});
