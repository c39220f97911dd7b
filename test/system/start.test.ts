import assert from 'node:assert/strict';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { listenOnLoopback } from '../../src/sandbox/loopback-server.ts';
import { type LocalRedis, localRedis } from '../../src/store/local-server.ts';
import { type BotProcess, type Channel, openChannel, startBot } from './bot-process.ts';
import { checkout, processesIn } from './checkout.ts';
import { credits, type Ended } from './node-process.ts';

describe('the process that npm start starts', function () {
  this.timeout(240_000);

  let folder: string;
  let redisFolder: string;
  before(() => {
    folder = checkout();
    redisFolder = join(folder, '.sandbox', 'redis');
  });

  async function stopped(bot: BotProcess): Promise<Ended> {
    bot.child.kill('SIGTERM');
    const ended = await bot.ended;
    assert.deepEqual(processesIn(redisFolder), [], 'no server of its own is left behind');
    return ended;
  }

  describe('while it runs', () => {
    let bot: BotProcess;
    let channel: Channel;
    before(async () => {
      channel = await openChannel();
      bot = await startBot({ folder });
    });
    after(async () => {
      await channel.stop();
      bot.child.kill('SIGKILL');
      await bot.ended;
      for (const left of processesIn(redisFolder)) process.kill(left, 'SIGKILL');
    });

    it('is alive before it is ready, and ready once the tenant is loaded', async () => {
      await bot.until('/healthz', 200);
      const early = await bot.status('/readyz');
      assert.equal(early, 503, 'ninety days of calls are not loaded in a moment');
      await bot.until('/readyz', 200);
    });

    it('answers the balance that the command tells at the same time', async () => {
      const told = await credits(['balance', '--json'], { folder });
      const [account] = JSON.parse(told.stdout).accounts as readonly { readonly estimate: string }[];
      const figure = Number(account?.estimate).toFixed(2);
      assert.ok((await channel.say(bot, "what's our balance?")).includes(figure));
    });

    it('says so in a card while its Redis is gone, lives, and recovers by itself', async () => {
      const before = await channel.say(bot, "what's our balance?");
      const [server] = processesIn(redisFolder);
      process.kill(server ?? assert.fail('no server runs'), 'SIGKILL');
      const during = await channel.say(bot, "what's our balance?");
      assert.match(during, /adaptive/);
      assert.notEqual(figureOf(during), figureOf(before), 'no figure is made up');
      assert.doesNotMatch(during, /Error|ECONN|redis|stack/i, 'nothing of the inside is told');
      assert.equal(await bot.status('/healthz'), 200);
      assert.equal(await bot.status('/readyz'), 503);

      const redis: LocalRedis = await localRedis({ folder: redisFolder, log: () => undefined });
      try {
        await bot.until('/readyz', 200);
        assert.equal(figureOf(await channel.say(bot, "what's our balance?")), figureOf(before));
      } finally {
        await redis.stop();
      }
      assert.equal(await bot.status('/readyz'), 200, 'the bot is a user of the new server as of the old');
    });

    it('stops on SIGTERM with what it started', async () => {
      const ended = await stopped(bot);
      assert.deepEqual([ended.code, ended.signal], [0, null]);
    });
  });

  it('stops on a SIGTERM that comes while it starts, with what it had started', async () => {
    const bot = await startBot({ folder });
    while (processesIn(redisFolder).length === 0) await delay(10);
    const ended = await stopped(bot);
    assert.deepEqual([ended.code, ended.signal], [0, null], ended.stderr);
  });

  describe('says in a sentence why it does not start, exit 1, for', () => {
    const refused = async (environment: Readonly<Record<string, string>>): Promise<string> => {
      const bot = await startBot({ folder, environment });
      const { code, stderr } = await bot.ended;
      assert.equal(code, 1);
      assert.doesNotMatch(stderr, /^\s+at /m, 'there is no stack');
      assert.deepEqual(processesIn(redisFolder), []);
      const told = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
      return told.join('\n');
    };

    it('a Redis that is not there', async () => {
      assert.equal(
        await refused({ REDIS_URL: 'redis://127.0.0.1:1' }),
        'Credits Bot did not start. The store does not answer.',
      );
    });

    it('somebody to act as whom the sandbox does not know', async () => {
      const told = await refused({ SANDBOX_USER: 'nobody' });
      assert.match(told, /SANDBOX_USER names nobody of the sandbox: nobody\. Choose one of: grace\./);
    });

    it('a port that is in use', async () => {
      const other = await listenOnLoopback(0, async (_request, response) => {
        response.end();
      });
      try {
        assert.equal(
          await refused({ PORT: String(other.port) }),
          `Credits Bot did not start. Port ${other.port} is in use. End what listens there, or set PORT to another.`,
        );
      } finally {
        await other.stop();
      }
    });

    it('an environment that is wrong, all of it at once', async () => {
      const told = await refused({ PORT: 'high', CLIENT_ID: 'x' });
      assert.match(told, /PORT must be a port number/);
    });

    it('credentials that are incomplete, naming each variable to set', async () => {
      const told = await refused({ CLIENT_ID: 'x' });
      for (const name of ['REDIS_URL', 'TENANT_ID', 'CLIENT_SECRET']) assert.ok(told.includes(name), name);
    });
  });
});

/** The first amount of a card. */
function figureOf(sent: string): string | undefined {
  return /\$[\d,]+\.\d\d/.exec(sent)?.[0];
}
