import assert from 'node:assert/strict';
import { dayMs, hourMs } from '../../src/decision/time.ts';
import type { GraphFault } from '../../src/sandbox/graph-double/faults.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { type Random, randomOf } from '../../src/sandbox/usage/random.ts';
import { verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { startGraph } from '../graph/sandbox-graph.ts';
import { begin, feedOf, someCalls } from './feed-under-test.ts';

const runs = 1_000;
const pageSize = 10;
/** After the faults, the usual reading of all that Graph has, which is due by then. */
const end = begin + 7 * dayMs;

describe('feed of usage by a Graph that fails', function () {
  this.timeout(600_000);
  const redis = withRedis();
  const calls = someCalls({ every: 60, endAt: end });
  let graph: GraphDouble;
  let now = begin;
  let pageOrder = (_pages: number): readonly number[] => [];

  before(async () => {
    graph = await startGraph({
      calls: ({ from, to }) => calls.filter(({ startedAt }) => startedAt >= from && startedAt <= to),
      now: () => now,
      pageSize,
      pageOrder: (pages) => pageOrder(pages),
      expectedToken: null,
    });
  });
  after(() => graph.stop());

  /** Reads until nothing is left to read; a poll that stops is followed by the next one. */
  async function stateHash(faults: readonly (readonly GraphFault[])[]): Promise<string> {
    const tenant = freshTenant();
    const feed = feedOf({ store: redis.store, graph, tenant });
    for (const [poll, some] of [...faults, []].entries()) {
      now = poll === faults.length ? end : begin + poll * hourMs;
      graph.faults.clear();
      graph.faults.add(...some);
      let fed = await feed.read(now);
      for (let again = 0; again < 20 && fed.kind === 'stopped'; again += 1) fed = await feed.read(now);
      assert.equal(fed.kind, 'complete');
    }
    const verified = await verifyTenant(redis.store, tenant);
    assert.deepEqual(verified.violations, []);
    return verified.stateHash;
  }

  it(`has the ledger of an undisturbed one in the end, in each of ${runs} seeded runs`, async () => {
    pageOrder = (pages) => Array.from({ length: pages }, (_, page) => page);
    const undisturbed = await stateHash([[], []]);
    for (let seed = 1; seed <= runs; seed += 1) {
      const random = randomOf(`faults/${seed}`);
      pageOrder = (pages) => shuffled(pages, randomOf(`order/${seed}/${pages}`));
      const hash = await stateHash([someFaults(random), someFaults(random)]);
      assert.equal(hash, undisturbed, `seed ${seed}`);
    }
  });
});

const kinds: readonly ((random: Random) => GraphFault)[] = [
  () => ({ kind: 'status', status: 429, code: 'TooManyRequests', retryAfterSeconds: 2 }),
  () => ({ kind: 'status', status: 429, code: 'TooManyRequests' }),
  () => ({ kind: 'status', status: 429, code: 'TooManyRequests', retryAfterSeconds: 3_600 }),
  (random) => ({ kind: 'status', status: 502 + random.integer(0, 2), code: 'ServiceUnavailable' }),
  () => ({ kind: 'status', status: 403, code: 'Forbidden' }),
  () => ({ kind: 'status', status: 410, code: 'Gone', on: '$skip' }),
  () => ({ kind: 'cut' }),
  () => ({ kind: 'half' }),
  () => ({ kind: 'repeated' }),
  () => ({ kind: 'wrong-types' }),
  () => ({ kind: 'foreign-link' }),
];

/** Some of them, each upon some page or upon whatever is asked next, now and then several in a row. */
function someFaults(random: Random): readonly GraphFault[] {
  return Array.from({ length: random.integer(1, 6) }, () => {
    const fault = random.pick(kinds)(random);
    const on = `$skip=${pageSize * random.integer(1, 4)}`;
    const placed: GraphFault = fault.on === undefined && random.next() < 0.5 ? { ...fault, on } : fault;
    return Array.from({ length: random.next() < 0.8 ? 1 : 4 }, () => placed);
  }).flat();
}

function shuffled(pages: number, random: Random): readonly number[] {
  const order = Array.from({ length: pages }, (_, page) => page);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = random.integer(0, last);
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}
