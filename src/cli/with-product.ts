import { InvalidArgumentError, Option } from 'commander';
import { type Config, readConfig } from '../config/config.ts';
import { graphAccess } from '../config/graph-access.ts';
import { type TenantId, tenantId } from '../decision/ids.ts';
import { openProduct, type ProductSettings } from '../open-product.ts';
import type { Product } from '../product.ts';
import { sandboxTenant } from '../sandbox/people.ts';
import { sandboxGraphAccess, startSandboxGraph } from '../sandbox/sandbox-graph.ts';
import { openSandboxRedis, sandboxCalls } from '../sandbox/world.ts';
import { Refused } from './refused.ts';

export interface TenantOptions {
  readonly tenant: TenantId;
  readonly json?: true;
}

export function tenantOption(): Option {
  return new Option('--tenant <id>', 'the directory (tenant) id')
    .default(sandboxTenant.id, 'the sandbox tenant')
    .argParser((text) => {
      const id = tenantId(text);
      if (id === null) throw new InvalidArgumentError('A tenant id is a GUID.');
      return id;
    });
}

export function jsonOption(): Option {
  return new Option('--json', 'print one JSON document');
}

/** Opens the product on the Redis that is meant, and leaves it as it was found. The directory is not asked. */
export async function withProduct<Result>(work: (product: Product) => Promise<Result>): Promise<Result> {
  const graph = { graphBaseUrl: 'https://graph.microsoft.com', graphAccess: { kind: 'anonymous' } } as const;
  return onRedis(readConfig(process.env), graph, work);
}

/** As {@link withProduct}, with the directory that the environment names; where it names none, the sandbox's own. */
export async function withDirectory<Result>(
  work: (product: Product, config: Config) => Promise<Result>,
): Promise<Result> {
  const config = readConfig(process.env);
  if (config.mode === 'production') {
    const { graphBaseUrl, credentials } = config;
    return onRedis(config, { graphBaseUrl, graphAccess: graphAccess(credentials) }, work);
  }
  const graph = await startSandboxGraph(sandboxCalls(Date.now()), () => Date.now());
  try {
    const graphBaseUrl = config.graphBaseUrl ?? graph.baseUrl;
    return await onRedis(config, { graphBaseUrl, graphAccess: sandboxGraphAccess }, work);
  } finally {
    await graph.stop();
  }
}

async function onRedis<Result>(
  config: Config,
  graph: Pick<ProductSettings, 'graphBaseUrl' | 'graphAccess'>,
  work: (product: Product, config: Config) => Promise<Result>,
): Promise<Result> {
  const redis = await openSandboxRedis(config.redisUrl, (line) => process.stderr.write(`${line}\n`));
  const open = openProduct({
    redisUrl: redis.url,
    ...graph,
    defaultCurrency: config.defaultCurrency,
    peopleRefreshMinutes: config.peopleRefreshMinutes,
    sending: config.sending,
    betaReports: config.betaReports,
    onStoreError: () => {},
  });
  try {
    return await work(open.product, config);
  } finally {
    await open.close();
    await redis.stop();
  }
}

/** @throws {Refused} where nothing was ever imported or recorded for the tenant */
export async function checkKnown(product: Product, tenant: TenantId): Promise<void> {
  if (await product.knowsTenant(tenant)) return;
  throw new Refused(
    'tenant-unknown',
    `Nothing is known of tenant ${tenant} yet. Import a usage report with "credits import FILE", or start the sandbox with "npm start".`,
  );
}
