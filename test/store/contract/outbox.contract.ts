import assert from 'node:assert/strict';
import type { Outbox } from '../../../src/workflows/ports.ts';
import type { ContractSubject } from './contract-subject.ts';

export function outboxContract(subject: ContractSubject, outboxOf: () => Outbox): void {
  describe('the outbox', () => {
    const messages = [1, 2, 3].map((number) => ({ key: `alert-${number}`, body: { number } }));

    it('gives the oldest messages first, and no more than are asked for', async () => {
      await subject.store.commit(subject.change({ messages }));
      const waiting = await outboxOf().outbox(subject.tenant, 2);
      assert.deepEqual(
        waiting.map(({ key, body }) => ({ key, body })),
        messages.slice(0, 2),
      );
    });

    it('holds a message until it is moved, and is as content with one that is gone', async () => {
      await subject.store.commit(subject.change({ messages }));
      const [first, ...rest] = await outboxOf().outbox(subject.tenant, 10);
      const places = [first?.place ?? ''];
      await outboxOf().outboxMoved(subject.tenant, places);
      await outboxOf().outboxMoved(subject.tenant, places);
      assert.deepEqual(await outboxOf().outbox(subject.tenant, 10), rest);
      assert.equal(await outboxOf().outboxLength(subject.tenant), rest.length);
    });

    it('is empty where nothing is to be said', async () => {
      assert.deepEqual(await outboxOf().outbox(subject.tenant, 10), []);
      assert.equal(await outboxOf().outboxLength(subject.tenant), 0);
      await outboxOf().outboxMoved(subject.tenant, []);
    });
  });
}

/** A record may be made to depend on what it was when it was read. */
export function expectationContract(subject: ContractSubject): void {
  describe('a record with an expectation', () => {
    const read = async () => (await subject.store.records(subject.tenant, 'rows', ['one'])).get('one');
    const write = (value: string, expected?: string | null) =>
      subject.store.commit(
        subject.change({
          records: [{ table: 'rows', id: 'one', value, ...(expected === undefined ? {} : { expected }) }],
        }),
      );

    it('is written where it is what was expected, and not where it is not', async () => {
      assert.deepEqual(await write('first', null), { kind: 'committed' });
      assert.deepEqual(await write('second', null), { kind: 'conflict' });
      assert.deepEqual(await write('second', 'first'), { kind: 'committed' });
      assert.deepEqual(await write('third', 'first'), { kind: 'conflict' });
      assert.equal(await read(), 'second');
    });

    it('takes nothing else of its change along where it is not', async () => {
      await write('first');
      const messages = [{ key: 'message', body: 'said' }];
      const records = [{ table: 'rows', id: 'one', value: 'second', expected: 'other' }];
      const change = subject.change({ messages, records, counts: [{ model: 'm', field: 'f', by: 1n }] });
      assert.deepEqual(await subject.store.commit(change), { kind: 'conflict' });
      assert.deepEqual(await subject.store.counts(subject.tenant, 'm'), new Map());
    });

    it('lets one of many that read the same get on', async () => {
      await write('first');
      const replies = await Promise.all(
        Array.from({ length: 20 }, (_, index) => write(`by ${index}`, 'first')),
      );
      assert.equal(replies.filter(({ kind }) => kind === 'committed').length, 1);
    });
  });
}
