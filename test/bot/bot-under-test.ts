import { productionAdapter, sandboxAdapter } from '../../bot/adapter.ts';
import type { LanguageModel } from '../../bot/language-model.ts';
import type { Log } from '../../bot/log.ts';
import { serve } from '../../bot/serve.ts';
import type { ProductionConfig } from '../../src/config/config.ts';
import { tenantId } from '../../src/decision/ids.ts';
import { currency } from '../../src/money/currency.ts';
import type { Product } from '../../src/product.ts';
import { type ActivityJson, tenant } from './activities.ts';
import { productDouble } from './product-double.ts';

export const botId = '5c7f0f6e-2f8e-4a4c-9a58-0d7c4d3b2a10';

/** A listening bot, and what its log was told. */
export interface BotUnderTest {
  readonly url: string;
  readonly logged: readonly unknown[];
  post(activity: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  stop(): Promise<void>;
}

export interface Reply {
  readonly status: number;
  /** Null where there is none. */
  readonly body: unknown;
}

/** In the sandbox nothing is signed, and replies go to loopback alone. */
export function startSandboxBot(
  parts: Partial<Product> = {},
  openModel: (log: Log) => LanguageModel | null = () => null,
): Promise<BotUnderTest> {
  return start(parts, { adapter: sandboxAdapter(), reach: { kind: 'loopback' }, botId: '' }, openModel);
}

/** In production every activity is signed, here with the keys that `metadataUrl` leads to. */
export function startProductionBot(metadataUrl: string, parts: Partial<Product> = {}): Promise<BotUnderTest> {
  const adapter = productionAdapter({ ...productionConfig, openIdMetadataUrl: metadataUrl });
  return start(parts, { adapter, reach: { kind: 'cloud', cloud: 'public' }, botId });
}

const productionConfig: ProductionConfig = {
  mode: 'production',
  port: 0,
  defaultCurrency: currency('USD') ?? never(),
  logLevel: 'silent',
  usagePollMinutes: 30,
  eventsSecret: null,
  metrics: null,
  languageModel: null,
  betaReports: false,
  peopleRefreshMinutes: 15,
  sending: { teamsAppId: null, mailSender: null, perSecond: 25 },
  redisUrl: 'redis://127.0.0.1:6379',
  credentials: {
    kind: 'secret',
    clientId: botId,
    homeTenant: tenantId(tenant) ?? never(),
    clientSecret: 'not-a-secret',
  },
  graphBaseUrl: 'http://127.0.0.1:9',
  cloud: 'public',
  openIdMetadataUrl: null,
};

async function start(
  parts: Partial<Product>,
  how: Pick<Parameters<typeof serve>[0], 'adapter' | 'reach' | 'botId'>,
  openModel: (log: Log) => LanguageModel | null = () => null,
): Promise<BotUnderTest> {
  const logged: unknown[] = [];
  const note = (...entry: unknown[]): void => {
    logged.push(entry);
  };
  const log: Log = { info: note, warn: note, error: note };
  const server = await serve({
    ...how,
    product: productDouble(parts),
    eventsSecret: null,
    metrics: null,
    languageModel: openModel(log),
    port: 0,
    host: '127.0.0.1',
    log,
    isLoaded: () => true,
  });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    logged,
    post: (activity, headers = {}) => post(`${url}/api/messages`, activity, headers),
    stop: server.stop,
  };
}

async function post(
  url: string,
  activity: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Reply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Connection: 'close', ...headers },
    body: typeof activity === 'string' ? activity : JSON.stringify(activity),
  });
  return replyOf(response);
}

export async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

/** Where the service listens is for the test to say. */
export function from(serviceUrl: string, activity: ActivityJson): ActivityJson {
  return { ...activity, serviceUrl };
}

function never(): never {
  throw new Error('The id or currency of this test is not one.');
}
