import assert from 'node:assert/strict';
import { readEpisodeEvent } from '../../src/alerts/stored-episode.ts';
import { incidentSummary } from '../../src/alerts/timeline.ts';
import type { Change } from '../../src/decision/commit.ts';
import { minuteMs } from '../../src/decision/time.ts';
import { microUnitsToDecimal } from '../../src/money/money.ts';
import { type Random, randomOf } from '../../src/sandbox/usage/random.ts';
import { incidentLog } from '../../src/workflows/alert-books.ts';
import { incidents } from '../../src/workflows/incidents.ts';
import { type Store, StoreUnavailable } from '../../src/workflows/ports.ts';
import { verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { withRedis } from '../fakes/redis.ts';
import { FollowedTenant } from './incidents-under-test.ts';
import { administrator } from './tenant-under-test.ts';

const walks = 12;
const steps = 40;

describe('a store that goes away at any moment, before a commit or right after it', function () {
  this.timeout(120_000);
  const redis = withRedis();

  it('loses no incident and tells none twice: each ends once, and every message is another', async () => {
    for (let walk = 0; walk < walks; walk += 1) {
      const random = randomOf(`walk/${walk}`);
      const said: Change['messages'][number][] = [];
      const tenant = new FollowedTenant(failingStore(redis.store, random, said));
      await untilDone(() => tenant.reads('300'));
      for (let step = 0; step < steps; step += 1) {
        tenant.after(random.integer(1, 90) * minuteMs);
        const cents = BigInt(random.integer(0, 30_000));
        const key = `walk:${step}`;
        const figure = microUnitsToDecimal(cents * 10_000n, 2);
        await untilDone(() => tenant.reads(figure, { idempotencyKey: key, by: administrator }));
        await untilDone(() => tenant.tick());
      }
      await checkStories(tenant, said);
      assert.deepEqual((await verifyTenant(redis.store, tenant.id)).violations, []);
    }
  });

  async function checkStories(
    tenant: FollowedTenant,
    said: readonly Change['messages'][number][],
  ): Promise<void> {
    const keys = said.map(({ key }) => key);
    assert.equal(new Set(keys).size, keys.length, 'a message was committed twice');
    const known = await incidents(redis.store, tenant.id, { from: 0, to: tenant.at + 1 });
    assert.ok(known.some(({ episode }) => episode.kind === 'balance-low' || episode.kind === 'drift'));
    for (const { episode } of known) {
      const events = [];
      for await (const batch of redis.store.log(tenant.id, incidentLog(episode.id)))
        events.push(...batch.map(readEpisodeEvent));
      assert.deepEqual(
        events.map(({ number }) => number),
        events.map((_, index) => index + 1),
        `the log of ${episode.id} has a hole`,
      );
      assert.ok(events.filter(({ type }) => type === 'resolved').length <= 1);
      assert.equal(incidentSummary(events)?.resolvedAt ?? null, episode.resolved?.at ?? null);
    }
  }
});

/** Fails one commit in four: half of these were made all the same, and nobody was told. */
function failingStore(store: Store, random: Random, said: Change['messages'][number][]): Store {
  return {
    ...store,
    commit: async (change) => {
      const fate = random.integer(1, 8);
      if (fate === 1) throw new StoreUnavailable(new Error('before'));
      const reply = await store.commit(change);
      if (reply.kind === 'committed') said.push(...change.messages);
      if (fate === 2) throw new StoreUnavailable(new Error('after'));
      return reply;
    },
  };
}

/** As whoever calls again after a failure, with the same cause. */
async function untilDone(work: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
}
