import assert from 'node:assert/strict';
import { type ActivityJson, message, publicServiceUrl } from './activities.ts';
import { type BotUnderTest, startProductionBot, startSandboxBot } from './bot-under-test.ts';

const malformed = {
  status: 400,
  body: {
    error: {
      code: 'BadRequest',
      message:
        'This is not a Bot Framework activity. Send JSON with type, channelId, serviceUrl, from, recipient and conversation.',
    },
  },
};

const foreignService = {
  status: 403,
  body: { error: { code: 'Forbidden', message: 'This bot does not reply to that serviceUrl.' } },
};

describe('the door, and what is no activity', () => {
  let bot: BotUnderTest;

  before(async () => {
    bot = await startSandboxBot();
  });

  after(() => bot.stop());

  const notActivities: readonly (readonly [string, unknown])[] = [
    ['nothing', ''],
    ['null', 'null'],
    ['a number', '7'],
    ['a text', '"balance"'],
    ['a list', '[]'],
    ['an empty object', {}],
    ['no type', without('type')],
    ['an empty type', message('balance', { type: '' })],
    ['a type that is no text', message('balance', { type: 7 })],
    ['no channel', without('channelId')],
    ['no serviceUrl', without('serviceUrl')],
    ['a serviceUrl that is no URL', message('balance', { serviceUrl: 'smba' })],
    [
      'a serviceUrl without end',
      message('balance', { serviceUrl: `${publicServiceUrl}${'a'.repeat(2_000)}` }),
    ],
    ['no sender', without('from')],
    ['a sender without an id', message('balance', { from: { name: 'Grace Whitfield' } })],
    ['a sender that is a text', message('balance', { from: 'Grace Whitfield' })],
    ['no recipient', without('recipient')],
    ['no conversation', without('conversation')],
    ['a conversation without an id', message('balance', { conversation: { conversationType: 'personal' } })],
    ['a text that is no text', message('balance', { text: { $ne: '' } })],
    ['a text without end', message('b'.repeat(100_001))],
  ];
  for (const [sentence, body] of notActivities) {
    it(`refuses ${sentence}`, async () => {
      assert.deepEqual(await bot.post(body), malformed);
    });
  }

  it('refuses an activity that does not say that it is JSON', async () => {
    const headers = { 'Content-Type': 'text/plain' };

    assert.deepEqual(await bot.post(message('balance'), headers), malformed);
  });

  it('refuses an upload without keeping it', async () => {
    const headers = { 'Content-Type': 'multipart/form-data; boundary=b' };

    assert.deepEqual(await bot.post('--b\r\n\r\n\r\n--b--\r\n', headers), malformed);
  });

  it('logs which fields were wrong, and nothing that a person wrote', async () => {
    await bot.post(message('a secret', { from: { name: 'Grace Whitfield' } }));

    const last = JSON.stringify(bot.logged.at(-1));
    assert.match(last, /from\.id/);
    assert.ok(!last.includes('Grace') && !last.includes('secret'));
  });
});

describe('the door, and whom a reply would go to', () => {
  it('refuses a foreign serviceUrl in production before it looks at the token', async () => {
    const bot = await startProductionBot('http://127.0.0.1:9/openidconfiguration');
    const serviceUrl = 'https://smba.trafficmanager.net.evil.example/emea/';

    const reply = await bot.post(message('balance', { serviceUrl }), { Authorization: 'Bearer open-sesame' });

    await bot.stop();
    assert.deepEqual(reply, foreignService);
  });

  it('refuses in the sandbox everything but this machine', async () => {
    const bot = await startSandboxBot();

    const reply = await bot.post(message('balance', { serviceUrl: publicServiceUrl }));

    await bot.stop();
    assert.deepEqual(reply, foreignService);
  });
});

function without(field: string): ActivityJson {
  return message('balance', { [field]: undefined });
}
