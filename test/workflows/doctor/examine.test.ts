import assert from 'node:assert/strict';
import type { TenantId } from '../../../src/decision/ids.ts';
import type { GraphDouble } from '../../../src/sandbox/graph-double.ts';
import { sandboxPeople } from '../../../src/sandbox/people.ts';
import { beginPass, emptyFeed, type FeedState } from '../../../src/usage/feed.ts';
import { storeFeed } from '../../../src/usage/stored-feed.ts';
import { examine } from '../../../src/workflows/doctor/examine.ts';
import { type Ports, StoreUnavailable } from '../../../src/workflows/ports.ts';
import { freshTenant, withRedis } from '../../fakes/redis.ts';
import { mayAsk, portsOf, startDirectory } from '../product-under-test.ts';
import { now } from '../tenant-under-test.ts';
import { healthy } from './healthy-facts.ts';

describe('what a doctor looks at', () => {
  const redis = withRedis();
  let tenant: TenantId;
  let graph: GraphDouble;
  beforeEach(async () => {
    tenant = freshTenant();
    graph = await startDirectory(tenant);
  });
  afterEach(() => graph.stop());

  /** Redis and Graph are well; the books and the directory are as the case has them. */
  const ports = (told: Partial<Ports> = {}): Ports => ({
    ...portsOf(redis.store, graph),
    storeHealth: { facts: async () => healthy.store },
    graphHealth: {
      facts: async () => ({ ...healthy.graph, token: { kind: 'readable', tenant, roles: [] } }),
    },
    ...told,
  });
  const codesOf = async (checks: RegExp, looked = ports()) =>
    (await examine(looked, tenant, { usagePollMinutes: 30 }))
      .filter(({ check }) => checks.test(check))
      .map(({ code }) => code);
  const store = (state: FeedState) =>
    redis.store.commit({
      tenantId: tenant,
      heads: [{ head: 'feed', expectedVersion: 0, state: storeFeed(state) }],
      events: [],
      counts: [],
      records: [],
      members: [],
      messages: [],
    });

  const begun = beginPass(emptyFeed, now);
  const feeds: readonly (readonly [sentence: string, state: FeedState | null, code: string])[] = [
    ['that is not there', null, 'feed-never-ran'],
    ['that was begun and never came to its end', begun, 'feed-never-ran'],
    ['that came to its end long ago', { ...emptyFeed, completedAt: 1 }, 'feed-stale'],
  ];
  for (const [sentence, state, code] of feeds) {
    it(`takes a feed ${sentence} for what it is`, async () => {
      if (state !== null) await store(state);
      assert.deepEqual(await codesOf(/^feed/), [code]);
    });
  }

  it('counts a person once, whatever roles there are', async () => {
    const [finding] = (await examine(ports(), tenant, { usagePollMinutes: 30 })).filter(
      ({ check }) => check === 'roles.holders',
    );
    const eligibleOnly = sandboxPeople.filter(({ via }) => via === 'eligible').length;
    const active = sandboxPeople.filter(mayAsk).length;
    assert.deepEqual([finding?.code, finding?.data], ['holders-known', { active, eligibleOnly }]);
  });

  it('says nothing of holders where the directory does not tell', async () => {
    await graph.stop();
    assert.deepEqual(await codesOf(/^roles/), []);
  });

  it('does not ask who holds a role where Graph has just refused to tell', async () => {
    const probes = healthy.graph.probes.filter(({ of }) => of !== 'roles');
    const looked = ports({ graphHealth: { facts: async () => ({ ...healthy.graph, probes }) } });
    assert.deepEqual(await codesOf(/^roles/, looked), []);
    assert.equal(graph.questions.length, 0);
  });

  it('says nothing of the books where the store is away', async () => {
    const heads = async () => {
      throw new StoreUnavailable('gone');
    };
    const looked = ports({ store: { ...redis.store, heads } });
    assert.deepEqual(await codesOf(/^(?:feed|figure|rates)/, looked), []);
  });
});
