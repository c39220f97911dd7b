import { setTimeout as sleep } from 'node:timers/promises';
import { graphClient } from './graph/client.ts';
import { type GraphCredentials, type TokenSource, tokenSource } from './graph/credentials.ts';
import { graphDirectory } from './graph/directory.ts';
import { graphLicences } from './graph/licences.ts';
import { graphPost } from './graph/post.ts';
import { graphReach } from './graph/reach-people.ts';
import { graphRoleHolders } from './graph/role-holders.ts';
import { graphUsage } from './graph/usage.ts';
import type { Currency } from './money/currency.ts';
import type { Deliver } from './outbox/deliver.ts';
import { type OpenOutbox, openOutbox } from './outbox/open-outbox.ts';
import { type Product, product } from './product.ts';
import { connect } from './store/connection.ts';
import { redisShortMemory } from './store/short-memory.ts';
import { redisStore } from './store/store.ts';
import { redisThrottle } from './store/throttle.ts';
import { cardSource } from './workflows/card-source.ts';

/** The product, standing on a real Redis and a real Graph. */
export interface OpenProduct {
  readonly product: Product;
  /** What says what was committed to be said, in the words and by the way that it is given. */
  outbox(deliver: Deliver): OpenOutbox;
  /** Ends the connections, after what was asked before is answered. */
  close(): Promise<void>;
}

export interface ProductSettings {
  readonly redisUrl: string;
  readonly graphBaseUrl: string;
  readonly graphAccess: GraphCredentials | TokenSource;
  readonly defaultCurrency: Currency;
  readonly sending: {
    readonly teamsAppId: string | null;
    readonly mailSender: string | null;
    readonly perSecond: number;
  };
  /** Told of each failure to reach Redis; the connection mends itself. */
  readonly onStoreError: (error: Error) => void;
  /** Told of what the outbox will try again; the error's name alone is fit for a log. */
  readonly onOutboxTrouble?: (error: Error) => void;
}

/** Opens the product and returns at once; whether Redis is there shows with the first question. */
export function openProduct(settings: ProductSettings): OpenProduct {
  const connection = connect(settings.redisUrl, { onError: settings.onStoreError });
  const store = redisStore(connection);
  const clock = { now: () => Date.now() };
  const { graphAccess, graphBaseUrl } = settings;
  const tokens = 'token' in graphAccess ? graphAccess : tokenSource(graphAccess, graphBaseUrl);
  const graph = graphClient({
    baseUrl: graphBaseUrl,
    tokens,
    now: clock.now,
    sleep: async (milliseconds) => sleep(milliseconds),
    random: Math.random,
  });
  const directory = graphDirectory(graph, clock.now);
  const roleDirectory = graphRoleHolders(graph, clock.now);
  return {
    outbox: (deliver) =>
      openOutbox({
        redisUrl: settings.redisUrl,
        store,
        directory,
        roleDirectory,
        deliver,
        cards: cardSource({}),
        reach: graphReach({
          client: graph,
          post: graphPost({ baseUrl: graphBaseUrl, tokens, now: clock.now }),
          baseUrl: graphBaseUrl,
          ...settings.sending,
        }),
        throttle: redisThrottle(connection, { perTenantASecond: settings.sending.perSecond }),
        clock,
        onTrouble: settings.onOutboxTrouble ?? settings.onStoreError,
      }),
    product: product({
      store,
      shortMemory: redisShortMemory(connection),
      clock,
      directory,
      roleDirectory,
      licenceDirectory: graphLicences(graph, clock.now),
      usageSource: graphUsage(graph),
      defaultCurrency: settings.defaultCurrency,
    }),
    close: () => store.close(),
  };
}
