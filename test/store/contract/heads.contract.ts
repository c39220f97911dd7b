import assert from 'node:assert/strict';
import { account, type ContractSubject, everything, oneOfEach } from './contract-subject.ts';

export function headsContract(subject: ContractSubject): void {
  describe('heads', () => {
    it('reads back a state with the next version', async () => {
      await subject.store.commit(subject.change({ heads: [account(0, { balance: '100000000000001' })] }));
      await subject.store.commit(subject.change({ heads: [account(1, { lots: [], note: 'ü 원 "1 2"' })] }));

      assert.deepEqual(
        await subject.store.heads(subject.tenant),
        new Map([['account:USD', { version: 2, state: { lots: [], note: 'ü 원 "1 2"' } }]]),
      );
    });

    it('hands out the same head for as long as it did not change, and no longer', async () => {
      const other = (state: number, expectedVersion: number) => ({ head: 'other', expectedVersion, state });
      await subject.store.commit(subject.change({ heads: [account(0, { balance: '1' }), other(1, 0)] }));
      const first = await subject.store.heads(subject.tenant);
      await subject.store.commit(subject.change({ heads: [other(2, 1)] }));
      const second = await subject.store.heads(subject.tenant);

      assert.equal(second.get('account:USD'), first.get('account:USD'));
      assert.deepEqual(second.get('other'), { version: 2, state: 2 });
      assert.deepEqual(first.get('other'), { version: 1, state: 1 });
    });

    it('takes all heads of a change, or none of them', async () => {
      await subject.store.commit(subject.change({ heads: [account(0, 1)] }));
      const other = { head: 'account:EUR', expectedVersion: 0, state: 2 };

      assert.deepEqual(await subject.store.commit(subject.change({ heads: [other, account(0, 2)] })), {
        kind: 'conflict',
      });
      assert.deepEqual([...(await subject.store.heads(subject.tenant)).keys()], ['account:USD']);
    });

    it('lets a head go at the version that is expected, and takes it for one that never was', async () => {
      await subject.store.commit(subject.change({ heads: [account(0, 1)] }));
      const gone = (version: number) =>
        subject.store.commit(subject.change({ heads: [{ ...account(version, 1), removed: true }] }));

      assert.deepEqual(await gone(2), { kind: 'conflict' });
      assert.equal((await subject.store.heads(subject.tenant)).size, 1);
      assert.deepEqual(await gone(1), { kind: 'committed' });
      assert.equal((await subject.store.heads(subject.tenant)).size, 0);
      assert.deepEqual(await gone(1), { kind: 'conflict' });
      await subject.store.commit(subject.change({ heads: [account(0, 2)] }));
      assert.equal((await subject.store.heads(subject.tenant)).get('account:USD')?.version, 1);
    });

    it('lets every one of twenty writers through exactly once, as long as they decide again', async () => {
      await Promise.all(Array.from({ length: 20 }, () => increment(subject)));

      assert.deepEqual(
        await subject.store.heads(subject.tenant),
        new Map([['counter', { version: 20, state: 20 }]]),
      );
    });
  });

  describe('a conflict', () => {
    it('writes nothing at all', async () => {
      await subject.store.commit(subject.change({ heads: [account(0, 'first')] }));
      const before = await everything(subject);

      const reply = await subject.store.commit(
        subject.change({ ...oneOfEach, heads: [account(7, 'second')] }),
      );

      assert.deepEqual(reply, { kind: 'conflict' });
      assert.deepEqual(await everything(subject), before);
    });
  });
}

async function increment(subject: ContractSubject): Promise<void> {
  for (;;) {
    const head = (await subject.store.heads(subject.tenant)).get('counter');
    const state = Number(head?.state ?? 0) + 1;
    const heads = [{ head: 'counter', expectedVersion: head?.version ?? 0, state }];
    const reply = await subject.store.commit(subject.change({ heads }));
    if (reply.kind === 'committed') return;
  }
}
