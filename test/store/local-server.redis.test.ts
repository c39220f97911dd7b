import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LocalRedis, localRedis } from '../../src/store/local-server.ts';
import { askRedis } from '../../src/store/redis-process.ts';

describe('the Redis of a folder', function () {
  // Processes of our own start here, several at once.
  this.timeout(90_000);
  let folder: string;

  let users: LocalRedis[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'credits-local-'));
    users = [];
  });
  afterEach(async () => {
    // Whoever joins and leaves last stops the server, also after a test that failed half-way.
    await joined();
    for (const user of users) await user.stop();
    await rm(folder, { recursive: true });
  });

  const joined = async () => {
    const user = await localRedis({ folder, log: () => undefined });
    users.push(user);
    return user;
  };

  it('keeps what was written from one start to the next, at the same address', async () => {
    const first = await joined();
    await write(first, 'before');
    await first.stop();
    assert.equal(await isUp(first), false);

    const second = await joined();
    assert.equal(second.url, first.url);
    assert.equal(await read(second), 'before');
    await second.stop();
  });

  it('is shared, and stops with its last user', async () => {
    const users = await Promise.all([joined(), joined(), joined()]);
    assert.equal(new Set(users.map(({ url }) => url)).size, 1);

    for (const user of users) {
      assert.equal(await isUp(user), true);
      await user.stop();
      await user.stop();
    }
    for (const user of users) assert.equal(await isUp(user), false);
  });

  it('outlives a user that is killed, and is adopted by the next, who stops it', async () => {
    const killed = user(folder, ['1', 'hold']);
    const url = await firstLine(killed);
    killed.kill('SIGKILL');
    await once(killed, 'exit');

    const next = await joined();
    assert.equal(next.url, url);
    assert.equal(await read(next, 'uses'), '1');
    await next.stop();
    assert.equal(await isUp(next), false);
  });

  it('stays for the others when its starter is killed', async () => {
    const starter = user(folder, ['0', 'hold']);
    await firstLine(starter);
    const other = await joined();
    starter.kill('SIGKILL');
    await once(starter, 'exit');

    await write(other, 'still here');
    assert.equal(await read(other), 'still here');
    await other.stop();
    assert.equal(await isUp(other), false);
  });

  it('keeps what was written before it was itself killed', async () => {
    const first = await joined();
    await write(first, 'before the kill');
    process.kill(await processId(first), 'SIGKILL');

    const second = await joined();
    assert.equal(second.url, first.url);
    assert.equal(await read(second), 'before the kill');
    await first.stop();
    assert.equal(await isUp(second), true);
    await second.stop();
  });

  it('loses nothing when five processes start and end it again and again at once', async () => {
    const uses = 4;
    const users = Array.from({ length: 5 }, () => user(folder, [String(uses), 'end']));
    const exits = await Promise.all(users.map((child) => once(child, 'exit')));
    assert.deepEqual(
      exits.map(([code]) => code),
      [0, 0, 0, 0, 0],
    );

    const last = await joined();
    assert.equal(await read(last, 'uses'), String(5 * uses));
    await last.stop();
    assert.equal(await isUp(last), false);
  });

  it('moves to another port where a stranger listens on its own', async () => {
    const stranger = createServer((_, response) => response.end('not a Redis')).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
    const { port } = stranger.address() as AddressInfo;
    await writeFile(join(folder, 'server.json'), JSON.stringify({ port }));

    const server = await joined().finally(() => stranger.close());
    assert.notEqual(portOf(server), port);
  });

  it('is not lost where its address cannot be read', async () => {
    await writeFile(join(folder, 'server.json'), '{"port":');
    const server = await joined();
    const known: unknown = JSON.parse(await readFile(join(folder, 'server.json'), 'utf8'));
    assert.deepEqual(known, { port: portOf(server) });
    await server.stop();
  });

  it('listens on loopback only', async () => {
    const server = await joined();
    const bind = await askRedis(portOf(server), (client) => client.config('GET', 'bind'));
    assert.deepEqual(bind, ['bind', '127.0.0.1']);
    await server.stop();
  });
});

const userProgram = fileURLToPath(new URL('local-server-user.ts', import.meta.url));

function user(folder: string, parameters: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', userProgram, folder, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The output of the process is not read.');
  const [chunk] = await once(child.stdout, 'data');
  return String(chunk).trim();
}

function portOf(server: LocalRedis): number {
  return Number(new URL(server.url).port);
}

async function write(server: LocalRedis, text: string): Promise<void> {
  await askRedis(portOf(server), (client) => client.set('text', text));
}

function read(server: LocalRedis, key = 'text'): Promise<string | null> {
  return askRedis(portOf(server), (client) => client.get(key));
}

async function isUp(server: LocalRedis): Promise<boolean> {
  return (await askRedis(portOf(server), (client) => client.ping())) === 'PONG';
}

async function processId(server: LocalRedis): Promise<number> {
  const information = String(await askRedis(portOf(server), (client) => client.info('server')));
  return Number(/process_id:(\d+)/.exec(information)?.[1]);
}
