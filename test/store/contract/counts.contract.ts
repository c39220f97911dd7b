import assert from 'node:assert/strict';
import { ImpossibleChange } from '../../../src/store/commit.ts';
import { type ContractSubject, everything, oneOfEach } from './contract-subject.ts';

export function countsContract(subject: ContractSubject): void {
  describe('counts', () => {
    const count = (by: bigint) =>
      subject.change({ counts: [{ model: 'spend', field: '2026-07-01|KR', by }] });
    const stored = async () => (await subject.store.counts(subject.tenant, 'spend')).get('2026-07-01|KR');

    const sums: readonly (readonly [sentence: string, addends: readonly bigint[], sum: bigint])[] = [
      ['adds above 10^14, where Lua would lose digits', [100_000_000_000_001n, 1n], 100_000_000_000_002n],
      ['adds above 2^53, where JSON would lose digits', [9_007_199_254_740_993n, 2n], 9_007_199_254_740_995n],
      ['reaches the largest number', [9_000_000_000_000_000_000n, 223_372_036_854_775_807n], 2n ** 63n - 1n],
      ['reaches the smallest number', [-9_000_000_000_000_000_000n, -223_372_036_854_775_808n], -(2n ** 63n)],
      ['goes from one end to the other', [-(2n ** 63n), 2n ** 63n - 1n, 1n], 0n],
      ['takes back what it gave', [250_000n, -250_000n], 0n],
    ];
    for (const [sentence, addends, sum] of sums) {
      it(sentence, async () => {
        for (const by of addends) await subject.store.commit(count(by));
        assert.equal(await stored(), sum);
      });
    }

    it('sums what one change adds to one field', async () => {
      const counts = [2n ** 62n, 2n ** 62n, -(2n ** 62n)].map((by) => ({
        model: 'spend',
        field: '2026-07-01|KR',
        by,
      }));
      await subject.store.commit(subject.change({ counts }));
      assert.equal(await stored(), 2n ** 62n);
    });

    it('is empty for a model that was never counted', async () => {
      assert.deepEqual(await subject.store.counts(subject.tenant, 'spend'), new Map());
    });

    const tooMuch: readonly (readonly [sentence: string, stored: bigint, by: bigint])[] = [
      ['one above the largest', 2n ** 63n - 1n, 1n],
      ['one below the smallest', -(2n ** 63n), -1n],
      ['far above', 9_000_000_000_000_000_000n, 9_000_000_000_000_000_000n],
      ['an addend that is itself too large', 0n, 2n ** 63n],
      ['an addend of twenty digits', -1n, 10n ** 19n],
    ];
    for (const [sentence, first, by] of tooMuch) {
      it(`refuses ${sentence} before anything is written`, async () => {
        await subject.store.commit(count(first));
        const before = await everything(subject);

        const attempt = subject.store.commit(subject.change({ ...oneOfEach, counts: count(by).counts }));

        await assert.rejects(attempt, ImpossibleChange);
        assert.deepEqual(await everything(subject), before);
      });
    }
  });
}
