import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { defaultRoles } from '../../src/people/role-catalogue.ts';
import { sandboxPeople, sandboxTenant } from '../../src/sandbox/people.ts';
import { freePort } from '../../src/store/redis-process.ts';
import { startRedis } from '../fakes/redis.ts';
import { type BotProcess, startBot } from './bot-process.ts';
import { EverybodysChats } from './everybodys-chats.ts';
import { credits } from './node-process.ts';

const secretOf = (text: string): string => `whsec_${Buffer.from(text.padEnd(32, '.')).toString('base64')}`;
const secret = secretOf('shared with the sender');
const failed = `recharge-failed-${sandboxTenant.currency.toLowerCase()}-1`;

/** Everybody with an account of the tenant's own that is on, and a role that counts and is active. */
const told = sandboxPeople
  .filter(
    ({ roles, via }) =>
      (via === undefined || via === 'group') && roles.some((role) => defaultRoles.includes(role)),
  )
  .map(({ id }) => id);

const drillSchema = z.object({
  people: z.array(
    z.object({
      id: z.string(),
      state: z.string(),
      way: z.string().nullable(),
      seconds: z.number().nullable(),
    }),
  ),
});

/** Goal: what Microsoft's mail told becomes one card in each admin's chat, and in nobody else's. */
describe('a signed billing event to the running sandbox', function () {
  this.timeout(240_000);
  let redis: Awaited<ReturnType<typeof startRedis>>;
  let bot: BotProcess;
  let chats: EverybodysChats;

  before(async () => {
    redis = await startRedis();
    const chatsPort = await freePort();
    chats = new EverybodysChats(chatsPort);
    bot = await startBot({
      environment: { REDIS_URL: redis.url, EVENTS_SECRET: secret, CHATS_PORT: String(chatsPort) },
    });
    await bot.until('/readyz', 200);
    const page = `http://127.0.0.1:${chatsPort}/page/people`;
    while ((await fetch(page).catch(() => null)) === null) await delay(20);
  });

  after(async () => {
    bot?.child.kill('SIGTERM');
    await bot?.ended;
    await redis?.kill();
  });

  const payload = (reason: string) => ({
    type: 'recharge.failed',
    timestamp: new Date().toISOString(),
    data: { tenantId: sandboxTenant.id, currency: sandboxTenant.currency, reason },
  });
  const event = payload('the card was declined');
  const post = async (
    id: string,
    body: string,
    { by = secret, at = new Date() }: { readonly by?: string; readonly at?: Date } = {},
  ): Promise<number> => {
    const response = await fetch(`http://127.0.0.1:${bot.port}/api/events`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': new Webhook(by).sign(id, at, body),
      },
      body,
    });
    await response.body?.cancel();
    return response.status;
  };
  /** A drill goes the same way to the same people, and is less urgent: what was to come before it has come. */
  const drill = async () => {
    const { code, stdout } = await credits(['drill', '--json', '--wait', '120'], { redisUrl: redis.url });
    assert.equal(code, 0);
    return drillSchema.parse(JSON.parse(stdout));
  };

  it('by somebody else, or of another time, is not taken, and nobody hears of it', async () => {
    const body = JSON.stringify(payload('not to be believed'));
    assert.equal(await post('forged', body, { by: secretOf('a guess') }), 401);
    assert.equal(await post('replayed', body, { at: new Date(Date.now() - 10 * 60_000) }), 401);
    assert.deepEqual(await chats.cardsOf(failed), new Map());
  });

  it('is one card in the chat of every eligible admin, however often it comes, and in no other', async () => {
    assert.equal(await post('told', JSON.stringify(event)), 200);
    const once = new Map(told.map((person) => [person, 1]));
    const cards = await chats.untilCardsOf(failed, told.length);
    assert.deepEqual(new Set(cards.keys()), new Set(told));

    assert.equal(await post('told', JSON.stringify(event)), 200);
    const { people } = await drill();
    assert.deepEqual(sorted(await chats.cardsOf(failed)), sorted(once));
    assert.deepEqual(
      new Set(people.filter(({ way, state }) => way === 'chat' && state === 'sent').map(({ id }) => id)),
      new Set(told),
      'the drill tells of the same people',
    );
    assert.ok(people.every(({ seconds }) => seconds !== null && seconds >= 0));
  });
});

function sorted(counts: ReadonlyMap<string, number>) {
  return [...counts].sort(([one], [other]) => (one < other ? -1 : 1));
}
