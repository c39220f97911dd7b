import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { isReplyError } from './reply-error.ts';
import { findOrInstall } from './system-package.ts';

/** A server of our own, on loopback only. */
export interface RedisProcess {
  /** Full path of the server program. */
  readonly command: string;
  /** An existing folder, for its data and for `redis.log`. */
  readonly folder: string;
  readonly port: number;
}

/** The server ended instead of answering; the message holds the end of its log. */
export class RedisDidNotStart extends Error {
  constructor(folder: string, endOfLog: string) {
    super(`Redis did not start. The end of ${join(folder, logFile)} says:\n${endOfLog}`);
    this.name = 'RedisDidNotStart';
  }
}

const logFile = 'redis.log';
const pollMs = 20;
/** Longer than a loopback connection can take on a busy machine, shorter than anybody's patience. */
const askTimeoutMs = 5_000;

/** The server program; Redis and its successor Valkey speak the same protocol. @throws {ProgramMissing} */
export function redisProgram(log: (line: string) => void): Promise<string> {
  return findOrInstall({
    commands: ['redis-server', 'valkey-server'],
    debianPackages: ['redis-server'],
    purpose: 'the data of the sandbox and of the tests',
    log,
  });
}

/** What every server of ours is started with; snapshots are off, for the append-only file says it all. */
export function redisArguments(redis: RedisProcess): readonly string[] {
  const settings = {
    port: String(redis.port),
    bind: '127.0.0.1',
    'protected-mode': 'yes',
    daemonize: 'no',
    dir: redis.folder,
    logfile: logFile,
    save: '',
  };
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]);
}

/**
 * Starts a server that keeps every write and outlives this process. Resolves once it answers, however long it
 * takes to read its data.
 * @throws {RedisDidNotStart}
 */
export async function startDetached(redis: RedisProcess): Promise<void> {
  const durable = ['--appendonly', 'yes', '--appendfsync', 'always'];
  const child = spawn(redis.command, [...redisArguments(redis), ...durable], {
    detached: true,
    stdio: 'ignore',
  });
  const ended = new AbortController();
  child.once('error', () => ended.abort());
  child.once('exit', () => ended.abort());
  child.unref();

  await untilAnswering(redis, ended.signal);
}

/** Resolves when the server answers. @throws {RedisDidNotStart} where it ended before. */
export async function untilAnswering(redis: RedisProcess, ended: AbortSignal): Promise<void> {
  while (!(await hasLoaded(redis.port))) {
    if (ended.aborted) throw new RedisDidNotStart(redis.folder, await endOfLog(redis.folder));
    await delay(pollMs);
  }
}

/** Waits while a server reads its data; false where none listens, or no longer. */
export async function hasLoaded(port: number): Promise<boolean> {
  for (;;) {
    const answer = await askRedis(port, (client) => client.ping().catch(loading));
    if (answer !== 'loading') return answer === 'PONG';
    await delay(pollMs);
  }
}

function loading(error: unknown): 'loading' {
  if (isReplyError(error) && error.message.startsWith('LOADING')) return 'loading';
  throw error;
}

/**
 * The answer of whatever Redis listens on a loopback port, over a connection of its own; null where none does.
 * Rejects where it answers with an error.
 */
export async function askRedis<Answer>(
  port: number,
  question: (client: Redis) => Promise<Answer>,
): Promise<Answer | null> {
  const client = new Redis({
    host: '127.0.0.1',
    port,
    lazyConnect: true,
    // A server that is still reading its data can be asked who it is.
    enableReadyCheck: false,
    connectTimeout: askTimeoutMs,
    commandTimeout: askTimeoutMs,
    retryStrategy: () => null,
  });
  // Each failure also rejects what was asked, which is where it is dealt with.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch {
    client.disconnect();
    return null;
  }
  try {
    return await question(client);
  } finally {
    client.disconnect();
  }
}

/** A loopback port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function endOfLog(folder: string): Promise<string> {
  const log = await readFile(join(folder, logFile), 'utf8').catch(() => '(there is no log)');
  return log.trim().split('\n').slice(-5).join('\n');
}
