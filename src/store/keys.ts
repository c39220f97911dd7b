import { crc32 } from 'node:zlib';
import type { TenantId } from '../decision/ids.ts';

/**
 * Every key of the product. The hash tag `{tenantId}` keeps all keys of a tenant in one slot, so that a commit
 * works on a Redis Cluster too. All are kept until the tenant is deleted, unless the key says otherwise.
 */
export function tenantKeys(tenant: TenantId) {
  const own = `{${tenant}}`;
  return {
    /** All keys of the tenant, as a pattern of SCAN. */
    all: `${own}:*`,
    /** HASH: head → its version, a space, its state as JSON. One field, so that the two cannot part. */
    heads: `${own}:heads`,
    /** STREAM: `event` → JSON. A stream, because no command rewrites an entry of it. */
    log: (log: string) => `${own}:log:${log}`,
    /** HASH: field → decimal. */
    counts: (model: string) => `${own}:counts:${model}`,
    /** What the keys of all tables begin with. */
    allRecords: `${own}:records:`,
    /** HASH: id → JSON, one of {@link recordShards} of a table. */
    recordShard: (table: string, shard: number) => `${own}:records:${table}:${shard}`,
    records: (table: string, id: string) => `${own}:records:${table}:${crc32(id) % recordShards}`,
    /** SORTED SET of members. */
    index: (index: string) => `${own}:index:${index}`,
    /** HASH: `digest`, `outcome` as JSON. Kept for {@link doneRetentionSeconds}. */
    done: (idempotencyKey: string) => `${own}:done:${idempotencyKey}`,
    /** STRING, kept as long as it says when it is written: minutes. */
    memory: (key: string) => `${own}:memory:${key}`,
    /** STRING: who holds a lease. Kept for seconds, unless it is renewed. */
    lease: (name: string) => `${own}:lease:${name}`,
    /** SORTED SET: turns by their time, of what a limit is for. Kept until the longest of its windows has passed. */
    turns: (of: string) => `${own}:turns:${of}`,
    /** STREAM: `key`, `body` as JSON. Kept until the relay has moved the message on. */
    outbox: `${own}:outbox`,
  };
}

/** SET of the tenants that a commit was ever begun for; the only key that belongs to no tenant. */
export const tenantsKey = 'tenants';

/** Keeps a hash small enough to be read whole: a million records are 16,000 a shard. Never changes: ids live by it. */
export const recordShards = 64;

/** Nothing asks twice later than this: a year of usage can be read again, and a month is for being late. */
export const doneRetentionSeconds = 400 * 24 * 60 * 60;
