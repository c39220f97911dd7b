import { Cluster, type Redis } from 'ioredis';
import { z } from 'zod';
import type { Instant } from '../decision/time.ts';
import type { RedisNodeFacts } from '../workflows/doctor/facts.ts';
import { type StoreHealth, StoreUnavailable } from '../workflows/ports.ts';
import type { Connection } from './connection.ts';
import { reach } from './reach.ts';
import { isReplyError } from './reply-error.ts';

/** How the Redis behind a connection is set up, or each master of a cluster. */
export function redisHealth(connection: Connection, now: () => Instant): StoreHealth {
  return {
    facts: async () => {
      try {
        const nodes = await reach(connection, (redis) =>
          Promise.all(mastersOf(redis).map((node) => look(node, now))),
        );
        return { kind: 'answers', nodes };
      } catch (cause) {
        if (cause instanceof StoreUnavailable) return { kind: 'unreachable' };
        if (isNotPermitted(cause)) return { kind: 'silent' };
        throw cause;
      }
    },
  };
}

function mastersOf(connection: Connection): readonly Redis[] {
  return connection instanceof Cluster ? connection.nodes('master') : [connection];
}

async function look(node: Redis, now: () => Instant): Promise<RedisNodeFacts> {
  const askedAt = now();
  const [seconds, microseconds] = timeReply.parse(await node.time());
  // The answer was made about half-way.
  const answeredAt = (askedAt + now()) / 2;
  const info = fieldsOf(await node.info());
  const settings = await settingsOf(node);
  const aof = info.get('aof_enabled');
  return {
    version: info.get('redis_version') ?? '0',
    isReplica: info.get('role') === 'slave',
    appendOnly: aof === undefined ? null : aof === '1',
    lastWriteWorked: worked(info, settings),
    evictionPolicy: settings?.get('maxmemory-policy') ?? info.get('maxmemory_policy') ?? null,
    appendFsync: settings?.get('appendfsync') ?? null,
    clusterState: info.get('cluster_enabled') === '1' ? await clusterStateOf(node) : null,
    clockAheadMs: seconds * 1_000 + microseconds / 1_000 - answeredAt,
  };
}

const timeReply = z.tuple([z.coerce.number(), z.coerce.number()]);

/** A snapshot that failed stops writes only where snapshots are made at all. */
function worked(info: ReadonlyMap<string, string>, settings: ReadonlyMap<string, string> | null): boolean {
  if (info.get('aof_last_write_status') === 'err') return false;
  const makesSnapshots = settings?.get('save') !== '';
  return !(makesSnapshots && info.get('rdb_last_bgsave_status') === 'err');
}

const settingsRead = ['appendfsync', 'maxmemory-policy', 'save'];

/** Managed services take commands away or forbid them to a user. */
function isNotPermitted(error: unknown): boolean {
  return isReplyError(error) && /^NOPERM|unknown command|not (?:allowed|permitted)/i.test(error.message);
}

/** Null where the user may not read settings. */
async function settingsOf(node: Redis): Promise<ReadonlyMap<string, string> | null> {
  try {
    const settings = new Map<string, string>();
    // Several at once are known from version 7 on.
    for (const name of settingsRead) {
      const reply = configReply.safeParse(await node.config('GET', name));
      if (reply.success) settings.set(name, reply.data[1]);
    }
    return settings;
  } catch (error) {
    if (isNotPermitted(error)) return null;
    throw error;
  }
}

/** Nothing is answered where a service hides a setting. */
const configReply = z.tuple([z.string(), z.string()]);

async function clusterStateOf(node: Redis): Promise<string> {
  return fieldsOf(String(await node.cluster('INFO'))).get('cluster_state') ?? 'unknown';
}

/** `name:value`, a line each. */
function fieldsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split('\r\n').flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1)] as const];
    }),
  );
}
