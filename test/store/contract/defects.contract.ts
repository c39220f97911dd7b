import assert from 'node:assert/strict';
import type { Change } from '../../../src/decision/commit.ts';
import { ImpossibleChange } from '../../../src/store/commit.ts';
import { tenantKeys } from '../../../src/store/keys.ts';
import { account, type ContractSubject, everything, keysOf, oneOfEach, row } from './contract-subject.ts';

export function defectsContract(subject: ContractSubject): void {
  describe('a defect', () => {
    const defects: readonly (readonly [sentence: string, parts: Partial<Change>])[] = [
      [
        'more than two thousand records',
        { records: Array.from({ length: 2_001 }, (_, index) => row(index)) },
      ],
      [
        'more than five hundred messages',
        { messages: Array.from({ length: 501 }, (_, index) => ({ key: `m-${index}`, body: null })) },
      ],
      ['one head twice', { heads: [account(0, 1), account(0, 2)] }],
      ['a version that is none', { heads: [account(0.5, 1)] }],
      ['a score that is no number', { members: [{ index: 'started', score: Number.NaN, member: 'm' }] }],
    ];
    for (const [sentence, parts] of defects) {
      it(`is ${sentence}, and writes nothing`, async () => {
        await assert.rejects(subject.store.commit(subject.change(parts)), ImpossibleChange);
        assert.equal((await everything(subject)).keys.length, 0);
      });
    }

    it('is a key of another type, which is seen before the first write', async () => {
      const keys = tenantKeys(subject.tenant);
      const places = [
        keys.heads,
        keys.log('l'),
        keys.counts('m'),
        keys.index('i'),
        keys.outbox,
        keys.done('k'),
      ];
      for (const key of [...places, keys.records('rows', 'row-1')]) {
        await subject.raw.set(key, 'text');
        const all = { ...oneOfEach, idempotency: { key: 'k', digest: 'd', outcome: null } };
        await assert.rejects(
          subject.store.commit(subject.change({ ...all, heads: [account(0, 1)] })),
          ImpossibleChange,
        );
        await subject.raw.del(key);
        assert.deepEqual(await keysOf(subject), [], `after ${key}`);
      }
    });

    it('is a stored count that is no number, which is seen before the first write', async () => {
      for (const text of ['12.5', '1e5', '', '007', '-0', ' 1', '99999999999999999999']) {
        await subject.raw.hset(tenantKeys(subject.tenant).counts('m'), 'f', text);
        await assert.rejects(
          subject.store.commit(subject.change(oneOfEach)),
          ImpossibleChange,
          JSON.stringify(text),
        );
      }
      assert.deepEqual(await keysOf(subject), [tenantKeys(subject.tenant).counts('m')]);
    });
  });
}
