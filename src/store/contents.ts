import { z } from 'zod';
import type { Idempotency } from '../decision/commit.ts';
import type { TenantId } from '../decision/ids.ts';
import type { StoredNames } from '../workflows/ports.ts';
import type { Connection } from './connection.ts';
import { readJson } from './json.ts';
import { tenantKeys } from './keys.ts';
import { reach } from './reach.ts';

/** Keys looked at in one step of a scan, which holds up nobody. */
const keysPerStep = 1_000;

/** Names of all that is kept of a tenant, each in order. Redis has no list of them, so every key is looked at. */
export async function storedNames(connection: Connection, tenant: TenantId): Promise<StoredNames> {
  const own = tenantKeys(tenant);
  const logs = new Set<string>();
  const tables = new Set<string>();
  const models = new Set<string>();
  const indexes = new Set<string>();
  const answered = new Set<string>();
  const kinds: readonly (readonly [prefix: string, take: (name: string) => void])[] = [
    [own.log(''), (name) => logs.add(name)],
    [own.counts(''), (name) => models.add(name)],
    [own.index(''), (name) => indexes.add(name)],
    [own.done(''), (name) => answered.add(name)],
    [own.allRecords, (name) => tables.add(name.slice(0, name.lastIndexOf(':')))],
  ];
  for await (const keys of scanned(connection, own.all)) {
    for (const key of keys) {
      for (const [prefix, take] of kinds) if (key.startsWith(prefix)) take(key.slice(prefix.length));
    }
  }
  return {
    logs: [...logs].sort(),
    tables: [...tables].sort(),
    models: [...models].sort(),
    indexes: [...indexes].sort(),
    answers: [...answered].sort(),
  };
}

/** Every master of a cluster is asked: one has the tenant's slot, and it may move meanwhile. */
async function* scanned(connection: Connection, pattern: string): AsyncGenerator<readonly string[]> {
  const nodes = 'nodes' in connection ? connection.nodes('master') : [connection];
  for (const node of nodes) {
    let cursor = '0';
    do {
      const [next, keys] = await reach(node, (redis) =>
        'nodes' in redis ? noCluster() : redis.scan(cursor, 'MATCH', pattern, 'COUNT', keysPerStep),
      );
      yield keys;
      cursor = next;
    } while (cursor !== '0');
  }
}

function noCluster(): never {
  throw new Error('A node of a cluster is no cluster.');
}

const membersPerBatch = 1_000;

export async function* scoredMembers(
  connection: Connection,
  key: string,
): AsyncGenerator<readonly (readonly [member: string, score: number])[]> {
  for (let first = 0; ; first += membersPerBatch) {
    const last = first + membersPerBatch - 1;
    const flat = await reach(connection, (redis) => redis.zrange(key, first, last, 'WITHSCORES'));
    if (flat.length === 0) return;
    yield inPairs(flat);
  }
}

function inPairs(flat: readonly string[]): readonly (readonly [string, number])[] {
  const pairs: (readonly [string, number])[] = [];
  for (let index = 0; index < flat.length; index += 2) {
    pairs.push([flat[index] ?? '', Number(flat[index + 1])]);
  }
  return pairs;
}

const answer = z.tuple([z.string(), z.string()]);

/** Those that are still kept; some may have come to their end since they were named. */
export async function answers(
  connection: Connection,
  tenant: TenantId,
  keys: readonly string[],
): Promise<readonly Idempotency[]> {
  const replies = await reach(connection, async (redis) => {
    const pipeline = redis.pipeline();
    for (const key of keys) pipeline.hmget(tenantKeys(tenant).done(key), 'digest', 'outcome');
    return pipeline.exec();
  });
  return (replies ?? []).flatMap(([error, found], index) => {
    if (error) throw error;
    const read = answer.safeParse(found);
    if (!read.success) return [];
    const [digest, outcome] = read.data;
    return [{ key: keys[index] ?? '', digest, outcome: readJson(outcome) }];
  });
}
