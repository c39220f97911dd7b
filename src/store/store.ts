import { z } from 'zod';
import type { CommitReply } from '../decision/commit.ts';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Outbox, Store } from '../workflows/ports.ts';
import { commitChange, defineCommit } from './commit.ts';
import type { Connection } from './connection.ts';
import { answers, scoredMembers, storedNames } from './contents.ts';
import { Heads } from './heads.ts';
import { readable, readJson } from './json.ts';
import { tenantKeys, tenantsKey } from './keys.ts';
import { outboxLength, readOutbox, removeFromOutbox } from './outbox.ts';
import { reach } from './reach.ts';
import { allRecords, readRecords } from './records.ts';

export interface RedisStore extends Store, Outbox {
  /** Ends the connection, after what was asked before is answered. */
  close(): Promise<void>;
}

/**
 * The store on Redis. It takes over the connection. Where Redis does not answer, everything throws
 * StoreUnavailable within seconds, and works again by itself once Redis is back.
 */
export function redisStore(connection: Connection): RedisStore {
  defineCommit(connection);
  const heads = new Heads(connection);
  return {
    knowsTenant: (tenant) => knowsTenant(connection, tenant),
    tenants: () => tenants(connection),
    heads: (tenant) => heads.of(tenant),
    records: (tenant, table, ids) => readRecords(connection, { tenant, table, ids }),
    allRecords: (tenant, table) => allRecords(connection, { tenant, table }),
    counts: (tenant, model) => counts(connection, tenantKeys(tenant).counts(model)),
    members: (tenant, index, range) => members(connection, tenantKeys(tenant).index(index), range),
    log: (tenant, log) => events(connection, tenantKeys(tenant).log(log)),
    latest: (tenant, log, count) => latestEvents(connection, tenantKeys(tenant).log(log), count),
    names: (tenant) => storedNames(connection, tenant),
    scoredMembers: (tenant, index) => scoredMembers(connection, tenantKeys(tenant).index(index)),
    answers: (tenant, keys) => answers(connection, tenant, keys),
    recall: (tenant, request) => recall(connection, tenantKeys(tenant).done(request.key), request.digest),
    commit: (change) => commit(connection, change),
    outbox: (tenant, count) => readOutbox(connection, tenant, count),
    outboxLength: (tenant) => outboxLength(connection, tenant),
    outboxMoved: (tenant, places) => removeFromOutbox(connection, tenant, places),
    ping: () => ping(connection),
    close: () => close(connection),
  };
}

async function knowsTenant(connection: Connection, tenant: TenantId): Promise<boolean> {
  return (await reach(connection, (redis) => redis.exists(tenantKeys(tenant).heads))) > 0;
}

async function tenants(connection: Connection): Promise<readonly TenantId[]> {
  const begun = await reach(connection, (redis) => redis.smembers(tenantsKey));
  const known = await Promise.all(begun.map((tenant) => knowsTenant(connection, tenant as TenantId)));
  return begun.filter((_, index) => known[index]).sort() as TenantId[];
}

async function counts(connection: Connection, key: string): Promise<ReadonlyMap<string, bigint>> {
  const stored = await reach(connection, (redis) => redis.hgetall(key));
  return new Map(Object.entries(stored).map(([field, number]) => [field, BigInt(number)]));
}

function members(
  connection: Connection,
  key: string,
  range: { readonly from: number; readonly to: number },
): Promise<readonly string[]> {
  return reach(connection, (redis) => redis.zrangebyscore(key, bound(range.from), `(${bound(range.to)}`));
}

function bound(score: number): string {
  if (score === Number.POSITIVE_INFINITY) return '+inf';
  return score === Number.NEGATIVE_INFINITY ? '-inf' : String(score);
}

/** Some hundred kilobytes a batch, which holds up nobody. */
const eventsPerBatch = 500;

async function* events(connection: Connection, key: string): AsyncGenerator<readonly JsonValue[]> {
  let after = '-';
  for (;;) {
    const batch = await reach(connection, (redis) => redis.xrange(key, after, '+', 'COUNT', eventsPerBatch));
    const last = batch.at(-1);
    if (!last) return;
    yield batch.map(([, fields]) => readEvent(fields));
    after = `(${last[0]}`;
  }
}

async function latestEvents(
  connection: Connection,
  key: string,
  count: number,
): Promise<readonly JsonValue[]> {
  const read = await reach(connection, (redis) => redis.xrevrange(key, '+', '-', 'COUNT', count));
  return read.map(([, fields]) => readEvent(fields));
}

function readEvent(fields: readonly string[]): JsonValue {
  const entry = eventEntry.safeParse(fields);
  return entry.success ? readable(entry.data[1]) : null;
}

const eventEntry = z.tuple([z.literal('event'), z.string()]);

async function recall(
  connection: Connection,
  key: string,
  digest: string,
): Promise<Exclude<CommitReply, { kind: 'committed' | 'conflict' }> | null> {
  const [known, outcome] = await reach(connection, (redis) => redis.hmget(key, 'digest', 'outcome'));
  if (typeof known !== 'string' || typeof outcome !== 'string') return null;
  return known === digest ? { kind: 'repeated', outcome: readJson(outcome) } : { kind: 'key-reused' };
}

async function commit(connection: Connection, change: Parameters<Store['commit']>[0]): Promise<CommitReply> {
  // The set lives in another slot than the tenant. It comes first, so that no tenant with facts is missing from it;
  // one without facts is left out when it is read.
  await reach(connection, (redis) => redis.sadd(tenantsKey, change.tenantId));
  return commitChange(connection, change);
}

async function ping(connection: Connection): Promise<void> {
  await reach(connection, (redis) => redis.ping());
}

async function close(connection: Connection): Promise<void> {
  try {
    await connection.quit();
  } catch {
    // A server that is gone cannot be told; what is left is to stop trying to reach it.
    connection.disconnect();
  }
}
