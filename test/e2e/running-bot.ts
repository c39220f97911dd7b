import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot } from '../../src/store/project-root.ts';
import { freePort } from '../../src/store/redis-process.ts';

/** The product as a person starts it, in a process of its own. */
export interface RunningBot {
  /** Where everybody's chats stand side by side. */
  readonly chatsUrl: string;
  /** Where the playground shows its page; it is printed last. */
  readonly playgroundUrl: string;
  stop(): Promise<void>;
}

const startMs = 90_000;
const pollMs = 100;

/** Resolves when the last line, the playground's address, is printed. */
export async function startBot(redisUrl: string): Promise<RunningBot> {
  const child = spawn(process.execPath, ['--disable-warning=DEP0111', '--import=tsx', 'bot/main.ts'], {
    cwd: projectRoot,
    env: {
      ...process.env,
      REDIS_URL: redisUrl,
      PORT: String(await freePort()),
      PLAYGROUND_PORT: String(await freePort()),
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const giveUp = Date.now() + startMs;
  let playgroundUrl = lastAddress(printed);
  while (playgroundUrl === null) {
    if (child.exitCode !== null || Date.now() > giveUp) throw new Error(`The bot did not start:\n${printed}`);
    await sleep(pollMs);
    playgroundUrl = lastAddress(printed);
  }
  return {
    chatsUrl: /^Everybody's chats side by side: (?<url>http:\S+)$/m.exec(printed)?.groups?.url ?? '',
    playgroundUrl,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function lastAddress(printed: string): string | null {
  return /^Talk to it as .*: (?<url>http:\S+)$/m.exec(printed)?.groups?.url ?? null;
}
