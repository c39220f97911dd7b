import assert from 'node:assert/strict';
import type { TenantId } from '../../src/decision/ids.ts';
import { type Connection, connect } from '../../src/store/connection.ts';
import { redisThrottle } from '../../src/store/throttle.ts';
import type { Throttle } from '../../src/workflows/ports.ts';
import { freshTenant, withRedis, withRedisCluster } from '../fakes/redis.ts';

for (const [where, redis] of [
  ['a single Redis', withRedis],
  ['a cluster', withRedisCluster],
] as const) {
  describe(`turns to write to Teams, counted on ${where}`, () => {
    const store = redis();
    const connections: Connection[] = [];
    let tenant: TenantId;
    let at: number;
    /** Of two processes. */
    let throttles: readonly [Throttle, Throttle];

    before(async () => {
      for (let process = 0; process < 2; process += 1) {
        const connection = connect(store.url, { onError: (error) => assert.fail(error) });
        connections.push(connection);
        await new Promise((resolve) => connection.once('ready', resolve));
      }
    });
    after(() => Promise.all(connections.map((connection) => connection.quit())));
    beforeEach(() => {
      tenant = freshTenant();
      at = 1_000_000;
      const [one, other] = connections.map((connection) =>
        redisThrottle(connection, { perTenantASecond: 25, now: () => at }),
      );
      throttles = one && other ? [one, other] : assert.fail('there are two connections');
    });

    const take = (count: number, conversation: (index: number) => string) =>
      Promise.all(
        Array.from({ length: count }, (_, index) =>
          throttles[index % 2 === 0 ? 0 : 1].take(tenant, conversation(index)),
        ),
      );

    it('gives 25 a second to a tenant, whatever the conversations and the processes', async () => {
      const turns = await take(80, (index) => `chat ${index}`);
      const waits = turns.map(({ waitMs }) => waitMs).sort((left, right) => left - right);
      assert.deepEqual(
        waits.slice(0, 75),
        [0, 1_000, 2_000].flatMap((ms) => Array(25).fill(ms)),
      );
      // What is further off is not taken, and does not put off anybody else.
      assert.equal(turns.filter(({ kind }) => kind === 'later').length, 5);
      at += 3_000;
      assert.deepEqual(await throttles[0].take(tenant, 'another'), { kind: 'taken', waitMs: 0 });
    });

    it('gives tenants turns of their own', async () => {
      await take(25, (index) => `chat ${index}`);
      assert.deepEqual(await throttles[0].take(freshTenant(), 'chat'), { kind: 'taken', waitMs: 0 });
    });

    it('keeps every window of a conversation', async () => {
      const times: number[] = [];
      for (let message = 0; message < 200; message += 1) {
        const turn = await throttles[message % 2 === 0 ? 0 : 1].take(tenant, 'chat');
        if (turn.kind === 'taken') times.push(at + turn.waitMs);
        else at += turn.waitMs;
      }
      for (const [ms, most] of [
        [1_000, 7],
        [2_000, 8],
        [30_000, 60],
      ] as const) {
        for (const [index, time] of times.entries()) {
          const within = times.slice(0, index + 1).filter((other) => other > time - ms);
          assert.ok(within.length <= most, `${within.length} within ${ms} ms`);
        }
      }
      assert.ok(times.length > 60);
    });

    it('goes by the clock of the server where none is given', async () => {
      const [connection] = connections;
      const throttle = redisThrottle(connection ?? assert.fail(), { perTenantASecond: 1 });
      assert.deepEqual(await throttle.take(tenant, 'chat'), { kind: 'taken', waitMs: 0 });
      const next = await throttle.take(tenant, 'chat');
      assert.ok(next.waitMs <= 1_000);
    });
  });
}
