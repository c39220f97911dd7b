import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localRedis } from '../src/store/local-server.ts';

/** Runs work on a Redis of its own, durable as the sandbox's is, and leaves nothing behind. */
export async function onFreshRedis<Result>(work: (redisUrl: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'credits-bench-'));
  const redis = await localRedis({ folder, log: (line) => process.stderr.write(`${line}\n`) });
  try {
    return await work(redis.url);
  } finally {
    await redis.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
