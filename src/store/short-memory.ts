import type { ShortMemory } from '../workflows/ports.ts';
import type { Connection } from './connection.ts';
import { tenantKeys } from './keys.ts';
import { reach } from './reach.ts';

/** What Redis forgets by itself. It is no fact, so it needs no commit: the last word counts. */
export function redisShortMemory(connection: Connection): ShortMemory {
  return {
    remember: async (tenant, { key, value, seconds }) => {
      const memory = tenantKeys(tenant).memory(key);
      await reach(connection, (redis) => redis.set(memory, value, 'EX', seconds));
    },
    recalled: (tenant, key) => reach(connection, (redis) => redis.get(tenantKeys(tenant).memory(key))),
  };
}
