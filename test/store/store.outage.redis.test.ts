import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { connect } from '../../src/store/connection.ts';
import { type RedisStore, redisStore } from '../../src/store/store.ts';
import { type Store, StoreUnavailable } from '../../src/workflows/ports.ts';
import { freshTenant, startRedis } from '../fakes/redis.ts';

/** Longer than the store's patience, shorter than a person's. */
const soonMs = 5_000;

describe('the store without its Redis', () => {
  let store: RedisStore | null = null;
  afterEach(async () => {
    await store?.close();
    store = null;
  });

  it('says so soon when Redis is gone, tells why, and works again by itself when Redis is back', async () => {
    const first = await startRedis();
    const failures = new EventEmitter();
    const refused = once(failures, 'ECONNREFUSED');
    const onError = (error: NodeJS.ErrnoException) => failures.emit(error.code ?? error.name, error.message);
    store = redisStore(connect(first.url, { onError }));
    await store.commit(someChange());

    await first.kill();
    const began = performance.now();
    await assert.rejects(store.commit(someChange()), StoreUnavailable);
    await assert.rejects(store.ping(), StoreUnavailable);
    await assert.rejects(store.heads(freshTenant()), StoreUnavailable);
    await assert.rejects(store.records(freshTenant(), 'rows', ['id']), StoreUnavailable);
    assert.ok(performance.now() - began < 4 * soonMs);
    // A break is noticed by the next command or by the socket, whichever is first; only then is a connection tried.
    assert.match(String(await refused), /ECONNREFUSED/);

    await startRedis({ port: first.port });
    await untilBack(store);
    assert.deepEqual(await store.commit(someChange()), { kind: 'committed' });
  });

  it('answers each of the commands that were on their way when Redis went', async () => {
    const redis = await startRedis();
    const open = redisStore(connect(redis.url, { onError: () => undefined }));
    store = open;
    await open.ping();

    const under = Promise.allSettled(Array.from({ length: 200 }, () => open.commit(someChange())));
    await redis.kill();

    for (const outcome of await under) {
      if (outcome.status === 'rejected') assert.ok(outcome.reason instanceof StoreUnavailable);
      else assert.deepEqual(outcome.value, { kind: 'committed' });
    }
  });

  it('does nothing later of what it said it could not do', async () => {
    const first = await startRedis();
    store = redisStore(connect(first.url, { onError: () => undefined }));
    await store.ping();
    await first.kill();
    const change = someChange();
    await assert.rejects(store.commit(change), StoreUnavailable);

    await startRedis({ port: first.port });
    await untilBack(store);
    assert.equal(await store.knowsTenant(change.tenantId), false);
  });

  it('connects by itself to a Redis that starts later', async () => {
    const first = await startRedis();
    await first.kill();
    store = redisStore(connect(first.url, { onError: () => undefined }));
    await startRedis({ port: first.port });
    await untilBack(store);
    assert.deepEqual(await store.commit(someChange()), { kind: 'committed' });
  });

  it('throws after it was closed', async () => {
    const redis = await startRedis();
    const closed = redisStore(connect(redis.url, { onError: () => undefined }));
    await closed.ping();
    await closed.close();
    await assert.rejects(closed.ping(), StoreUnavailable);
  });

  it('shows nothing of a change in its error', async () => {
    const redis = await startRedis();
    const open = redisStore(connect(redis.url, { onError: () => undefined }));
    store = open;
    await open.ping();
    const commits = Array.from({ length: 50 }, () =>
      open.commit(someChange()).catch((error: unknown) => error),
    );
    await redis.kill();
    for (const error of await Promise.all(commits)) {
      if (error instanceof StoreUnavailable) assert.doesNotMatch(JSON.stringify(error.cause), /secret/);
    }
    await assert.rejects(open.ping(), StoreUnavailable);
  });
});

function someChange() {
  const heads = [{ head: 'account:USD', expectedVersion: 0, state: 'secret' }];
  return { tenantId: freshTenant(), heads, events: [], counts: [], records: [], members: [], messages: [] };
}

/** Each ping waits as long as the store is patient, so this is no loop that spins. */
async function untilBack(store: Store): Promise<void> {
  for (;;) {
    try {
      return await store.ping();
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
}
