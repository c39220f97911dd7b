import { existsSync } from 'node:fs';
import { z } from 'zod';
import { type TenantId, tenantId } from '../decision/ids.ts';
import { type Currency, currency } from '../money/currency.ts';
import {
  type LanguageModelSettings,
  languageModelSettings,
  languageModelVariables,
} from './language-model-config.ts';
import { type MetricsSettings, metricsSettings, metricsVariables } from './metrics-config.ts';
import { oneOf, port, problem, text, url, wholeNumber } from './variables.ts';

/** How the bot proves to Microsoft who it is. */
export type BotCredentials = {
  readonly clientId: string;
  /** The tenant in which the bot is registered. */
  readonly homeTenant: TenantId;
} & (
  | { readonly kind: 'secret'; readonly clientSecret: string }
  | { readonly kind: 'certificate'; readonly certificatePath: string }
  | { readonly kind: 'managed-identity' }
);

/** Clouds differ in the hosts that may be replied to (Microsoft: "Government Community Cloud" pages for Teams bots). */
export const clouds = ['public', 'gcc', 'gcc-high', 'dod'] as const;
export type Cloud = (typeof clouds)[number];

interface CommonConfig {
  readonly port: number;
  readonly defaultCurrency: Currency;
  readonly logLevel: string;
  /** How long a list of people counts before the directory is asked again. */
  readonly peopleRefreshMinutes: number;
  /** What billing events are signed with; null: they are taken from nobody. */
  readonly eventsSecret: string | null;
  /** Minutes between two looks at the calls that Graph reports. */
  readonly usagePollMinutes: number;
  /** Whether the reports of Graph's beta are asked. */
  readonly betaReports: boolean;
  /** Null: none is ever called. */
  readonly languageModel: LanguageModelSettings | null;
  readonly sending: SendingSettings;
  /** Null: GET /metrics is not there. */
  readonly metrics: MetricsSettings | null;
}

/** How people are told of what happens. */
export interface SendingSettings {
  /** The app's id in the tenant's catalogue; null: the app is added for nobody. */
  readonly teamsAppId: string | null;
  /** Id or address of the mailbox that mails leave from; null: none is sent. */
  readonly mailSender: string | null;
  /** Most requests to Teams in a second, for one tenant. */
  readonly perSecond: number;
}

export interface SandboxConfig extends CommonConfig {
  readonly mode: 'sandbox';
  /** Null: a Redis of the sandbox's own. */
  readonly redisUrl: string | null;
  /** Null: a Graph of the sandbox's own. `credits doctor` alone asks another. */
  readonly graphBaseUrl: string | null;
  /** Null: without the playground. */
  readonly playgroundPort: number | null;
  /** Of the page with everybody's chats; 0 takes a free one. */
  readonly chatsPort: number;
  /** Id, user principal name or display name of the person to act as; null for the default. */
  readonly sandboxUser: string | null;
}

export interface ProductionConfig extends CommonConfig {
  readonly mode: 'production';
  readonly redisUrl: string;
  readonly credentials: BotCredentials;
  readonly graphBaseUrl: string;
  readonly cloud: Cloud;
  /** Where the keys that sign activities are published; null for the cloud's own. */
  readonly openIdMetadataUrl: string | null;
}

export type Config = SandboxConfig | ProductionConfig;

/** Lists all that is wrong with the environment, each with what to set. */
export class ConfigInvalid extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The environment needs a change:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigInvalid';
  }
}

/** All variables of the environment that the product reads, by name. */
export const environment = z.object({
  PORT: port(3978),
  REDIS_URL: text,
  GRAPH_BASE_URL: url(['https:', 'http:']),
  CLIENT_ID: text,
  CLIENT_SECRET: text,
  CLIENT_CERTIFICATE_PATH: text,
  MANAGED_IDENTITY: oneOf('true', 'false').transform((value) => value === 'true'),
  TENANT_ID: text,
  CLOUD: text.transform((value, context) => {
    const found = clouds.find((cloud) => cloud === (value ?? 'public'));
    return found ?? problem(context, `must be one of ${clouds.join(', ')}`);
  }),
  OPENID_METADATA_URL: url(['https:', 'http:']),
  DEFAULT_CURRENCY: text.transform(
    (value, context) =>
      currency(value ?? 'USD') ?? problem(context, 'must be an ISO 4217 code such as USD or KRW'),
  ),
  LOG_LEVEL: text.transform((value, context) => {
    const level = value ?? 'info';
    return logLevels.includes(level) ? level : problem(context, `must be one of ${logLevels.join(', ')}`);
  }),
  PEOPLE_REFRESH_MINUTES: wholeNumber({ from: 1, to: 1_440, fallback: 15 }),
  USAGE_POLL_MINUTES: wholeNumber({ from: 5, to: 360, fallback: 30 }),
  EVENTS_SECRET: text.transform((value, context) =>
    value === undefined || webhookSecret.test(value)
      ? (value ?? null)
      : problem(context, 'must be whsec_ and 24 to 64 bytes in base64, as Standard Webhooks has it'),
  ),
  GRAPH_BETA_REPORTS: oneOf('on', 'off'),
  ...languageModelVariables,
  ...metricsVariables,
  TEAMS_APP_ID: text.transform((value, context) => {
    if (value === undefined || guid.test(value)) return value ?? null;
    return problem(context, "must be a GUID, the app's id in the tenant's app catalogue");
  }),
  MAIL_SENDER: text.transform((value) => value ?? null),
  // Teams takes 50 of an app in a tenant ("Optimize your bot with rate limiting in Teams"), and by some pages 30.
  SENDS_PER_SECOND: wholeNumber({ from: 1, to: 50, fallback: 25 }),
  PLAYGROUND: oneOf('on', 'off').transform((value) => value !== 'off'),
  PLAYGROUND_PORT: port(56_150),
  CHATS_PORT: port(0),
  SANDBOX_USER: text,
});

