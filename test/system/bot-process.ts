import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { bodyText, type LoopbackServer, listenOnLoopback } from '../../src/sandbox/loopback-server.ts';
import { sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { freePort } from '../../src/store/redis-process.ts';
import { type NodeProcess, nodeProcess, type ProcessOptions } from './node-process.ts';

/** The bot as a process of its own, as `npm start` starts it, without the playground. */
export interface BotProcess extends NodeProcess {
  readonly port: number;
  /** The status of a path; null while nothing listens. */
  status(path: string): Promise<number | null>;
  /** Asks until the path answers so; rejects where the process ends before. */
  until(path: string, status: number): Promise<void>;
}

export async function startBot(options: ProcessOptions = {}): Promise<BotProcess> {
  const port = await freePort();
  const bot = nodeProcess(['--disable-warning=DEP0111', 'bot/main.ts'], {
    ...options,
    environment: { PLAYGROUND: 'off', PORT: String(port), ...options.environment },
  });
  const status = async (path: string): Promise<number | null> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => null);
    await response?.body?.cancel();
    return response?.status ?? null;
  };
  return {
    ...bot,
    port,
    status,
    until: async (path, wanted) => {
      while ((await status(path)) !== wanted) {
        const { exitCode, signalCode } = bot.child;
        if (exitCode !== null || signalCode !== null) throw new Error(JSON.stringify(await bot.ended));
        // Another process takes its time; there is no clock of it to move.
        await delay(10);
      }
    },
  };
}

/** What the bot sends to the `serviceUrl` of an activity. */
export interface Channel {
  /** Says a text to the bot as a Billing Administrator, and gives back all that came as an answer. */
  say(bot: BotProcess, text: string): Promise<string>;
  stop(): Promise<void>;
}

export async function openChannel(): Promise<Channel> {
  const received: string[] = [];
  const server: LoopbackServer = await listenOnLoopback(0, async (request, response) => {
    received.push(await bodyText(request));
    // Not chained: restify, where it is loaded, replaces writeHead by one that returns nothing.
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end('{"id":"sent"}');
  });
  let said = 0;
  return {
    say: async (bot, text) => {
      received.length = 0;
      said += 1;
      const response = await fetch(`http://127.0.0.1:${bot.port}/api/messages`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(messageOf(text, { id: `said-${said}`, serviceUrl: server.url })),
      });
      assert.equal(response.status, 200, await response.text());
      return received.join('\n');
    },
    stop: server.stop,
  };
}

function messageOf(text: string, { id, serviceUrl }: { readonly id: string; readonly serviceUrl: string }) {
  const [person] = sandboxPeople;
  return {
    type: 'message',
    id,
    text,
    serviceUrl,
    channelId: 'msteams',
    locale: 'en-US',
    from: { id: `29:${person?.id}`, aadObjectId: person?.id, name: person?.displayName },
    recipient: { id: '28:bot', name: 'Credits Bot' },
    conversation: { id: 'a:personal', conversationType: 'personal', tenantId: sandboxTenant.id },
  };
}
