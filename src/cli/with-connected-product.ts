import { type Config, readConfig } from '../config/config.ts';
import { graphAccess } from '../config/graph-access.ts';
import { openProduct, type ProductSettings } from '../open-product.ts';
import type { Product } from '../product.ts';
import { startWorld } from '../sandbox/world.ts';

/** Opens the product with Microsoft Graph, that of the environment or the sandbox's, and leaves it as it was found. */
export async function withConnectedProduct<Result>(
  work: (product: Product, config: Config) => Promise<Result>,
): Promise<Result> {
  const config = readConfig(process.env);
  const world = await worldOf(config);
  const open = openProduct({
    ...world.settings,
    defaultCurrency: config.defaultCurrency,
    onStoreError: () => {},
  });
  try {
    return await work(open.product, config);
  } finally {
    await open.close();
    await world.stop();
  }
}

async function worldOf(config: Config): Promise<{
  readonly settings: Pick<ProductSettings, 'redisUrl' | 'graphBaseUrl' | 'graphAccess'>;
  stop(): Promise<void>;
}> {
  if (config.mode === 'production') {
    const { redisUrl, graphBaseUrl, credentials } = config;
    return {
      settings: { redisUrl, graphBaseUrl, graphAccess: graphAccess(credentials) },
      stop: async () => {},
    };
  }
  const { redisUrl } = config;
  const log = (line: string) => void process.stderr.write(`${line}\n`);
  const world = await startWorld({ redisUrl, now: () => Date.now(), log });
  return {
    settings: {
      redisUrl: world.redisUrl,
      graphBaseUrl: config.graphBaseUrl ?? world.graph.baseUrl,
      graphAccess: world.graphAccess,
    },
    stop: () => world.stop(),
  };
}
