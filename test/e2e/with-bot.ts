import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { type SandboxPerson, sandboxPeople } from '../../src/sandbox/people.ts';
import { projectRoot } from '../../src/store/project-root.ts';
import { launchChromium } from '../fakes/chromium.ts';
import { startRedis } from '../fakes/redis.ts';
import { type RunningBot, startBot } from './running-bot.ts';

/** Where a test leaves what it saw. */
export const pictures = join(projectRoot, 'test', 'pictures');

/** The sandbox and a browser, for the tests of one `describe`; readable from its first `before` hook on. */
export interface BotInChromium {
  readonly redisUrl: string;
  readonly bot: RunningBot;
  readonly browser: Browser;
}

/** Gives the enclosing `describe` a bot of its own. */
export function withBotInChromium(): BotInChromium {
  let redis: Awaited<ReturnType<typeof startRedis>> | null = null;
  let bot: RunningBot | null = null;
  let browser: Browser | null = null;

  before(async () => {
    await mkdir(pictures, { recursive: true });
    redis = await startRedis();
    [bot, browser] = await Promise.all([startBot(redis.url), launchChromium()]);
  });

  after(async () => {
    await browser?.close();
    await bot?.stop();
    await redis?.kill();
  });

  return {
    get redisUrl() {
      return redis?.url ?? assert.fail('no Redis yet');
    },
    get bot() {
      return bot ?? assert.fail('no bot yet');
    },
    get browser() {
      return browser ?? assert.fail('no browser yet');
    },
  };
}

export function personNamed(name: string): SandboxPerson {
  return sandboxPeople.find(({ displayName }) => displayName === name) ?? assert.fail(`no ${name}`);
}
