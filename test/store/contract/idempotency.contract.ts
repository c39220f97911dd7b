import assert from 'node:assert/strict';
import { tenantKeys } from '../../../src/store/keys.ts';
import { account, type ContractSubject, everything, oneOfEach } from './contract-subject.ts';

export function idempotencyContract(subject: ContractSubject): void {
  describe('an idempotency key', () => {
    const request = {
      key: 'activity-1',
      digest: 'd1',
      outcome: { new: 1, amounts: [], big: '9007199254740993' },
    };

    it('answers a repetition with the first outcome, and writes nothing', async () => {
      await subject.store.commit(subject.change({ ...oneOfEach, idempotency: request }));
      const before = await everything(subject);

      const reply = await subject.store.commit(
        subject.change({ ...oneOfEach, idempotency: { ...request, outcome: 'another' } }),
      );

      assert.deepEqual(reply, { kind: 'repeated', outcome: request.outcome });
      assert.deepEqual(await everything(subject), before);
    });

    it('answers a repetition so even where its heads have moved on', async () => {
      await subject.store.commit(subject.change({ heads: [account(0, 1)], idempotency: request }));
      const reply = await subject.store.commit(
        subject.change({ heads: [account(0, 1)], idempotency: request }),
      );
      assert.deepEqual(reply, { kind: 'repeated', outcome: request.outcome });
    });

    it('is refused for another request, which writes nothing', async () => {
      await subject.store.commit(subject.change({ heads: [account(0, 1)], idempotency: request }));
      const before = await everything(subject);

      const reply = await subject.store.commit(
        subject.change({ ...oneOfEach, idempotency: { ...request, digest: 'd2' } }),
      );

      assert.deepEqual(reply, { kind: 'key-reused' });
      assert.deepEqual(await everything(subject), before);
    });

    it('is not used up by a conflict', async () => {
      await subject.store.commit(subject.change({ heads: [account(3, 1)], idempotency: request }));
      assert.equal(await subject.store.recall(subject.tenant, request), null);
      const reply = await subject.store.commit(
        subject.change({ heads: [account(0, 1)], idempotency: request }),
      );
      assert.deepEqual(reply, { kind: 'committed' });
    });

    it('is recalled with its outcome, or as reused, or not at all', async () => {
      await subject.store.commit(subject.change({ idempotency: request }));

      assert.deepEqual(await subject.store.recall(subject.tenant, request), {
        kind: 'repeated',
        outcome: request.outcome,
      });
      assert.deepEqual(await subject.store.recall(subject.tenant, { ...request, digest: 'd2' }), {
        kind: 'key-reused',
      });
      assert.equal(await subject.store.recall(subject.tenant, { ...request, key: 'activity-2' }), null);
    });

    it('is used by one of many that come at once', async () => {
      const replies = await Promise.all(
        Array.from({ length: 10 }, () =>
          subject.store.commit(subject.change({ ...oneOfEach, idempotency: request })),
        ),
      );
      assert.equal(replies.filter(({ kind }) => kind === 'committed').length, 1);
      assert.equal(replies.filter(({ kind }) => kind === 'repeated').length, 9);
    });

    it('is forgotten after its retention, and not before', async () => {
      await subject.store.commit(subject.change({ idempotency: request }));
      const seconds = await subject.raw.ttl(tenantKeys(subject.tenant).done(request.key));
      assert.ok(seconds > 399 * 86_400 && seconds <= 400 * 86_400, `${seconds} s`);
    });
  });
}
