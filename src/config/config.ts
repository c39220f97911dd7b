import { existsSync } from 'node:fs';
import { z } from 'zod';
import { type TenantId, tenantId } from '../decision/ids.ts';
import { type Currency, currency } from '../money/currency.ts';

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

/** A language model that may sort what the grammar cannot read. */
export type LanguageModelSettings =
  | {
      readonly kind: 'openai';
      readonly apiKey: string;
      readonly model: string;
      /** Of OpenAI, or of whatever speaks its chat completions. */
      readonly baseUrl: string;
    }
  | {
      readonly kind: 'azure';
      readonly apiKey: string;
      readonly endpoint: string;
      readonly deployment: string;
    };

interface CommonConfig {
  readonly port: number;
  readonly defaultCurrency: Currency;
  readonly logLevel: string;
  /** Null: none is ever called. */
  readonly languageModel: LanguageModelSettings | null;
  readonly sending: SendingSettings;
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

/** An empty variable is one that is not set, as a copied .env.example has them. */
const text = z
  .string()
  .transform((value) => value.trim() || undefined)
  .optional();

const port = (fallback: number) =>
  text.transform((value, context) => {
    const number = value === undefined ? fallback : Number(value);
    if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
    return problem(context, 'must be a port number from 0 to 65535');
  });

/** Teams takes 50 of an app in a tenant ("Optimize your bot with rate limiting in Teams"), and by some pages 30. */
const requestsPerSecond = text.transform((value, context) => {
  const number = value === undefined ? 25 : Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= 50) return number;
  return problem(context, 'must be a whole number from 1 to 50');
});

const url = (schemes: readonly string[]) =>
  text.transform((value, context) => {
    if (value === undefined) return null;
    if (URL.canParse(value) && schemes.includes(new URL(value).protocol)) return value;
    return problem(
      context,
      `must be a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`,
    );
  });

function problem(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: z.ZodIssueCode.custom, message });
  return z.NEVER;
}

/** A key and a text travel to it, so that only this machine is spoken to in the clear. */
const privateUrl = url(['https:', 'http:']).transform((value, context) =>
  value === null || value.startsWith('https:') || loopbackHosts.includes(new URL(value).hostname)
    ? value
    : problem(context, 'must begin with https://, or with http:// on this machine'),
);

const loopbackHosts: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];

const oneOf = <First extends string, Second extends string>(first: First, second: Second) =>
  text.transform((value, context) =>
    value === undefined || value === first || value === second
      ? value
      : problem(context, `must be ${first} or ${second}`),
  );

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
  OPENAI_API_KEY: text,
  OPENAI_MODEL: text,
  OPENAI_BASE_URL: privateUrl,
  AZURE_OPENAI_KEY: text,
  AZURE_OPENAI_ENDPOINT: url(['https:']),
  AZURE_OPENAI_DEPLOYMENT: text,
  TEAMS_APP_ID: text.transform((value, context) => {
    if (value === undefined || guid.test(value)) return value ?? null;
    return problem(context, "must be a GUID, the app's id in the tenant's app catalogue");
  }),
  MAIL_SENDER: text.transform((value) => value ?? null),
  SENDS_PER_SECOND: requestsPerSecond,
  PLAYGROUND: oneOf('on', 'off').transform((value) => value !== 'off'),
  PLAYGROUND_PORT: port(56_150),
  CHATS_PORT: port(0),
  SANDBOX_USER: text,
});

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
    languageModel: languageModel(values, problems),
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

/** Half a group is refused, so that nobody believes in a model that is never asked. */
function languageModel(values: Environment, problems: string[]): LanguageModelSettings | null {
  const { OPENAI_API_KEY, OPENAI_MODEL, OPENAI_BASE_URL } = values;
  const { AZURE_OPENAI_KEY, AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_DEPLOYMENT } = values;
  const ofAzure = [AZURE_OPENAI_KEY, AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_DEPLOYMENT];
  const isAzure = ofAzure.some((value) => (value ?? null) !== null);
  const isOpenAi = [OPENAI_API_KEY, OPENAI_MODEL, OPENAI_BASE_URL].some((value) => (value ?? null) !== null);
  if (isAzure && isOpenAi) {
    problems.push('Set the variables of OPENAI_ or those of AZURE_OPENAI_: one model reads, not two.');
    return null;
  }
  if (isAzure) {
    if (AZURE_OPENAI_KEY && AZURE_OPENAI_ENDPOINT && AZURE_OPENAI_DEPLOYMENT)
      return {
        kind: 'azure',
        apiKey: AZURE_OPENAI_KEY,
        endpoint: AZURE_OPENAI_ENDPOINT,
        deployment: AZURE_OPENAI_DEPLOYMENT,
      };
    problems.push(
      'Set all of AZURE_OPENAI_KEY, AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_DEPLOYMENT, or none of them.',
    );
    return null;
  }
  if (OPENAI_API_KEY !== undefined)
    return {
      kind: 'openai',
      apiKey: OPENAI_API_KEY,
      model: OPENAI_MODEL ?? 'gpt-4o-mini',
      baseUrl: OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
    };
  if (isOpenAi) problems.push('OPENAI_API_KEY is missing: set it, or leave the others of OPENAI_ out.');
  return null;
}

function sandbox(values: Environment, common: CommonConfig): SandboxConfig {
  return {
    ...common,
    mode: 'sandbox',
    redisUrl: values.REDIS_URL ?? null,
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
