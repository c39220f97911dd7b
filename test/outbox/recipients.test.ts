import assert from 'node:assert/strict';
import type { PersonId, TenantId } from '../../src/decision/ids.ts';
import { recipientsOf } from '../../src/outbox/recipients.ts';
import type { RoleHolder } from '../../src/people/role-holder.ts';

const tenant = '0b7a3f52-6c1d-4e8b-9f24-5d3e8a71c960' as TenantId;
const id = (digit: number) => `00000000-0000-4000-8000-00000000000${digit}` as PersonId;
const holder = (digit: number, more: Partial<RoleHolder> = {}): RoleHolder => ({
  person: id(digit),
  displayName: `Person ${digit}`,
  enabled: true,
  guest: false,
  how: 'direct',
  scope: '/',
  until: null,
  ...more,
});

describe('who is told', () => {
  const holders = new Map([
    ['billing', [holder(1), holder(2, { how: 'group' }), holder(3, { enabled: false })]],
    ['global', [holder(1), holder(4, { guest: true }), holder(5, { how: 'eligible' }), holder(6)]],
  ]);
  const ports = {
    roleDirectory: { roleHoldings: async () => ({ readAt: 0, holders, eligibleKnown: true }) },
    directory: {
      person: async (_: TenantId, person: PersonId) =>
        person === id(9)
          ? null
          : {
              id: person,
              displayName: '',
              userPrincipalName: '',
              roles: [],
              enabled: person !== id(3),
              guest: person === id(4),
            },
    },
  };

  it('is who holds one of the roles actively and can sign in, each once', async () => {
    const told = await recipientsOf(ports, tenant, { kind: 'roles', roles: ['billing', 'global', 'unheld'] });
    assert.deepEqual(told, [id(1), id(2), id(6)]);
  });

  it('is who is named and still there', async () => {
    const people = [id(1), id(3), id(4), id(9), id(1), 'nobody'];
    assert.deepEqual(await recipientsOf(ports, tenant, { kind: 'people', people }), [id(1)]);
  });

  it('is the channel', async () => {
    assert.deepEqual(await recipientsOf(ports, tenant, { kind: 'channel' }), ['channel']);
  });
});
