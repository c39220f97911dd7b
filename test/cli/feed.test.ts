import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { makeUsage } from '../../src/sandbox/usage-maker.ts';
import { type OwnRedis, startRedis } from '../fakes/redis.ts';
import { startGraph } from '../graph/sandbox-graph.ts';
import { usageMaking } from '../sandbox/sandbox-usage.ts';
import { credits, type Ended } from '../system/node-process.ts';

describe('credits feed and credits coverage', function () {
  // Each case starts a process, which compiles the product.
  this.timeout(120_000);
  const now = Date.now();
  const calls = makeUsage({ ...usageMaking, endAt: now }).filter((_, index) => index % 20 === 0);
  let redis: OwnRedis;
  let graph: GraphDouble;

  before(async () => {
    redis = await startRedis();
    graph = await startGraph({
      calls: ({ from, to }) => calls.filter(({ startedAt }) => startedAt >= from && startedAt <= to),
      now: () => now,
      expectedToken: null,
    });
  });
  after(async () => {
    await graph.stop();
    await redis.kill();
  });

  const run = (...commandArguments: readonly string[]): Promise<Ended> =>
    credits(commandArguments, {
      redisUrl: redis.url,
      environment: { GRAPH_BASE_URL: graph.baseUrl, TMPDIR: mkdtempSync(join(tmpdir(), 'credits-')) },
    });

  it('says what to do where nothing was read yet', async () => {
    const { code, stderr } = await run('coverage');
    assert.equal(code, 1);
    assert.match(stderr, /^Nothing is known of tenant/);
  });

  it('says why Graph was not read, and what would tell more', async () => {
    graph.faults.add({ kind: 'status', status: 403, code: 'Forbidden' });
    const { code, stderr } = await run('feed');
    assert.equal(code, 1);
    assert.match(stderr, /^Microsoft Graph refuses to tell of calls\. "credits doctor" says/);
  });

  it('reads all that Graph reports, and then says which hours are seen and which are late', async () => {
    const fed = await run('feed', '--json');
    assert.deepEqual([fed.code, fed.stderr], [0, '']);
    const { kind, pages, new: added } = JSON.parse(fed.stdout);
    assert.deepEqual([kind, pages], ['complete', 3]);
    assert.ok(added > 20);
    const done = await run('coverage', '--json', '--days', '30');
    const coverage = JSON.parse(done.stdout);
    assert.deepEqual(
      coverage.spans.map(({ state }: { state: string }) => state),
      ['seen', 'late'],
    );
    assert.deepEqual([coverage.notCovered, coverage.problem, coverage.visibleAfterHours], [[], null, null]);
    assert.match((await run('coverage')).stdout, /^Microsoft Graph was last read to its end at 20/m);
    assert.equal((await run('coverage', '--tenant', sandboxTenant.id, '--days', '0')).code, 2);
  });
});