/** 24 bytes at the least, so that it cannot be guessed. */
const webhookSecret = /^(?:whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/;

const logLevels: readonly string[] = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

type Environment = z.output<typeof environment>;

/** Without credentials the sandbox, with any of them production. @throws {ConfigInvalid} */
export function readConfig(variables: NodeJS.ProcessEnv): Config {
  const { values, problems: unreadable } = readValues(variables);
  const problems = [...unreadable];
  const common = {
    port: values.PORT,
    defaultCurrency: values.DEFAULT_CURRENCY,
    logLevel: values.LOG_LEVEL,
    peopleRefreshMinutes: values.PEOPLE_REFRESH_MINUTES,
    usagePollMinutes: values.USAGE_POLL_MINUTES,
    eventsSecret: values.EVENTS_SECRET,
    // The sandbox's own Graph answers them; of the real one somebody must want it.
    betaReports: (values.GRAPH_BETA_REPORTS ?? (hasCredentials(values) ? 'off' : 'on')) === 'on',
    languageModel: languageModelSettings(values, problems),
    metrics: metricsSettings(values, { isProduction: hasCredentials(values) }),
    sending: {
      teamsAppId: values.TEAMS_APP_ID,
      mailSender: values.MAIL_SENDER,
      perSecond: values.SENDS_PER_SECOND,
    },
  };
  if (hasCredentials(values)) return production(values, common, problems);
  if (problems.length > 0) throw new ConfigInvalid(problems);
  return sandbox(values, common);
}

/** A value that cannot be read counts as not set, so that what is wrong elsewhere comes to light with it. */
function readValues(variables: NodeJS.ProcessEnv): {
  readonly values: Environment;
  readonly problems: readonly string[];
} {
  const parsed = environment.safeParse(variables);
  if (parsed.success) return { values: parsed.data, problems: [] };
  const { issues } = parsed.error;
  const unreadable = new Set(issues.map((issue) => issue.path[0]));
  const readable = Object.entries(variables).filter(([name]) => !unreadable.has(name));
  return {
    values: environment.parse(Object.fromEntries(readable)),
    problems: issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`),
  };
}

function hasCredentials(values: Environment): boolean {
  return (
    [values.CLIENT_ID, values.CLIENT_SECRET, values.CLIENT_CERTIFICATE_PATH].some(
      (value) => value !== undefined,
    ) || values.MANAGED_IDENTITY
  );
}

function sandbox(values: Environment, common: CommonConfig): SandboxConfig {
  return {
    ...common,
    mode: 'sandbox',
    redisUrl: values.REDIS_URL ?? null,
    graphBaseUrl: values.GRAPH_BASE_URL,
    playgroundPort: values.PLAYGROUND ? values.PLAYGROUND_PORT : null,
    chatsPort: values.CHATS_PORT,
    sandboxUser: values.SANDBOX_USER ?? null,
  };
}

function production(values: Environment, common: CommonConfig, problems: string[]): ProductionConfig {
  const needed = (value: string | undefined, sentence: string): string => {
    if (value === undefined) problems.push(sentence);
    return value ?? '';
  };
  const clientId = needed(
    values.CLIENT_ID,
    'CLIENT_ID is missing: set it to the application (client) id of the bot.',
  );
  const redisUrl = needed(
    values.REDIS_URL,
    'REDIS_URL is missing: set it to your Redis, such as rediss://redis.example.com:6380.',
  );
  const tenant = needed(
    values.TENANT_ID,
    'TENANT_ID is missing: set it to the directory (tenant) id in which the bot is registered.',
  );
  if (clientId !== '' && !guid.test(clientId))
    problems.push('CLIENT_ID must be a GUID, the application (client) id.');
  const homeTenant = tenantId(tenant);
  if (tenant !== '' && homeTenant === null)
    problems.push('TENANT_ID must be a GUID, the directory (tenant) id.');
  const proof = proofOfIdentity(values, problems);
  if (problems.length > 0 || homeTenant === null || proof === null) throw new ConfigInvalid(problems);
  return {
    ...common,
    mode: 'production',
    redisUrl,
    credentials: { clientId, homeTenant, ...proof },
    graphBaseUrl: values.GRAPH_BASE_URL ?? 'https://graph.microsoft.com',
    cloud: values.CLOUD,
    openIdMetadataUrl: values.OPENID_METADATA_URL,
  };
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

type ProofOfIdentity =
  | { readonly kind: 'secret'; readonly clientSecret: string }
  | { readonly kind: 'certificate'; readonly certificatePath: string }
  | { readonly kind: 'managed-identity' };

function proofOfIdentity(values: Environment, problems: string[]): ProofOfIdentity | null {
  const ways: ProofOfIdentity[] = [];
  if (values.CLIENT_SECRET !== undefined) ways.push({ kind: 'secret', clientSecret: values.CLIENT_SECRET });
  if (values.CLIENT_CERTIFICATE_PATH !== undefined) {
    const certificatePath = values.CLIENT_CERTIFICATE_PATH;
    if (!existsSync(certificatePath))
      problems.push('CLIENT_CERTIFICATE_PATH names a file that is not there.');
    ways.push({ kind: 'certificate', certificatePath });
  }
  if (values.MANAGED_IDENTITY) ways.push({ kind: 'managed-identity' });
  const [way] = ways;
  if (ways.length === 1 && way !== undefined) return way;
  problems.push(
    'Set exactly one of CLIENT_SECRET, CLIENT_CERTIFICATE_PATH or MANAGED_IDENTITY=true, so that the bot can prove who it is.',
  );
  return null;
}
