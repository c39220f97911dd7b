import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { type Config, ConfigInvalid, readConfig } from '../../src/config/config.ts';

const clientId = '5c7f0f6e-2f8e-4a4c-9a58-0d7c4d3b2a10';
const tenant = '0b7a3f52-6c1d-4e8b-9f24-5d3e8a71c960';
const someFile = fileURLToPath(import.meta.url);

const production = {
  CLIENT_ID: clientId,
  CLIENT_SECRET: 'not-a-secret',
  TENANT_ID: tenant,
  REDIS_URL: 'rediss://redis.example.com:6380',
} as const;

function problemsOf(variables: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(variables);
  } catch (error) {
    assert.ok(error instanceof ConfigInvalid);
    return error.problems;
  }
  return [];
}

describe('the configuration', () => {
  it('is the sandbox with all its defaults where nothing is set', () => {
    assert.deepEqual(readConfig({}), {
      mode: 'sandbox',
      port: 3978,
      defaultCurrency: 'USD',
      logLevel: 'info',
      peopleRefreshMinutes: 15,
      usagePollMinutes: 30,
      eventsSecret: null,
      betaReports: true,
      languageModel: null,
      metrics: { token: null },
      sending: { teamsAppId: null, mailSender: null, perSecond: 25 },
      redisUrl: null,
      graphBaseUrl: null,
      playgroundPort: 56_150,
      chatsPort: 0,
      sandboxUser: null,
    });
  });

  it('takes what is empty or blank for not set', () => {
    assert.deepEqual(
      readConfig({ PORT: '', CLIENT_ID: ' ', PLAYGROUND: '', REDIS_URL: '\t' }),
      readConfig({}),
    );
  });

  it('disregards variables of others', () => {
    assert.deepEqual(readConfig({ PATH: '/usr/bin', NODE_ENV: 'test' }), readConfig({}));
  });

  const settings: readonly (readonly [string, NodeJS.ProcessEnv, Partial<Config>])[] = [
    ['the port of the bot', { PORT: '8080' }, { port: 8080 }],
    ['a free port', { PORT: '0' }, { port: 0 }],
    ['the Redis', { REDIS_URL: ' redis://127.0.0.1:6379 ' }, { redisUrl: 'redis://127.0.0.1:6379' }],
    ['the Graph', { GRAPH_BASE_URL: 'http://127.0.0.1:8083' }, { graphBaseUrl: 'http://127.0.0.1:8083' }],
    ['the currency', { DEFAULT_CURRENCY: 'KRW' }, { defaultCurrency: 'KRW' as Config['defaultCurrency'] }],
    ['how much is logged', { LOG_LEVEL: 'debug' }, { logLevel: 'debug' }],
    ['after how long people are read anew', { PEOPLE_REFRESH_MINUTES: '60' }, { peopleRefreshMinutes: 60 }],
    [
      'what events are signed with',
      { EVENTS_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
      { eventsSecret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
    ],
    ['that nobody reads how it does', { METRICS: 'off' }, { metrics: null }],
    [
      'who reads how it does',
      { METRICS_TOKEN: 'a-token-of-some-length' },
      { metrics: { token: 'a-token-of-some-length' } },
    ],
    ['how often usage is read', { USAGE_POLL_MINUTES: '5' }, { usagePollMinutes: 5 }],
    ['how seldom usage is read', { USAGE_POLL_MINUTES: '360' }, { usagePollMinutes: 360 }],
    [
      'how people are told',
      {
        TEAMS_APP_ID: '7a0c2d1e-8a64-4c55-9a31-6f3b7d1e2c40',
        MAIL_SENDER: 'credits@harborline.example',
        SENDS_PER_SECOND: '40',
      },
      {
        sending: {
          teamsAppId: '7a0c2d1e-8a64-4c55-9a31-6f3b7d1e2c40',
          mailSender: 'credits@harborline.example',
          perSecond: 40,
        },
      },
    ],
    ['that the beta is not asked', { GRAPH_BETA_REPORTS: 'off' }, { betaReports: false }],
    ['no playground', { PLAYGROUND: 'off', PLAYGROUND_PORT: '8081' }, { playgroundPort: null }],
    ['the port of the playground', { PLAYGROUND: 'on', PLAYGROUND_PORT: '8081' }, { playgroundPort: 8081 }],
    ['the port of the chats', { CHATS_PORT: '8082' }, { chatsPort: 8082 }],
    ['the acting person', { SANDBOX_USER: '이서연' }, { sandboxUser: '이서연' }],
  ];
  for (const [sentence, variables, expected] of settings) {
    it(`of the sandbox takes ${sentence}`, () => {
      assert.deepEqual(readConfig(variables), { ...readConfig({}), ...expected });
    });
  }

  it('has no language model without a key', () => {
    assert.equal(readConfig({}).languageModel, null);
    assert.equal(readConfig(production).languageModel, null);
    assert.equal(readConfig({ OPENAI_API_KEY: ' ', AZURE_OPENAI_ENDPOINT: '' }).languageModel, null);
  });

  const openAi = {
    kind: 'openai',
    apiKey: 'sk-1',
    model: 'gpt-4o-mini',
    baseUrl: 'https://api.openai.com/v1',
  } as const;
  const azureOpenAi = {
    AZURE_OPENAI_KEY: 'key',
    AZURE_OPENAI_ENDPOINT: 'https://example.openai.azure.com',
    AZURE_OPENAI_DEPLOYMENT: 'small',
  } as const;
  const languageModels: readonly (readonly [string, NodeJS.ProcessEnv, Config['languageModel']])[] = [
    ['of OpenAI by its key alone', { OPENAI_API_KEY: 'sk-1' }, openAi],
    ['that is named', { OPENAI_API_KEY: 'sk-1', OPENAI_MODEL: 'other' }, { ...openAi, model: 'other' }],
    [
      'elsewhere, over https',
      { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'https://models.example/v1' },
      { ...openAi, baseUrl: 'https://models.example/v1' },
    ],
    [
      'on this machine',
      { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' },
      { ...openAi, baseUrl: 'http://127.0.0.1:8080/v1' },
    ],
    [
      'on this machine, by its newer address',
      { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'http://[::1]:8080/v1' },
      { ...openAi, baseUrl: 'http://[::1]:8080/v1' },
    ],
    [
      'of Azure OpenAI',
      azureOpenAi,
      {
        kind: 'azure',
        apiKey: 'key',
        endpoint: 'https://example.openai.azure.com',
        deployment: 'small',
      },
    ],
  ];
  for (const [sentence, variables, expected] of languageModels) {
    it(`takes a language model ${sentence}, in the sandbox and in production`, () => {
      assert.deepEqual(readConfig(variables).languageModel, expected);
      assert.deepEqual(readConfig({ ...production, ...variables }).languageModel, expected);
    });
  }

  it('is production where credentials are set', () => {
    assert.deepEqual(readConfig(production), {
      mode: 'production',
      port: 3978,
      defaultCurrency: 'USD',
      logLevel: 'info',
      peopleRefreshMinutes: 15,
      usagePollMinutes: 30,
      eventsSecret: null,
      betaReports: false,
      languageModel: null,
      metrics: null,
      sending: { teamsAppId: null, mailSender: null, perSecond: 25 },
      redisUrl: 'rediss://redis.example.com:6380',
      credentials: { kind: 'secret', clientId, homeTenant: tenant, clientSecret: 'not-a-secret' },
      graphBaseUrl: 'https://graph.microsoft.com',
      cloud: 'public',
      openIdMetadataUrl: null,
    });
  });

  const identities: readonly (readonly [string, NodeJS.ProcessEnv, object])[] = [
    [
      'a certificate',
      { CLIENT_CERTIFICATE_PATH: someFile },
      { kind: 'certificate', certificatePath: someFile },
    ],
    ['a managed identity', { MANAGED_IDENTITY: 'true' }, { kind: 'managed-identity' }],
  ];
  for (const [sentence, proof, expected] of identities) {
    it(`can prove who the bot is by ${sentence}`, () => {
      const config = readConfig({ ...production, CLIENT_SECRET: undefined, ...proof });

      assert.deepEqual(config.mode === 'production' && config.credentials, {
        clientId,
        homeTenant: tenant,
        ...expected,
      });
    });
  }

  it('of production takes how often usage is read', () => {
    assert.equal(readConfig({ ...production, USAGE_POLL_MINUTES: '60' }).usagePollMinutes, 60);
  });

  it('takes the addresses of a government cloud', () => {
    const config = readConfig({
      ...production,
      CLOUD: 'gcc-high',
      GRAPH_BASE_URL: 'https://graph.microsoft.us',
      OPENID_METADATA_URL: 'https://login.botframework.azure.us/v1/.well-known/openidconfiguration',
    });

    assert.equal(config.mode === 'production' && config.cloud, 'gcc-high');
    assert.equal(config.mode === 'production' && config.graphBaseUrl, 'https://graph.microsoft.us');
  });

  const wrongValues: readonly (readonly [string, NodeJS.ProcessEnv, string])[] = [
    ['a port that is a word', { PORT: 'web' }, 'PORT must be a port number from 0 to 65535.'],
    ['a port above all ports', { PORT: '65536' }, 'PORT must be a port number from 0 to 65535.'],
    ['a port below all ports', { PORT: '-1' }, 'PORT must be a port number from 0 to 65535.'],
    ['half a port', { PORT: '80.5' }, 'PORT must be a port number from 0 to 65535.'],
    [
      'a port of the playground that is a word',
      { PLAYGROUND_PORT: 'web' },
      'PLAYGROUND_PORT must be a port number from 0 to 65535.',
    ],
    [
      'a port of the chats that is a word',
      { CHATS_PORT: 'web' },
      'CHATS_PORT must be a port number from 0 to 65535.',
    ],
    ...['0', '1441', '7.5', 'often'].map(
      (minutes) =>
        [
          `people who are read anew after ${minutes} minutes`,
          { PEOPLE_REFRESH_MINUTES: minutes },
          'PEOPLE_REFRESH_MINUTES must be a whole number from 1 to 1440.',
        ] as const,
    ),
    ['a playground that is neither on nor off', { PLAYGROUND: 'no' }, 'PLAYGROUND must be on or off.'],
    [
      'an address of Graph that is no URL',
      { GRAPH_BASE_URL: 'graph' },
      'GRAPH_BASE_URL must be a URL that begins with https:// or http://.',
    ],
    [
      'keys at an address that is not of the web',
      { OPENID_METADATA_URL: 'ftp://keys.example' },
      'OPENID_METADATA_URL must be a URL that begins with https:// or http://.',
    ],
    [
      'an app that is no GUID',
      { TEAMS_APP_ID: 'credits' },
      "TEAMS_APP_ID must be a GUID, the app's id in the tenant's app catalogue.",
    ],
    [
      'more than Teams takes',
      { SENDS_PER_SECOND: '51' },
      'SENDS_PER_SECOND must be a whole number from 1 to 50.',
    ],
    ['an unknown cloud', { CLOUD: 'moon' }, 'CLOUD must be one of public, gcc, gcc-high, dod.'],
    [
      'a currency by its name',
      { DEFAULT_CURRENCY: 'dollars' },
      'DEFAULT_CURRENCY must be an ISO 4217 code such as USD or KRW.',
    ],
    ...['4', '361', '7.5', 'often'].map(
      (minutes) =>
        [
          `usage that is read every ${minutes} minutes`,
          { USAGE_POLL_MINUTES: minutes },
          'USAGE_POLL_MINUTES must be a whole number from 5 to 360.',
        ] as const,
    ),
    [
      'an unknown log level',
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL must be one of silent, fatal, error, warn, info, debug, trace.',
    ],
    [
      'a managed identity that is neither true nor false, which would else be the sandbox',
      { MANAGED_IDENTITY: 'yes' },
      'MANAGED_IDENTITY must be true or false.',
    ],
    [
      'the name of the bot for its id',
      { ...production, CLIENT_ID: 'credits-bot' },
      'CLIENT_ID must be a GUID, the application (client) id.',
    ],
    [
      'the name of the tenant for its id',
      { ...production, TENANT_ID: 'contoso' },
      'TENANT_ID must be a GUID, the directory (tenant) id.',
    ],
    [
      'production without a Redis',
      { ...production, REDIS_URL: undefined },
      'REDIS_URL is missing: set it to your Redis, such as rediss://redis.example.com:6380.',
    ],
    [
      'a certificate that is not there',
      { ...production, CLIENT_SECRET: undefined, CLIENT_CERTIFICATE_PATH: '/nowhere/bot.pem' },
      'CLIENT_CERTIFICATE_PATH names a file that is not there.',
    ],
    [
      'a language model in the clear beyond this machine',
      { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'http://models.example/v1' },
      'OPENAI_BASE_URL must begin with https://, or with http:// on this machine.',
    ],
    [
      'a language model in the clear at a host that only looks like this machine',
      { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'http://127.0.0.1.models.example/v1' },
      'OPENAI_BASE_URL must begin with https://, or with http:// on this machine.',
    ],
    [
      'a language model in the clear behind a user that looks like this machine',
      { OPENAI_API_KEY: 'sk-1', OPENAI_BASE_URL: 'http://127.0.0.1@models.example/v1' },
      'OPENAI_BASE_URL must begin with https://, or with http:// on this machine.',
    ],
    [
      'a language model without its key',
      { OPENAI_MODEL: 'gpt-4o-mini' },
      'OPENAI_API_KEY is missing: set it, or leave the others of OPENAI_ out.',
    ],
    [
      'an address of a language model without its key',
      { OPENAI_BASE_URL: 'https://models.example/v1' },
      'OPENAI_API_KEY is missing: set it, or leave the others of OPENAI_ out.',
    ],
    ...(['AZURE_OPENAI_KEY', 'AZURE_OPENAI_ENDPOINT', 'AZURE_OPENAI_DEPLOYMENT'] as const).map(
      (left) =>
        [
          `Azure OpenAI without ${left}`,
          { ...azureOpenAi, [left]: '' },
          'Set all of AZURE_OPENAI_KEY, AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_DEPLOYMENT, or none of them.',
        ] as const,
    ),
    [
      'half of Azure OpenAI in production',
      { ...production, AZURE_OPENAI_KEY: 'key' },
      'Set all of AZURE_OPENAI_KEY, AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_DEPLOYMENT, or none of them.',
    ],
    [
      'two language models',
      { ...azureOpenAi, OPENAI_API_KEY: 'sk-1' },
      'Set the variables of OPENAI_ or those of AZURE_OPENAI_: one model reads, not two.',
    ],
    [
      'two proofs of identity',
      { ...production, MANAGED_IDENTITY: 'true' },
      'Set exactly one of CLIENT_SECRET, CLIENT_CERTIFICATE_PATH or MANAGED_IDENTITY=true, so that the bot can prove who it is.',
    ],
  ];
  for (const [sentence, variables, expected] of wrongValues) {
    it(`refuses ${sentence}`, () => {
      assert.deepEqual(problemsOf(variables), [expected]);
    });
  }

  it('is refused in one error that lists all that is wrong, each with what to set', () => {
    const problems = problemsOf({
      CLIENT_ID: clientId,
      PORT: 'web',
      CLOUD: 'moon',
      TENANT_ID: 'contoso',
      OPENAI_MODEL: 'gpt-4o-mini',
    });

    assert.deepEqual(problems, [
      'PORT must be a port number from 0 to 65535.',
      'CLOUD must be one of public, gcc, gcc-high, dod.',
      'OPENAI_API_KEY is missing: set it, or leave the others of OPENAI_ out.',
      'REDIS_URL is missing: set it to your Redis, such as rediss://redis.example.com:6380.',
      'TENANT_ID must be a GUID, the directory (tenant) id.',
      'Set exactly one of CLIENT_SECRET, CLIENT_CERTIFICATE_PATH or MANAGED_IDENTITY=true, so that the bot can prove who it is.',
    ]);
    assert.equal(
      new ConfigInvalid(['PORT is wrong.', 'CLOUD is wrong.']).message,
      'The environment needs a change:\n  - PORT is wrong.\n  - CLOUD is wrong.',
    );
  });

  it('does not fall back to the sandbox where credentials are half set', () => {
    assert.notDeepEqual(problemsOf({ CLIENT_SECRET: 'not-a-secret' }), []);
  });

  it('quotes no secret in its refusal', () => {
    const secret = 'hunter2';
    const problems = problemsOf({
      ...production,
      CLIENT_SECRET: secret,
      MANAGED_IDENTITY: 'true',
      PORT: 'web',
      OPENAI_API_KEY: secret,
      AZURE_OPENAI_KEY: secret,
    });

    assert.ok(!problems.join().includes(secret));
  });
});
