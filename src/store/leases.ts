import { randomUUID } from 'node:crypto';
import type { TenantId } from '../decision/ids.ts';
import type { Leases } from '../workflows/ports.ts';
import type { Connection } from './connection.ts';
import { tenantKeys } from './keys.ts';
import { reach } from './reach.ts';

/** A holder that died is found out after this time. */
const leaseMs = 4_000;
const renewEveryMs = 1_000;

/** Another holder's lease must be left alone, so who holds it is looked at in the same step. */
const renewScript =
  "return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PEXPIRE', KEYS[1], ARGV[2]) or 0";
const releaseScript = "return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0";

/** Leases in Redis, which forgets them by itself once they are not renewed. */
export function redisLeases(connection: Connection): Leases {
  return {
    async whileHeld<Result>(tenant: TenantId, name: string, work: () => Promise<Result>) {
      const key = tenantKeys(tenant).lease(name);
      const holder = randomUUID();
      const taken = await reach(connection, (redis) => redis.set(key, holder, 'PX', leaseMs, 'NX'));
      if (taken === null) return null;
      // A renewal that fails is not the work's failure: the commits of the work look at versions.
      const renewal = setInterval(() => {
        void connection.eval(renewScript, 1, key, holder, leaseMs).catch(() => undefined);
      }, renewEveryMs);
      try {
        return await work();
      } finally {
        clearInterval(renewal);
        await connection.eval(releaseScript, 1, key, holder).catch(() => undefined);
      }
    },
  };
}
