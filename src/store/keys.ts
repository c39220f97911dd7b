import { crc32 } from 'node:zlib';
import type { TenantId } from '../decision/ids.ts';

/**
 * Every key of the product. The hash tag `{tenantId}` keeps all keys of a tenant in one slot, so that a commit
 * works on a Redis Cluster too. All are kept until the tenant is deleted, unless the key says otherwise.
 */
export function tenantKeys(tenant: TenantId) {
  const key = (...parts: readonly string[]) => [`{${tenant}}`, ...parts].join(':');
  return {
    /** HASH: head → its version, a space, its state as JSON. One field, so that the two cannot part. */
    heads: key('heads'),
    /** STREAM: `event` → JSON. A stream, because no command rewrites an entry of it. */
    log: (log: string) => key('log', log),
    /** HASH: field → decimal. */
    counts: (model: string) => key('counts', model),
    /** HASH: id → JSON, one of {@link recordShards} of a table. */
    recordShard: (table: string, shard: number) => key('records', table, String(shard)),
    records: (table: string, id: string) => key('records', table, String(crc32(id) % recordShards)),
    /** SORTED SET of members. */
    index: (index: string) => key('index', index),
    /** HASH: `digest`, `outcome` as JSON. Kept for {@link doneRetentionSeconds}. */
    done: (idempotencyKey: string) => key('done', idempotencyKey),
    /** STREAM: `key`, `body` as JSON. Kept until the relay has moved the message on. */
    outbox: key('outbox'),
  };
}

/** SET of the tenants that a commit was ever begun for; the only key that belongs to no tenant. */
export const tenantsKey = 'tenants';

/** Keeps a hash small enough to be read whole: a million records are 4,000 a shard. Never changes: ids live by it. */
export const recordShards = 64;

/** Nothing asks twice later than this: a year of usage can be read again, and a month is for being late. */
export const doneRetentionSeconds = 400 * 24 * 60 * 60;
