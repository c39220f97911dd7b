import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localRedis } from '../src/store/local-server.ts';
import type { Started } from './started.ts';

/** The address of a Redis of the bench's own, durable as the sandbox's is. */
export async function freshRedis(started: Started): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'credits-bench-'));
  const redis = localRedis({ folder, log: (line) => process.stderr.write(`${line}\n`) });
  started.add(async () => {
    try {
      await (await redis).stop();
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
  return (await redis).url;
}
