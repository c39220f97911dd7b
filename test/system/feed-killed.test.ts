import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

import type { TenantId } from '../../src/decision/ids.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { readBooks } from '../../src/workflows/tenant-books.ts';
import { verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { startGraph } from '../graph/sandbox-graph.ts';
import { feedOf, someCalls } from '../workflows/feed-under-test.ts';
import { type NodeProcess, nodeProcess } from './node-process.ts';
import { redisWire, type WireEvents } from './redis-wire.ts';

describe('feed of usage whose process is killed', function () {
  this.timeout(300_000);
  const redis = withRedis();
  const now = Date.now();
  const calls = someCalls({ every: 60, endAt: now });
  let graph: GraphDouble;
  let onQuestion = (_questions: number): void => undefined;

  before(async () => {
    graph = await startGraph({
      calls: ({ from, to }) => {
        onQuestion(graph.questions.length);
        return calls.filter(({ startedAt }) => startedAt >= from && startedAt <= to);
      },
      now: () => now,
      pageSize: 10,
      expectedToken: null,
    });
  });
  after(() => graph.stop());

  const start = (tenant: TenantId, redisUrl: string, more: Record<string, string> = {}): NodeProcess =>
    nodeProcess(['test/system/feed-process.ts'], {
      environment: { REDIS_URL: redisUrl, GRAPH_URL: graph.baseUrl, TENANT: tenant, NAME: 'feed', ...more },
    });

  /** What the tenant comes to once another process has read on. */
  async function hashAfterReadingOn(tenant: TenantId): Promise<string> {
    const read = feedOf({ store: redis.store, graph, tenant }).read;
    assert.equal((await read(Date.now())).kind, 'complete');
    const verified = await verifyTenant(redis.store, tenant);
    assert.deepEqual(verified.violations, []);
    return verified.stateHash;
  }

  /** A wire whose process is killed at its n-th commit. */
  async function killedAtCommit(commit: number, when: 'before' | 'after'): Promise<string> {
    const tenant = freshTenant();
    let commits = 0;
    let child: NodeProcess | null = null;
    const events: WireEvents = {
      onCommit: () => {
        commits += 1;
        if (commits !== commit || when === 'after') return 'forward';
        child?.child.kill('SIGKILL');
        return 'swallow';
      },
      onCommitted: () => {
        if (commits === commit && when === 'after') child?.child.kill('SIGKILL');
      },
    };
    const wire = await redisWire(Number(new URL(redis.url).port), events);
    child = start(tenant, wire.url);
    const { signal } = await child.ended;
    wire.close();
    assert.equal(signal, 'SIGKILL', `killed ${when} commit ${commit} of ${commits}`);
    return hashAfterReadingOn(tenant);
  }

  async function commitsOfOneReading(): Promise<number> {
    let commits = 0;
    const onCommit = () => {
      commits += 1;
      return 'forward' as const;
    };
    const wire = await redisWire(Number(new URL(redis.url).port), { onCommit, onCommitted: () => undefined });
    const { code } = await start(freshTenant(), wire.url).ended;
    wire.close();
    assert.equal(code, 0);
    return commits;
  }

  async function killedAtPage(page: number): Promise<string> {
    const tenant = freshTenant();
    const before = graph.questions.length;
    const child = start(tenant, redis.url);
    onQuestion = (questions) => {
      if (questions - before === page) child.child.kill('SIGKILL');
    };
    const { signal } = await child.ended;
    onQuestion = () => undefined;
    assert.equal(signal, 'SIGKILL');
    return hashAfterReadingOn(tenant);
  }

  it('comes to the same ledger, at whatever page and inside whatever commit it was killed', async () => {
    const before = graph.questions.length;
    const undisturbed = await hashAfterReadingOn(freshTenant());
    const pages = graph.questions.length - before;
    assert.ok(pages >= 4, `${pages} pages`);
    for (let page = 1; page <= pages; page += 1) {
      assert.equal(await killedAtPage(page), undisturbed, `killed while page ${page} was asked for`);
    }
    const commits = await commitsOfOneReading();
    assert.ok(commits >= pages, `${commits} commits`);
    for (let commit = 1; commit <= commits; commit += 1) {
      const [unsent, unanswered] = await Promise.all([
        killedAtCommit(commit, 'before'),
        killedAtCommit(commit, 'after'),
      ]);
      assert.deepEqual([unsent, unanswered], [undisturbed, undisturbed], `killed inside commit ${commit}`);
    }
  });

  it('is taken over by another process in the middle of a page, and nothing counts twice', async () => {
    const tenant = freshTenant();
    const undisturbed = await hashAfterReadingOn(freshTenant());
    // The second page is never answered to whoever asks first.
    graph.faults.add({ kind: 'silence', on: '$skip=' });
    const before = graph.questions.length;
    const processes = ['first', 'second'].map((NAME) => ({
      name: NAME,
      ...start(tenant, redis.url, { NAME, AS_A_BOT: 'yes' }),
    }));
    const asked = () => graph.questions.slice(before).filter(({ url }) => url.includes('skip='));
    while (asked().length === 0) await delay(20);
    const reader = asked()[0]?.authorization;
    const victim = processes.find(({ name }) => reader === `Bearer ${name}`) ?? assert.fail('nobody asked');
    victim.child.kill('SIGKILL');
    await victim.ended;

    const completed = async () => (await readBooks(redis.store, tenant)).feed.state.completedAt;
    while ((await completed()) === null) await delay(50);
    const others = asked().slice(1);
    assert.ok(others.length > 0 && others.every(({ authorization }) => authorization !== reader));
    for (const { child } of processes) child.kill('SIGKILL');
    const verified = await verifyTenant(redis.store, tenant);
    assert.deepEqual([verified.violations, verified.stateHash], [[], undisturbed]);
  });
});
