import { z } from 'zod';
import { currency } from '../money/currency.ts';
import { languageModelVariables } from './language-model-config.ts';
import { metricsVariables } from './metrics-config.ts';
import { guid, oneOf, port, problem, text, url, wholeNumber } from './variables.ts';

/** Clouds differ in the hosts that may be replied to (Microsoft: "Government Community Cloud" pages for Teams bots). */
export const clouds = ['public', 'gcc', 'gcc-high', 'dod'] as const;
export type Cloud = (typeof clouds)[number];

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

export type Environment = z.output<typeof environment>;

/** A value that cannot be read counts as not set, so that what is wrong elsewhere comes to light with it. */
export function readEnvironment(variables: NodeJS.ProcessEnv): {
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
