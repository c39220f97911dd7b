import { mkdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import lockfile from 'proper-lockfile';
import { z } from 'zod';
import { projectRoot } from './project-root.ts';
import {
  askRedis,
  freePort,
  hasLoaded,
  RedisDidNotStart,
  redisProgram,
  startDetached,
} from './redis-process.ts';

/** A Redis on loopback that all processes using one folder share. */
export interface LocalRedis {
  readonly url: string;
  /** Ends this use; the last one out stops the server, whose data stays in the folder. May be called twice. */
  stop(): Promise<void>;
}

/** Where the sandbox and the `credits` command keep their data. */
export const sandboxRedisFolder = join(projectRoot, '.sandbox', 'redis');

/**
 * Joins the server that keeps its data in this folder, or starts it. The server outlives a user that is killed;
 * the next user adopts it, and the last one to stop stops it.
 * @throws {ProgramMissing | RedisDidNotStart | PortSilent}
 */
export async function localRedis(place: {
  readonly folder: string;
  readonly log: (line: string) => void;
}): Promise<LocalRedis> {
  const command = await redisProgram(place.log);
  await mkdir(place.folder, { recursive: true });
  const folder = await realpath(place.folder);

  const { port, mark } = await alone(folder, async () => {
    const port = await runningServer({ command, folder });
    return { port, mark: await markUse(port) };
  });
  let stopped: Promise<void> | null = null;
  return {
    url: `redis://127.0.0.1:${port}`,
    stop() {
      stopped ??= alone(folder, () => leave({ folder, port, mark }));
      return stopped;
    },
  };
}

/** A holder that was killed is found out after this time. */
const staleLockMs = 10_000;

async function alone<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const unlock = await lockfile.lock(folder, {
    lockfilePath: join(folder, 'lock'),
    stale: staleLockMs,
    retries: { forever: true, minTimeout: 10, maxTimeout: 100, randomize: true },
    // A holder that slept may find another in its place. Even then two servers cannot write to one folder, for
    // both would listen on the folder's port.
    onCompromised: () => undefined,
  });
  try {
    return await work();
  } finally {
    await unlock().catch(() => undefined);
  }
}

/** Each further attempt means that something else had the port without listening on it. */
const maxAttempts = 5;

async function runningServer(place: { readonly command: string; readonly folder: string }): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await portOf(place.folder);
    const holder = await holderOf(port, place.folder);
    if (holder === 'ours' && (await hasLoaded(port))) return port;
    if (holder === 'stranger') await forgetPort(place.folder);
    if (holder !== 'nobody') continue;

    try {
      await startDetached({ ...place, port });
    } catch (error) {
      if (!(error instanceof RedisDidNotStart) || attempt === maxAttempts) throw error;
      await forgetPort(place.folder);
    }
  }
}

const serverFile = z.object({ port: z.number().int().min(1).max(65_535) });

/**
 * The port of a folder is written down before a server listens on it, so that a server is never lost by a starter
 * that is killed, and it stays the same, so that whoever held the URL finds the next server too.
 */
async function portOf(folder: string): Promise<number> {
  for (;;) {
    const known = serverFile.safeParse(await readServerFile(folder));
    if (known.success) return known.data.port;
    await forgetPort(folder);
    const chosen = JSON.stringify({ port: await freePort() });
    await writeFile(serverFilePath(folder), chosen, { flag: 'wx' }).catch(unlessExists);
  }
}

async function readServerFile(folder: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(serverFilePath(folder), 'utf8'));
  } catch {
    return null;
  }
}

async function forgetPort(folder: string): Promise<void> {
  await rm(serverFilePath(folder), { force: true });
}

function serverFilePath(folder: string): string {
  return join(folder, 'server.json');
}

function unlessExists(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** Something holds the folder's port and does not answer: a server that hangs must not get a second one beside it. */
export class PortSilent extends Error {
  constructor(place: { readonly folder: string; readonly port: number }, cause: unknown) {
    super(
      `Port ${place.port} belongs to the Redis of ${place.folder} but does not answer: ` +
        `end the process that listens there, or remove ${serverFilePath(place.folder)} if it is a stranger.`,
      { cause },
    );
    this.name = 'PortSilent';
  }
}

async function holderOf(port: number, folder: string): Promise<'ours' | 'stranger' | 'nobody'> {
  try {
    const answer = await askRedis(port, (client) => client.config('GET', 'dir'));
    if (answer === null) return 'nobody';
    return Array.isArray(answer) && answer[1] === folder ? 'ours' : 'stranger';
  } catch (error) {
    // No answer, or a server that is full, may be ours. One that speaks otherwise, or hangs up, is not.
    if (/timed out|max number of clients/i.test(String(error))) throw new PortSilent({ folder, port }, error);
    return 'stranger';
  }
}

const markPrefix = 'credits-user-';

/** A connection that stays open as the mark of use; the system closes it for a process that is killed. */
async function markUse(port: number): Promise<Redis> {
  const mark = new Redis({ host: '127.0.0.1', port, connectionName: `${markPrefix}${process.pid}` });
  mark.on('error', () => undefined);
  await mark.ping();
  return mark;
}

async function leave(use: {
  readonly folder: string;
  readonly port: number;
  readonly mark: Redis;
}): Promise<void> {
  // The name goes before the connection does, so that nobody counts a user who is leaving.
  if (use.mark.status === 'ready') await use.mark.client('SETNAME', '').catch(() => undefined);
  use.mark.disconnect();

  if ((await holderOf(use.port, use.folder)) !== 'ours') return;
  await askRedis(use.port, async (client) => {
    const connections = String(await client.client('LIST'));
    // The connection closes without a reply when the server has ended.
    if (!connections.includes(`name=${markPrefix}`)) await client.shutdown('NOSAVE').catch(() => undefined);
  });
}
