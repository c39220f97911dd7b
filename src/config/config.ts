import type { Currency } from '../money/currency.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { type LanguageModelSettings, languageModelSettings } from './language-model-config.ts';
import { type MetricsSettings, metricsSettings } from './metrics-config.ts';
import { type ProductionSettings, productionSettings } from './production-config.ts';

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

export interface ProductionConfig extends CommonConfig, ProductionSettings {
  readonly mode: 'production';
}

export type Config = SandboxConfig | ProductionConfig;

/** Lists all that is wrong with the environment, each with what to set. */
export class ConfigInvalid extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The environment needs a change:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigInvalid';
  }
}

/** Without credentials the sandbox, with any of them production. @throws {ConfigInvalid} */
export function readConfig(variables: NodeJS.ProcessEnv): Config {
  const { values, problems: unreadable } = readEnvironment(variables);
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
  if (hasCredentials(values)) {
    const production = productionSettings(values, problems);
    if (production === null || problems.length > 0) throw new ConfigInvalid(problems);
    return { ...common, mode: 'production', ...production };
  }
  if (problems.length > 0) throw new ConfigInvalid(problems);
  return sandbox(values, common);
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
