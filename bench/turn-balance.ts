import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { sandboxPeople, sandboxTenant } from '../src/sandbox/people.ts';
import { freePort } from '../src/store/redis-process.ts';
import { type Measured, measured, type Pair } from './measured.ts';
import { freshRedis } from './redis.ts';
import type { Started } from './started.ts';

const rounds = 5;
const roundSeconds = 4;
const warmUpSeconds = 4;
const connections = 10;

/**
 * Balance turns through HTTP with a real Redis, against a bare restify and botbuilder bot that echoes; both answer to
 * a local connector. Each bot is a process of its own, and they take turns.
 */
export async function turnBalance(started: Started): Promise<Measured> {
  const redisUrl = await freshRedis(started);
  const connector = await startConnector(started);
  const echo = await startBot('bench/echo-bot.ts', {}, started);
  const credits = await startBot(
    'bot/main.ts',
    { REDIS_URL: redisUrl, PLAYGROUND: 'off', LOG_LEVEL: 'error' },
    started,
  );
  await turnsPerSecond(echo, connector, warmUpSeconds);
  await turnsPerSecond(credits, connector, warmUpSeconds);
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const baseline = await turnsPerSecond(echo, connector, roundSeconds);
    const value = await turnsPerSecond(credits, connector, roundSeconds);
    pairs.push({ value, baseline });
  }
  return measured(pairs, 'turns/s');
}

/** The least that a connector must say: the message was taken, and this is its id. */
async function startConnector(started: Started): Promise<string> {
  let id = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      id += 1;
      response.writeHead(201, { 'content-type': 'application/json' }).end(`{"id":"${id}"}`);
    });
  });
  started.add(async () => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

async function startBot(script: string, variables: NodeJS.ProcessEnv, started: Started): Promise<string> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import=tsx', script], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '--disable-warning=DEP0111', ...variables, PORT: String(port) },
  });
  started.add(() => stopBot(child));
  const url = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${url}/readyz`).catch(() => null))?.ok) {
    if (hasEnded(child)) throw new Error(`${script} ended before it was ready.`);
    await sleep(100);
  }
  return url;
}

async function stopBot(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await gone;
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function turnsPerSecond(bot: string, serviceUrl: string, duration: number): Promise<number> {
  const result = await autocannon({
    url: `${bot}/api/messages`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(balanceQuestion(serviceUrl)),
    connections,
    duration,
  });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx + result.errors} turns failed.`);
  return result.requests.average;
}

function balanceQuestion(serviceUrl: string): object {
  const [person] = sandboxPeople;
  if (person === undefined) throw new Error('The sandbox has no people.');
  return {
    type: 'message',
    id: '1485983408511',
    timestamp: '2026-11-24T01:10:07.437Z',
    channelId: 'msteams',
    serviceUrl,
    from: { id: `29:${person.id}`, name: person.displayName, aadObjectId: person.id },
    recipient: { id: '28:c9e8c047-2a74-40a2-b28a-b162d5f5327c', name: 'Credits Bot' },
    conversation: { conversationType: 'personal', tenantId: sandboxTenant.id, id: `a:${person.id}` },
    channelData: { tenant: { id: sandboxTenant.id } },
    locale: 'en-US',
    localTimezone: person.timeZone,
    textFormat: 'plain',
    text: "what's our balance",
  };
}
