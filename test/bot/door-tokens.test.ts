import assert from 'node:assert/strict';
import sinon from 'sinon';
import {
  type Claims,
  type Health,
  type IdentityPlatform,
  newSigningKey,
  signedToken,
  startIdentityPlatform,
  unsignedToken,
} from '../fakes/identity-platform.ts';
import { invoke, publicServiceUrl } from './activities.ts';
import { type BotUnderTest, botId, startProductionBot } from './bot-under-test.ts';

const unauthorized = {
  status: 401,
  body: {
    error: {
      code: 'Unauthorized',
      message:
        'The token of this request was not accepted. Send it as the Bot Connector service of this bot.',
    },
  },
};

const unavailable = {
  status: 503,
  body: {
    error: {
      code: 'ServiceUnavailable',
      message: 'The request could not be checked just now. Send it again later.',
    },
  },
};

const channelIssuer = 'https://api.botframework.com';

function claims(more: Claims = {}): Claims {
  const seconds = Math.floor(Date.now() / 1000);
  return {
    iss: channelIssuer,
    aud: botId,
    serviceurl: publicServiceUrl,
    nbf: seconds - 60,
    exp: seconds + 3_600,
    ...more,
  };
}

describe('the door, and who sent an activity', () => {
  const act = sinon.stub();
  let platform: IdentityPlatform;
  let bot: BotUnderTest;

  before(async () => {
    // The SDK tells the console of every token that it refuses.
    sinon.stub(console, 'error');
    platform = await startIdentityPlatform();
    bot = await startProductionBot(platform.metadataUrl, { act });
  });

  beforeEach(() => {
    act.reset();
    act.resolves({ kind: 'thanks' });
  });

  after(async () => {
    sinon.restore();
    await bot.stop();
    await platform.stop();
  });

  const send = (token: string, activity = invoke('balance.reconcile')) =>
    bot.post(activity, { Authorization: `Bearer ${token}` });

  it('runs the turn of an activity that the channel signed, and answers it', async () => {
    const { status, body } = await send(signedToken(claims(), platform.teamsKey));

    assert.equal(status, 200);
    assert.equal(act.callCount, 1);
    assert.equal((body as { type: string }).type, 'application/vnd.microsoft.card.adaptive');
  });

  it('remembers the keys, so that not every activity waits for the identity platform', async () => {
    await send(signedToken(claims(), platform.teamsKey));
    const before = platform.requests();

    await send(signedToken(claims(), platform.teamsKey));

    assert.equal(platform.requests(), before);
  });

  const strangerKey = newSigningKey(['msteams']);
  const hourAgo = Math.floor(Date.now() / 1000) - 3_600;
  const refusedTokens: readonly {
    readonly sentence: string;
    readonly token: () => string;
  }[] = [
    { sentence: 'a token that is no token', token: () => 'open-sesame' },
    { sentence: 'a token whose parts are not JSON', token: () => 'eyJ0eXAiOiJKV1QifQ.bm90IGpzb24.c2ln' },
    { sentence: 'a token without a signature', token: () => unsignedToken(claims(), platform.teamsKey) },
    { sentence: 'a signature of an unknown key', token: () => signedToken(claims(), strangerKey) },
    {
      sentence: 'a signature of another key under the name of a known one',
      token: () => signedToken(claims(), { ...strangerKey, id: platform.teamsKey.id }),
    },
    {
      sentence: 'a key that is endorsed for another channel',
      token: () => signedToken(claims(), platform.webChatKey),
    },
    {
      sentence: 'a token for another bot',
      token: () => signedToken(claims({ aud: '9d1e7c57-13f0-4f5e-8f0e-6f2b1a0c9e77' }), platform.teamsKey),
    },
    {
      sentence: 'a token for no bot',
      token: () => signedToken(claims({ aud: undefined }), platform.teamsKey),
    },
    {
      sentence: 'a token of another issuer',
      token: () =>
        signedToken(claims({ iss: 'https://api.botframework.com.evil.example' }), platform.teamsKey),
    },
    {
      sentence: 'a token of the emulator, which is bound to no serviceUrl',
      token: () => signedToken(claims(emulatorClaims), platform.teamsKey),
    },
    {
      sentence: 'a token of another bot that speaks to this one',
      token: () => signedToken(claims({ ...emulatorClaims, appid: strangerBot }), platform.teamsKey),
    },
    {
      sentence: 'a token that has expired',
      token: () => signedToken(claims({ exp: hourAgo }), platform.teamsKey),
    },
    {
      sentence: 'a token that is not valid yet',
      token: () => signedToken(claims({ nbf: hourAgo + 7_200 }), platform.teamsKey),
    },
    {
      sentence: 'a token for another serviceUrl',
      token: () => signedToken(claims({ serviceurl: `${publicServiceUrl}amer/` }), platform.teamsKey),
    },
    {
      sentence: 'a token for no serviceUrl',
      token: () => signedToken(claims({ serviceurl: undefined }), platform.teamsKey),
    },
  ];
  for (const { sentence, token } of refusedTokens) {
    it(`refuses ${sentence}`, async () => {
      const reply = await send(token());

      assert.deepEqual(reply, unauthorized);
      assert.equal(act.callCount, 0);
    });
  }

  const refusedHeaders: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['no Authorization header', {}],
    ['an empty Authorization header', { Authorization: '' }],
    ['an Authorization header of another scheme', { Authorization: 'Basic Ym90OmJvdA==' }],
    ['a scheme without a token', { Authorization: 'Bearer' }],
  ];
  for (const [sentence, headers] of refusedHeaders) {
    it(`refuses ${sentence}`, async () => {
      assert.deepEqual(await bot.post(invoke('balance.reconcile'), headers), unauthorized);
      assert.equal(act.callCount, 0);
    });
  }

  it('refuses another channel, even where the token is in order', async () => {
    const activity = invoke('balance.reconcile', { channelId: 'AseChannel' });

    assert.deepEqual(await send(signedToken(claims(), platform.teamsKey), activity), {
      status: 403,
      body: { error: { code: 'Forbidden', message: 'This bot answers in Teams alone.' } },
    });
    assert.equal(act.callCount, 0);
  });

  it('logs no token and no name of a person when it refuses', async () => {
    const token = signedToken(claims(), strangerKey);

    await send(token);

    const logged = JSON.stringify(bot.logged);
    assert.match(logged, /refused an activity/);
    assert.ok(!logged.includes(token));
    assert.ok(!logged.includes('Grace'));
  });
});

const strangerBot = '9d1e7c57-13f0-4f5e-8f0e-6f2b1a0c9e77';
const emulatorClaims: Claims = {
  iss: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/',
  ver: '1.0',
  appid: botId,
};

describe('the door, while the identity platform does not answer', () => {
  before(() => {
    sinon.stub(console, 'error');
  });

  after(() => {
    sinon.restore();
  });

  const troubles: readonly (readonly [string, Health, isStopped: boolean])[] = [
    ['is not there', 'up', true],
    ['fails', 'failing', false],
    ['answers with a page', 'garbled', false],
  ];
  for (const [sentence, health, isStopped] of troubles) {
    it(`asks to send again later where it ${sentence}`, async () => {
      const act = sinon.stub();
      const platform = await startIdentityPlatform(health);
      if (isStopped) await platform.stop();
      const bot = await startProductionBot(platform.metadataUrl, { act });

      const token = signedToken(claims(), platform.teamsKey);
      const reply = await bot.post(invoke('balance.reconcile'), { Authorization: `Bearer ${token}` });

      await bot.stop();
      await platform.stop();
      assert.deepEqual(reply, unavailable);
      assert.equal(act.callCount, 0);
    });
  }
});
