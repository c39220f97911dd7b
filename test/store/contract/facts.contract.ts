import assert from 'node:assert/strict';
import { batches, type ContractSubject, outbox, row } from './contract-subject.ts';

export function factsContract(subject: ContractSubject): void {
  describe('records', () => {
    it('takes a thousand at once, and reads them back by id and as a whole', async () => {
      const records = Array.from({ length: 1_000 }, (_, index) => row(index));
      const members = records.map(({ id }, index) => ({ index: 'started', score: index, member: id }));
      assert.deepEqual(await subject.store.commit(subject.change({ records, members })), {
        kind: 'committed',
      });

      const expected = new Map(records.map(({ id, value }) => [id, value]));
      const ids = [...expected.keys()];
      assert.deepEqual(
        new Map(await subject.store.records(subject.tenant, 'rows', [...ids, 'unknown', 'row-1'])),
        expected,
      );

      const all = (await batches(subject.store.allRecords(subject.tenant, 'rows'))).flat();
      assert.equal(all.length, 1_000);
      assert.deepEqual(new Map(all), expected);
      const started = await subject.store.members(subject.tenant, 'started', { from: 0, to: 1_000 });
      assert.deepEqual(started, ids);
    });

    it('keeps the last value of an id', async () => {
      await subject.store.commit(subject.change({ records: [row(1)] }));
      await subject.store.commit(subject.change({ records: [{ ...row(1), value: 'corrected' }] }));
      assert.deepEqual(
        await subject.store.records(subject.tenant, 'rows', ['row-1']),
        new Map([['row-1', 'corrected']]),
      );
    });

    it('keeps tables apart', async () => {
      await subject.store.commit(subject.change({ records: [row(1)] }));
      assert.deepEqual(await subject.store.records(subject.tenant, 'people', ['row-1']), new Map());
      assert.deepEqual(await batches(subject.store.allRecords(subject.tenant, 'people')), []);
    });

    it('reads none where none is asked for', async () => {
      assert.deepEqual(await subject.store.records(subject.tenant, 'rows', []), new Map());
    });
  });

  describe('text', () => {
    const texts = ['"quoted" \\ and \\ud800', '잔액 ₩ 🙂', 'a\u0000b\u2028c\n', '', '1e14', '-0'];

    for (const text of texts) {
      it(`is read back as it was written: ${JSON.stringify(text)}`, async () => {
        await subject.store.commit(
          subject.change({
            counts: [{ model: 'm', field: text, by: 1n }],
            records: [{ table: 'rows', id: text, value: text }],
            members: [{ index: 'started', score: 1, member: text }],
          }),
        );
        assert.deepEqual(await subject.store.counts(subject.tenant, 'm'), new Map([[text, 1n]]));
        assert.deepEqual(
          await subject.store.records(subject.tenant, 'rows', [text]),
          new Map([[text, text]]),
        );
        const started = await subject.store.members(subject.tenant, 'started', { from: 0, to: 2 });
        assert.deepEqual(started, [text]);
      });
    }

    it('that is half a character loses that half and nothing else', async () => {
      const counts = [{ model: 'm', field: '+49 \ud83d 30', by: 1n }];
      await subject.store.commit(subject.change({ counts }));
      assert.deepEqual(await subject.store.counts(subject.tenant, 'm'), new Map([['+49 \ufffd 30', 1n]]));
    });
  });

  describe('an index', () => {
    it('gives the members from the first score up to, not with, the last, in order', async () => {
      const members = [30, 10, 20, 40].map((score) => ({ index: 'started', score, member: `at-${score}` }));
      await subject.store.commit(subject.change({ members }));
      const between = (from: number, to: number) =>
        subject.store.members(subject.tenant, 'started', { from, to });

      assert.deepEqual(await between(10, 30), ['at-10', 'at-20']);
      assert.deepEqual(await between(41, 99), []);
      assert.deepEqual(await between(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY), [
        'at-10',
        'at-20',
        'at-30',
        'at-40',
      ]);
    });

    it('moves a member that comes again', async () => {
      const member = { index: 'started', score: 1_785_542_400_123, member: 'row' };
      await subject.store.commit(subject.change({ members: [member] }));
      await subject.store.commit(subject.change({ members: [{ ...member, score: 5 }] }));
      const all = { from: 0, to: Number.POSITIVE_INFINITY };
      assert.deepEqual(await subject.store.members(subject.tenant, 'started', all), ['row']);
      assert.deepEqual(
        await subject.store.members(subject.tenant, 'started', { from: 6, to: Number.MAX_VALUE }),
        [],
      );
    });
  });

  describe('a log', () => {
    it('is read from its first event on, in the order of the commits, over many batches', async () => {
      for (const first of [0, 500, 1_000]) {
        const events = Array.from({ length: 500 }, (_, index) => ({
          log: 'ledger',
          event: { seq: first + index },
        }));
        await subject.store.commit(subject.change({ events }));
      }
      await subject.store.commit(subject.change({ events: [{ log: 'audit', event: 'of another log' }] }));

      const read = await batches(subject.store.log(subject.tenant, 'ledger'));
      assert.ok(read.length > 1, 'one batch would hold the whole history in memory');
      assert.deepEqual(
        read.flat(),
        Array.from({ length: 1_500 }, (_, seq) => ({ seq })),
      );
    });

    it('gives its latest events, the latest first, and no more than are asked for', async () => {
      const events = [1, 2, 3].map((seq) => ({ log: 'ledger', event: { seq } }));
      await subject.store.commit(subject.change({ events }));
      const latest = (count: number) => subject.store.latest(subject.tenant, 'ledger', count);
      assert.deepEqual(await latest(2), [{ seq: 3 }, { seq: 2 }]);
      assert.deepEqual(await latest(10), [{ seq: 3 }, { seq: 2 }, { seq: 1 }]);
    });

    it('is empty where nothing was ever written', async () => {
      assert.deepEqual(await batches(subject.store.log(subject.tenant, 'ledger')), []);
      assert.deepEqual(await subject.store.latest(subject.tenant, 'ledger', 1), []);
    });
  });

  describe('the outbox', () => {
    it('holds each message once, in order, however often its change is repeated', async () => {
      const messages = [1, 2].map((number) => ({ key: `alert-${number}`, body: { kind: 'low', number } }));
      const alert = subject.change({ messages, idempotency: { key: 'event-1', digest: 'd', outcome: null } });
      await subject.store.commit(alert);
      await subject.store.commit(alert);

      assert.deepEqual(
        await outbox(subject),
        messages.map(({ key, body }) => ['key', key, 'body', JSON.stringify(body)]),
      );
    });
  });
}
