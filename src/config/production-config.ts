import { existsSync } from 'node:fs';
import { type TenantId, tenantId } from '../decision/ids.ts';
import type { Cloud, Environment } from './environment.ts';
import { guid } from './variables.ts';

/** What production alone stands on. */
export interface ProductionSettings {
  readonly redisUrl: string;
  readonly credentials: BotCredentials;
  readonly graphBaseUrl: string;
  readonly cloud: Cloud;
  /** Where the keys that sign activities are published; null for the cloud's own. */
  readonly openIdMetadataUrl: string | null;
}

/** How the bot proves to Microsoft who it is. */
export type BotCredentials = {
  readonly clientId: string;
  /** The tenant in which the bot is registered. */
  readonly homeTenant: TenantId;
} & ProofOfIdentity;

type ProofOfIdentity =
  | { readonly kind: 'secret'; readonly clientSecret: string }
  | { readonly kind: 'certificate'; readonly certificatePath: string }
  | { readonly kind: 'managed-identity' };

/** What production must have; null where it does not, and what is wrong is added to the problems. */
export function productionSettings(values: Environment, problems: string[]): ProductionSettings | null {
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
  if (homeTenant === null || proof === null) return null;
  return {
    redisUrl,
    credentials: { clientId, homeTenant, ...proof },
    graphBaseUrl: values.GRAPH_BASE_URL ?? 'https://graph.microsoft.com',
    cloud: values.CLOUD,
    openIdMetadataUrl: values.OPENID_METADATA_URL,
  };
}

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
