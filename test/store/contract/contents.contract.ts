import assert from 'node:assert/strict';
import { account, batches, type ContractSubject, oneOfEach, row } from './contract-subject.ts';

export function contentsContract(subject: ContractSubject): void {
  describe('contents', () => {
    it('are told by their names, what waits to be sent apart', async () => {
      await subject.store.commit(
        subject.change({
          heads: [account(0, 'state')],
          ...oneOfEach,
          idempotency: { key: 'tap:1', digest: 'd', outcome: null },
        }),
      );
      await subject.store.commit(
        subject.change({ records: Array.from({ length: 100 }, (_, index) => row(index)) }),
      );
      assert.deepEqual(await subject.store.names(subject.tenant), {
        logs: ['l'],
        tables: ['rows'],
        models: ['m'],
        indexes: ['i'],
        answers: ['tap:1'],
      });
    });

    it('are told by names that hold colons', async () => {
      await subject.store.commit(
        subject.change({
          events: [{ log: 'ledger:USD', event: 1 }],
          counts: [{ model: 'usage:USD:day-user', field: 'f', by: 1n }],
          records: [{ table: 'a:b', id: 'c:d', value: 1 }],
          members: [{ index: 'rows:2026-10-01', score: 1, member: 'm' }],
        }),
      );
      const { logs, models, tables, indexes } = await subject.store.names(subject.tenant);
      assert.deepEqual(
        [logs, models, tables, indexes],
        [['ledger:USD'], ['usage:USD:day-user'], ['a:b'], ['rows:2026-10-01']],
      );
    });

    it('of a tenant that nothing is known of are none', async () => {
      const none = { logs: [], tables: [], models: [], indexes: [], answers: [] };
      assert.deepEqual(await subject.store.names(subject.tenant), none);
      assert.deepEqual(await batches(subject.store.scoredMembers(subject.tenant, 'i')), []);
    });

    it('have every member of an index with its score, in order', async () => {
      const members = Array.from({ length: 1_500 }, (_, index) => ({
        index: 'i',
        score: 1_790_000_000_123 + index,
        member: `m${index}`,
      }));
      await subject.store.commit(subject.change({ members }));
      assert.deepEqual(
        (await batches(subject.store.scoredMembers(subject.tenant, 'i'))).flat(),
        members.map(({ member, score }) => [member, score]),
      );
    });

    it('have what was answered to those keys that are still known', async () => {
      const idempotency = { key: 'tap:1', digest: 'd', outcome: { text: '"잔액"' } };
      await subject.store.commit(subject.change({ idempotency }));
      assert.deepEqual(await subject.store.answers(subject.tenant, ['tap:1', 'tap:2']), [idempotency]);
    });
  });

  describe('a head that is brought back', () => {
    it('has the version that it had', async () => {
      await subject.store.commit(subject.change({ heads: [{ ...account(0, 'kept'), version: 12 }] }));
      assert.deepEqual((await subject.store.heads(subject.tenant)).get('account:USD'), {
        version: 12,
        state: 'kept',
      });
      await subject.store.commit(subject.change({ heads: [account(12, 'next')] }));
      assert.equal((await subject.store.heads(subject.tenant)).get('account:USD')?.version, 13);
    });

    it('never goes back to a version', async () => {
      const head = { ...account(5, 'kept'), version: 5 };
      await assert.rejects(subject.store.commit(subject.change({ heads: [head] })), /does not follow/);
    });
  });
}
