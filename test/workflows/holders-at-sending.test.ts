import assert from 'node:assert/strict';
import { holdersAtSending } from '../../src/workflows/holders-at-sending.ts';
import { refreshPeople } from '../../src/workflows/people.ts';
import { DirectoryUnavailable } from '../../src/workflows/ports.ts';
import { freshTenant, withRedis } from '../fakes/redis.ts';
import { portsOf, startDirectory } from './product-under-test.ts';

describe('who holds a role when something is to be said', () => {
  const redis = withRedis();
  const away = {
    roleHoldings: async () => {
      throw new DirectoryUnavailable(new Error('away'));
    },
  };

  it('is whom the directory named last, while it does not answer', async () => {
    const tenant = freshTenant();
    const graph = await startDirectory(tenant);
    const { holdings } = await refreshPeople(portsOf(redis.store, graph), tenant);
    await graph.stop();
    const directory = holdersAtSending({ store: redis.store, roleDirectory: away });
    const roles = [...holdings.holders.keys()];
    assert.deepEqual(await directory.roleHoldings(tenant, roles, { somebodyWaits: false }), holdings);
  });

  it('is nobody known where it never answered', async () => {
    const directory = holdersAtSending({ store: redis.store, roleDirectory: away });
    await assert.rejects(
      directory.roleHoldings(freshTenant(), [], { somebodyWaits: false }),
      DirectoryUnavailable,
    );
  });
});
