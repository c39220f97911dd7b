import assert from 'node:assert/strict';
import { product } from '../../src/product-on-ports.ts';
import { DirectoryUnavailable } from '../../src/workflows/ports.ts';
import { withRedis } from '../fakes/redis.ts';
import { cast, type Name, type TopUpsUnderTest, topUpsUnderTest } from '../workflows/top-ups-under-test.ts';
import { adaptiveCard, invoke } from './activities.ts';
import { type BotInTeams, startBotInTeams } from './bot-in-teams.ts';
import { from, type Reply } from './bot-under-test.ts';

describe('a refresh of a card, as Teams asks for it', () => {
  const redis = withRedis();
  let topUps: TopUpsUnderTest;
  let chat: BotInTeams;
  let number: number;

  beforeEach(async () => {
    topUps = topUpsUnderTest(redis.store);
    chat = await startBotInTeams(product(topUps.ports));
    number = await topUps.submit('grace', '400');
  });
  afterEach(() => chat.stop());

  /** In the person's own chat, unless another conversation is given. */
  const ask = (
    who: Name,
    verb: string,
    {
      trigger = 'automatic',
      data = {},
      conversationType = 'personal',
    }: { readonly trigger?: string; readonly data?: object; readonly conversationType?: string } = {},
  ): Promise<Reply> => {
    const { tenant } = topUps;
    const activity = invoke(verb, {
      from: { id: `29:${who}`, name: cast[who].name, aadObjectId: cast[who].id },
      conversation: { id: `a:${who}`, conversationType, tenantId: tenant },
      channelData: { tenant: { id: tenant } },
      value: { action: { type: 'Action.Execute', verb, data: { request: number, ...data } }, trigger },
    });
    return chat.bot.post(from(chat.teams.serviceUrl, activity));
  };
  const cardIn = ({ status, body }: Reply): Readonly<Record<string, unknown>> => {
    assert.equal(status, 200);
    assert.ok(typeof body === 'object' && body !== null && 'value' in body && 'type' in body);
    assert.equal(body.type, adaptiveCard);
    return Object.assign({}, body.value);
  };
  const edits = () => chat.teams.requests.filter(({ operation }) => operation === 'update').length;

  it('is answered with the request as it stands for who looks, in the answer to the invoke alone', async () => {
    await topUps.decide('seoyeon', 'topup.approve', number);
    const reply = await ask('grace', 'topup.view');
    assert.deepEqual(Object.keys(Object(reply.body)).sort(), ['statusCode', 'type', 'value']);
    assert.equal(Object(reply.body).statusCode, 200);
    const card = cardIn(reply);
    assert.match(JSON.stringify(card.body), /Request 1: approved, to be bought/);
    assert.deepEqual(card.refresh, {
      action: { type: 'Action.Execute', verb: 'topup.view', data: { request: number } },
      userIds: ['29:grace'],
    });
    assert.deepEqual(chat.teams.requests, [], 'nothing is sent and nothing is edited');
  });

  it('is nobody’s deed: it writes nothing, and no line of the audit', async () => {
    const before = [await topUps.heads(), await topUps.audit()];
    for (const who of ['grace', 'seoyeon', 'marcus'] as const) await ask(who, 'topup.view');
    assert.deepEqual([await topUps.heads(), await topUps.audit()], before);
  });

  for (const verb of ['topup.approve', 'topup.reject', 'topup.cancel', 'alert.acknowledge']) {
    it(`does nothing where a card would have it do ${verb}`, async () => {
      const before = await topUps.heads();
      const data = { revision: 1, version: 1, comment: 'no', episode: 'balance-low-usd-1' };
      const card = cardIn(await ask('seoyeon', verb, { data }));
      assert.match(JSON.stringify(card.body), /This button is not known to me/);
      assert.deepEqual(await topUps.heads(), before);
    });
  }

  it('tells whoever lost the role no figure any more, and why', async () => {
    topUps.setRoles('grace', []);
    const card = cardIn(await ask('grace', 'topup.view'));
    assert.doesNotMatch(JSON.stringify(card), /400/);
    assert.equal(card.refresh, undefined);
  });

  it('leaves the card that is there where nobody’s rights are known', async () => {
    const away = {
      ...topUps.ports,
      directory: { person: () => Promise.reject(new DirectoryUnavailable(null)) },
    };
    const other = await startBotInTeams(product(away));
    const bot = chat;
    chat = other;
    const reply = await ask('grace', 'topup.view');
    assert.equal(reply.status, 200);
    assert.equal(Object(reply.body).statusCode, 500);
    assert.equal(Object(reply.body).type, 'application/vnd.microsoft.error');
    const tapped = cardIn(await ask('grace', 'topup.view', { trigger: 'manual' }));
    assert.ok(tapped.body, 'who taps is told on a card');
    chat = bot;
    await other.stop();
  });

  it('shows nothing where others read along', async () => {
    const card = cardIn(await ask('grace', 'topup.view', { conversationType: 'channel' }));
    assert.doesNotMatch(JSON.stringify(card), /400/);
    assert.equal(card.refresh, undefined);
  });

  it('leaves a tap after it the answer of the tap alone', async () => {
    await ask('grace', 'topup.view');
    await ask('seoyeon', 'topup.approve', { trigger: 'manual', data: { revision: 1, version: 1 } });
    await ask('grace', 'topup.delegate', { trigger: 'manual' });
    assert.equal(edits(), 0, 'what everybody sees is for the outbox to edit');
  });
});
