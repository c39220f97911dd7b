import { setTimeout as sleep } from 'node:timers/promises';
import { graphClient } from './graph/client.ts';
import { type GraphCredentials, type TokenSource, tokenSource } from './graph/credentials.ts';
import { graphDirectory } from './graph/directory.ts';
import { graphHealth } from './graph/health.ts';
import { graphLicences } from './graph/licences.ts';
import { graphRoleHolders } from './graph/role-holders.ts';
import { graphUsage } from './graph/usage.ts';
import type { Currency } from './money/currency.ts';
import { type Product, product } from './product.ts';
import { connect } from './store/connection.ts';
import { redisHealth } from './store/health.ts';
import { redisShortMemory } from './store/short-memory.ts';
import { redisStore } from './store/store.ts';

/** The product, standing on a real Redis and a real Graph. */
export interface OpenProduct {
  readonly product: Product;
  /** Ends the connections, after what was asked before is answered. */
  close(): Promise<void>;
}

export interface ProductSettings {
  readonly redisUrl: string;
  readonly graphBaseUrl: string;
  readonly graphAccess: GraphCredentials | TokenSource;
  readonly defaultCurrency: Currency;
  /** Told of each failure to reach Redis; the connection mends itself. */
  readonly onStoreError: (error: Error) => void;
}

/** Opens the product and returns at once; whether Redis is there shows with the first question. */
export function openProduct(settings: ProductSettings): OpenProduct {
  const connection = connect(settings.redisUrl, { onError: settings.onStoreError });
  const store = redisStore(connection);
  const clock = { now: () => Date.now() };
  const { graphAccess, graphBaseUrl } = settings;
  const credentials = 'token' in graphAccess ? null : graphAccess;
  const tokens = 'token' in graphAccess ? graphAccess : tokenSource(graphAccess, graphBaseUrl);
  const graph = graphClient({
    baseUrl: graphBaseUrl,
    tokens,
    now: clock.now,
    sleep: async (milliseconds) => sleep(milliseconds),
    random: Math.random,
  });
  return {
    product: product({
      store,
      shortMemory: redisShortMemory(connection),
      clock,
      directory: graphDirectory(graph, clock.now),
      roleDirectory: graphRoleHolders(graph, clock.now),
      licenceDirectory: graphLicences(graph, clock.now),
      usageSource: graphUsage(graph),
      storeHealth: redisHealth(connection, clock.now),
      graphHealth: graphHealth({ baseUrl: graphBaseUrl, tokens, credentials, now: clock.now }),
      defaultCurrency: settings.defaultCurrency,
    }),
    close: () => store.close(),
  };
}
