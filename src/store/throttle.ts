import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Result } from 'ioredis';
import { z } from 'zod';
import { digest } from '../decision/digest.ts';
import { hourMs, type Instant } from '../decision/time.ts';
import type { Throttle } from '../workflows/ports.ts';
import type { Connection } from './connection.ts';
import { tenantKeys } from './keys.ts';
import { reach } from './reach.ts';

type Window = readonly [milliseconds: number, most: number];

/** Teams' limits for one bot in one thread ("Optimize your bot with rate limiting in Teams", the table's sends). */
const perConversation: readonly Window[] = [
  [1_000, 7],
  [2_000, 8],
  [30_000, 60],
  [hourMs, 1_800],
];

/** Whoever is told to come later than this does something else meanwhile. */
const longestWaitMs = 2_000;

/**
 * Turns to write to Teams, shared by all processes on one Redis. Where no clock is given, the server's own counts, so
 * that processes whose clocks differ still agree.
 */
export function redisThrottle(
  connection: Connection,
  settings: { readonly perTenantASecond: number; readonly now?: () => Instant },
): Throttle {
  connection.defineCommand('takeTurn', { lua: script });
  const limits = JSON.stringify([[[1_000, settings.perTenantASecond]], perConversation]);
  return {
    take: async (tenant, conversation) => {
      const keys = tenantKeys(tenant);
      const counted = [keys.turns('tenant'), keys.turns(digest(conversation))];
      const clock = settings.now === undefined ? [] : [String(settings.now())];
      const reply = await reach(connection, (redis) =>
        redis.takeTurn(counted.length, ...counted, randomUUID(), String(longestWaitMs), limits, ...clock),
      );
      const [taken, waitMs] = replySchema.parse(reply);
      return { kind: taken === 1 ? 'taken' : 'later', waitMs };
    },
  };
}

const script = readFileSync(new URL('throttle.lua', import.meta.url), 'utf8');
const replySchema = z.tuple([z.number(), z.number()]);

declare module 'ioredis' {
  interface RedisCommander<Context> {
    takeTurn(numberOfKeys: number, ...keysAndValues: string[]): Result<unknown, Context>;
  }
}
