import { z } from 'zod';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Connection } from './connection.ts';
import { readJson } from './json.ts';
import { recordShards, tenantKeys } from './keys.ts';
import { reach } from './reach.ts';

interface Table {
  readonly tenant: TenantId;
  readonly table: string;
}

/** Those of the records that exist, by id, in one round trip. */
export async function readRecords(
  connection: Connection,
  wanted: Table & { readonly ids: readonly string[] },
): Promise<ReadonlyMap<string, JsonValue>> {
  const shards = [...idsByShard(wanted)];
  if (shards.length === 0) return new Map();

  const answers = await reach(connection, (redis) => readShards(redis, shards));
  const found = new Map<string, JsonValue>();
  for (const [shard, [, ids]] of shards.entries()) {
    for (const [index, id] of ids.entries()) {
      const text = answers[shard]?.[index];
      if (typeof text === 'string') found.set(id, readJson(text));
    }
  }
  return found;
}

type ShardAnswer = readonly (string | null)[];

async function readShards(
  redis: Connection,
  shards: readonly (readonly [key: string, ids: readonly string[]])[],
): Promise<readonly ShardAnswer[]> {
  const [only, second] = shards;
  // One record, such as a person's, is asked for in every turn, and needs no pipeline.
  if (only !== undefined && second === undefined) return [await redis.hmget(only[0], ...only[1])];
  const pipeline = redis.pipeline();
  for (const [key, ids] of shards) pipeline.hmget(key, ...ids);
  return valuesOf(await pipeline.exec(), z.array(z.string().nullable()));
}

/** Shards that are read in one round trip. */
const shardsPerBatch = 4;

export async function* allRecords(
  connection: Connection,
  { tenant, table }: Table,
): AsyncGenerator<readonly (readonly [id: string, value: JsonValue])[]> {
  for (let first = 0; first < recordShards; first += shardsPerBatch) {
    const answers = await reach(connection, async (redis) => {
      const pipeline = redis.pipeline();
      for (let shard = first; shard < first + shardsPerBatch; shard += 1) {
        pipeline.hgetall(tenantKeys(tenant).recordShard(table, shard));
      }
      return valuesOf(await pipeline.exec(), z.record(z.string()));
    });
    const batch = answers.flatMap((shard) => Object.entries(shard));
    if (batch.length > 0) yield batch.map(([id, text]) => [id, readJson(text)] as const);
  }
}

function idsByShard({
  tenant,
  table,
  ids,
}: Table & { readonly ids: readonly string[] }): Map<string, string[]> {
  const keys = tenantKeys(tenant);
  const shards = new Map<string, string[]>();
  for (const id of new Set(ids)) {
    const key = keys.records(table, id);
    const shard = shards.get(key);
    if (shard) shard.push(id);
    else shards.set(key, [id]);
  }
  return shards;
}

/** Throws the first error that a command of the pipeline was answered with. */
function valuesOf<Value>(
  replies: readonly [error: Error | null, value: unknown][] | null,
  schema: z.ZodType<Value>,
): readonly Value[] {
  return (replies ?? []).map(([error, value]) => {
    if (error) throw error;
    return schema.parse(value);
  });
}
