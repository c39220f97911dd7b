import { InvalidArgumentError, Option } from 'commander';
import { readConfig } from '../config/config.ts';
import { type TenantId, tenantId } from '../decision/ids.ts';
import { openProduct, type ProductSettings } from '../open-product.ts';
import type { Product } from '../product.ts';
import { sandboxTenant } from '../sandbox/people.ts';
import { openSandboxRedis } from '../sandbox/world.ts';
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

/** Where the directory is asked, for the few commands that do. */
export interface GraphToAsk {
  readonly baseUrl: string;
  readonly access: ProductSettings['graphAccess'];
}

/** Nobody is let in: most commands ask the store alone. */
const noGraph: GraphToAsk = { baseUrl: 'https://graph.microsoft.com', access: { kind: 'anonymous' } };

/** Opens the product on the Redis that is meant, and leaves it as it was found. */
export async function withProduct<Result>(
  work: (product: Product) => Promise<Result>,
  graph: GraphToAsk = noGraph,
): Promise<Result> {
  const config = readConfig(process.env);
  const redis = await openSandboxRedis(config.redisUrl, (line) => process.stderr.write(`${line}\n`));
  const open = openProduct({
    redisUrl: redis.url,
    graphBaseUrl: graph.baseUrl,
    graphAccess: graph.access,
    defaultCurrency: config.defaultCurrency,
    sending: config.sending,
    onStoreError: () => {},
  });
  try {
    return await work(open.product);
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
