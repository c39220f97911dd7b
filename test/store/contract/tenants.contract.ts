import assert from 'node:assert/strict';
import { freshTenant } from '../../fakes/redis.ts';
import { account, type ContractSubject, everything, keysOf, oneOfEach } from './contract-subject.ts';

export function tenantsContract(subject: ContractSubject): void {
  describe('tenants', () => {
    it('are known from their first commit on', async () => {
      assert.equal(await subject.store.knowsTenant(subject.tenant), false);
      await subject.store.commit(subject.change({ heads: [account(1, 'a conflict')] }));
      assert.equal(await subject.store.knowsTenant(subject.tenant), false);
      assert.ok(!(await subject.store.tenants()).includes(subject.tenant));

      await subject.store.commit(subject.change({ heads: [account(0, 1)] }));
      assert.equal(await subject.store.knowsTenant(subject.tenant), true);
      assert.ok((await subject.store.tenants()).includes(subject.tenant));
    });

    it('never see anything of each other', async () => {
      const idempotency = { key: 'k', digest: 'd', outcome: 'ours' };
      await subject.store.commit(subject.change({ ...oneOfEach, heads: [account(0, 1)], idempotency }));
      const stranger = freshTenant();

      assert.deepEqual(
        await everything({ store: subject.store, raw: subject.raw, tenant: stranger }),
        emptyTenant,
      );
      assert.equal(await subject.store.recall(stranger, idempotency), null);
      const theirs = {
        ...subject.change({ ...oneOfEach, heads: [account(0, 2)], idempotency }),
        tenantId: stranger,
      };
      assert.deepEqual(await subject.store.commit(theirs), { kind: 'committed' });
      assert.deepEqual((await subject.store.heads(subject.tenant)).get('account:USD'), {
        version: 1,
        state: 1,
      });
    });

    it('have all their keys under their own hash tag', async () => {
      await subject.store.commit(subject.change({ ...oneOfEach, heads: [account(0, 1)] }));
      for (const key of await keysOf(subject)) assert.ok(key.startsWith(`{${subject.tenant}}:`), key);
    });
  });
}

const emptyTenant = {
  heads: new Map(),
  log: [],
  counts: new Map(),
  records: [],
  members: [],
  outbox: [],
  keys: [],
};
