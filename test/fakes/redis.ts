import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TenantId } from '../../src/decision/ids.ts';
import { connect } from '../../src/store/connection.ts';
import {
  askRedis,
  freePort,
  redisArguments,
  redisProgram,
  untilAnswering,
} from '../../src/store/redis-process.ts';
import { type RedisStore, redisStore } from '../../src/store/store.ts';

/** A store for the tests of one `describe`; readable from its first `before` hook on. */
export interface TestStore {
  readonly url: string;
  readonly store: RedisStore;
}

/**
 * Gives the enclosing `describe` a real Redis: that of REDIS_URL, else one server for the whole run. It is shared,
 * so each test takes a tenant of its own from {@link freshTenant}.
 */
export function withRedis(): TestStore {
  return withStoreAt(sharedUrl);
}

/** Gives the enclosing `describe` a cluster of three masters, one for the whole run. */
export function withRedisCluster(): TestStore {
  return withStoreAt(sharedClusterUrl);
}

/** A tenant that nobody else has: the key space of one test. */
export function freshTenant(): TenantId {
  return randomUUID() as TenantId;
}

/** Opens a store on a server of a test's own for as long as the work takes. */
export async function withStore(url: string, work: (store: RedisStore) => Promise<void>): Promise<void> {
  const store = redisStore(connect(url, { onError: () => undefined }));
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

/** A server of one test's own, which may be killed. */
export interface OwnRedis {
  readonly url: string;
  readonly port: number;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** Starts a server that ends with this process at the latest, however this process ends. */
export async function startRedis(
  options: {
    readonly port?: number;
    readonly cluster?: boolean;
    /** More of what redis.conf may say, by name. */
    readonly settings?: Readonly<Record<string, string>>;
  } = {},
): Promise<OwnRedis> {
  const redis = {
    command: await redisProgram(console.log),
    folder: temporaryFolder(),
    port: options.port ?? (await freePort()),
  };
  const mode = options.cluster ? ['--cluster-enabled', 'yes'] : [];
  const settings = Object.entries(options.settings ?? {}).flatMap(([name, value]) => [
    `--${name}`,
    ...value.split(' '),
  ]);
  const child = spawnGuarded(redis.command, [...redisArguments(redis), ...mode, ...settings]);
  const ended = new AbortController();
  const exit = once(child, 'exit').then(() => ended.abort());

  await untilAnswering(redis, ended.signal);
  return {
    url: `redis://127.0.0.1:${redis.port}`,
    port: redis.port,
    async kill() {
      child.kill('SIGKILL');
      await exit;
    },
  };
}

function withStoreAt(urlOf: () => Promise<string>): TestStore {
  let started: TestStore | null = null;
  before(async () => {
    const url = await urlOf();
    started = { url, store: redisStore(connect(url, { onError: () => undefined })) };
  });
  after(() => started?.store.close());

  const current = (): TestStore => {
    if (!started) throw new Error('The store is there from the first before hook on.');
    return started;
  };
  return {
    get url() {
      return current().url;
    },
    get store() {
      return current().store;
    },
  };
}

let shared: Promise<string> | null = null;

function sharedUrl(): Promise<string> {
  const given = process.env.REDIS_URL;
  if (given) return Promise.resolve(given);
  shared ??= startRedis().then((redis) => redis.url);
  return shared;
}

let sharedCluster: Promise<string> | null = null;

function sharedClusterUrl(): Promise<string> {
  sharedCluster ??= startCluster();
  return sharedCluster;
}

const slots = 16_384;
const masters = 3;

async function startCluster(): Promise<string> {
  const ports: number[] = [];
  for (let node = 0; node < masters; node += 1) {
    const port = await freeClusterPort();
    await startRedis({ port, cluster: true });
    ports.push(port);
  }
  for (const [node, port] of ports.entries()) await joinCluster({ node, port, firstPort: ports[0] ?? port });
  for (const port of ports) await untilClusterIsWhole(port);
  return `redis+cluster://${ports.map((port) => `127.0.0.1:${port}`).join(',')}`;
}

/** Gives a node its share of the slots, and introduces it to the first node. */
async function joinCluster(member: { node: number; port: number; firstPort: number }): Promise<void> {
  const first = Math.ceil((member.node * slots) / masters);
  const end = Math.ceil(((member.node + 1) * slots) / masters);
  const own = Array.from({ length: end - first }, (_, index) => first + index);
  await askRedis(member.port, async (client) => {
    await client.cluster('ADDSLOTS', ...own);
    // Nodes that have one epoch each do not have to agree on an order first.
    await client.cluster('SET-CONFIG-EPOCH', member.node + 1);
    if (member.port !== member.firstPort) await client.cluster('MEET', '127.0.0.1', member.firstPort);
  });
}

async function untilClusterIsWhole(port: number): Promise<void> {
  for (;;) {
    const info = String(await askRedis(port, (client) => client.cluster('INFO')));
    if (info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${masters}`)) return;
    await delay(20);
  }
}

/** Cluster nodes also talk to each other on the port that is higher by 10,000. */
async function freeClusterPort(): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (port + 10_000 < 65_536) return port;
  }
}

/**
 * The program ends with this process even where this process is killed: a shell beside it waits for the end of
 * its standard input, and ends the program then.
 */
function spawnGuarded(command: string, programArguments: readonly string[]): ChildProcess {
  const guard = 'exec 3<&0; (read -r _ <&3; kill -9 $$) & exec "$@" 3<&-';
  const child = spawn('/bin/sh', ['-c', guard, 'guard', command, ...programArguments], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  child.once('exit', () => child.stdin?.destroy());
  child.unref();
  endings.push(() => child.kill('SIGKILL'));
  return child;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'credits-redis-'));
  endings.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What is done when this process ends: servers first, then their folders. */
const endings: (() => void)[] = [];
process.once('exit', () => {
  for (const end of endings.reverse()) end();
});
