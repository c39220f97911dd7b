import assert from 'node:assert/strict';
import { connect } from '../../src/store/connection.ts';
import { redisHealth } from '../../src/store/health.ts';
import { askRedis } from '../../src/store/redis-process.ts';
import type { RedisNodeFacts, StoreFacts } from '../../src/workflows/doctor/facts.ts';
import { startRedis, withRedisCluster } from '../fakes/redis.ts';

describe('how Redis is set up', () => {
  it('is seen of one that keeps everything', async () => {
    const redis = await startRedis({ settings: { appendonly: 'yes', appendfsync: 'always' } });
    const { version, clockAheadMs, ...others } = only(await lookAt(redis.url));
    assert.deepEqual(others, {
      isReplica: false,
      appendOnly: true,
      lastWriteWorked: true,
      evictionPolicy: 'noeviction',
      appendFsync: 'always',
      clusterState: null,
    });
    assert.match(version, /^\d+\.\d+\.\d+/);
    assert.ok(Math.abs(clockAheadMs) < 60_000, 'both run on this machine');
  });

  it('is seen of one that forgets', async () => {
    const redis = await startRedis({ settings: { appendfsync: 'no', 'maxmemory-policy': 'allkeys-lru' } });
    const { appendOnly, evictionPolicy, appendFsync } = only(await lookAt(redis.url));
    assert.deepEqual([appendOnly, evictionPolicy, appendFsync], [false, 'allkeys-lru', 'no']);
  });

  it('is seen of a replica', async () => {
    const master = await startRedis();
    const replica = await startRedis({ settings: { replicaof: `127.0.0.1 ${master.port}` } });
    assert.equal(only(await lookAt(replica.url)).isReplica, true);
  });

  it('tells how far its clock is from ours', async () => {
    const redis = await startRedis();
    const tenMinutesAgo = Date.now() - 600_000;
    assert.equal(Math.round(only(await lookAt(redis.url, tenMinutesAgo)).clockAheadMs / 60_000), 10);
  });

  it('is seen in part where settings may not be read', async () => {
    const redis = await startRedis();
    await permit(redis.port, 'clerk', ['+@all', '-config']);
    const { appendOnly, evictionPolicy, appendFsync } = only(await lookAt(urlOf('clerk', redis.port)));
    assert.deepEqual([appendOnly, evictionPolicy, appendFsync], [false, 'noeviction', null]);
  });

  it('is not seen where nothing may be asked of it', async () => {
    const redis = await startRedis();
    await permit(redis.port, 'clerk', ['+@all', '-@dangerous', '-time']);
    assert.deepEqual(await lookAt(urlOf('clerk', redis.port)), { kind: 'silent' });
  });

  it('is unknown of one that is gone', async () => {
    const redis = await startRedis();
    await redis.kill();
    assert.deepEqual(await lookAt(redis.url), { kind: 'unreachable' });
  });

  describe('as a cluster', () => {
    const cluster = withRedisCluster();

    it('is seen of each master', async () => {
      const facts = await lookAt(cluster.url);
      assert.equal(facts.kind, 'answers');
      const nodes = facts.kind === 'answers' ? facts.nodes : [];
      assert.deepEqual(
        nodes.map(({ clusterState, isReplica }) => [clusterState, isReplica]),
        Array(3).fill(['ok', false]),
      );
    });
  });
});

async function lookAt(url: string, now = Date.now()): Promise<StoreFacts> {
  const connection = connect(url, { onError: () => undefined });
  try {
    return await redisHealth(connection, () => now).facts();
  } finally {
    connection.disconnect();
  }
}

function only(facts: StoreFacts): RedisNodeFacts {
  assert.equal(facts.kind, 'answers');
  const [node, ...others] = facts.kind === 'answers' ? facts.nodes : [];
  assert.equal(others.length, 0);
  return node ?? assert.fail('no node was looked at');
}

async function permit(port: number, user: string, rights: readonly string[]): Promise<void> {
  await askRedis(port, (client) => client.acl('SETUSER', user, 'on', '>secret', '~*', '&*', ...rights));
}

function urlOf(user: string, port: number): string {
  return `redis://${user}:secret@127.0.0.1:${port}`;
}
