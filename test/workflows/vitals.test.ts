import assert from 'node:assert/strict';
import { doAbout } from '../../src/workflows/follow-incident.ts';
import { refreshPeople } from '../../src/workflows/people.ts';
import { vitals } from '../../src/workflows/vitals.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { FollowedTenant } from './incidents-under-test.ts';
import { portsOf, startDirectory } from './product-under-test.ts';
import { now } from './tenant-under-test.ts';

describe('how the product is over all its tenants', () => {
  const redis = withRedis();

  it('is told without naming one: how many, the least fresh reading, what goes on', async () => {
    const [one, other] = [new FollowedTenant(redis.store), new FollowedTenant(redis.store)];
    const graph = await startDirectory(one.id);
    const store = { ...redis.store, tenants: async () => [one.id, other.id, freshTenant()] };
    try {
      assert.deepEqual(await vitals(store), {
        tenants: 3,
        usageReadAt: null,
        peopleReadAt: null,
        openIncidents: new Map(),
      });
      await refreshPeople(portsOf(redis.store, graph), one.id);
      for (const { ports, id } of [one, other]) {
        await doAbout(ports, id, { command: { type: 'drill', by: 'test' } });
      }
      const { peopleReadAt, openIncidents } = await vitals(store);
      assert.equal(peopleReadAt, now);
      assert.deepEqual([...openIncidents], [['drill', 2]]);
    } finally {
      await graph.stop();
    }
  });
});
