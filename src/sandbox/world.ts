import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { addDays, type Instant, startOfDay, utcDay } from '../decision/time.ts';
import type { TokenSource } from '../graph/credentials.ts';
import type { Product } from '../product.ts';
import { type LocalRedis, localRedis, sandboxRedisFolder } from '../store/local-server.ts';
import type { GraphDouble } from './graph-double.ts';
import { loadTenant } from './load-tenant.ts';
import { type SandboxPerson, type SandboxTenant, sandboxPeople, sandboxTenant } from './people.ts';
import { priceByDeck } from './price-call.ts';
import { sandboxGraphAccess, startSandboxGraph } from './sandbox-graph.ts';
import { type CallHistory, callHistory, daysOfUsage, makeUsage, type UsageMaking } from './usage-maker.ts';

/** What stands in for the world around the product: a Redis of its own, and Microsoft Graph for a made-up tenant. */
export interface SandboxWorld {
  readonly tenant: SandboxTenant;
  readonly redisUrl: string;
  readonly graph: GraphDouble;
  readonly graphAccess: TokenSource;
  /** Brings the tenant up to date through the product, as the world would. */
  load(product: Product): Promise<void>;
  stop(): Promise<void>;
}

/** Where the sandbox keeps what it makes; git-ignored. */
export const sandboxFolder = dirname(sandboxRedisFolder);

/** Any number: the same one makes the same calls on every machine. */
const seed = 20_261_124;

export async function startWorld(options: {
  /** Null takes a Redis of the sandbox's own. */
  readonly redisUrl: string | null;
  readonly now: () => Instant;
  readonly log: (line: string) => void;
}): Promise<SandboxWorld> {
  const redis = await openSandboxRedis(options.redisUrl, options.log);
  const startedAt = options.now();
  const graph = await startSandboxGraph(sandboxCalls(startedAt), options.now);
  return {
    tenant: sandboxTenant,
    redisUrl: redis.url,
    graph,
    graphAccess: sandboxGraphAccess,
    load: async (product) => {
      await loadTenant(product, sandboxTenant, {
        administrator: actingPerson(null),
        calls: makeUsage({ ...sandboxMaking(), endAt: startedAt }),
        rates: sandboxRates(),
      });
      await product.refreshPeople(sandboxTenant.id);
    },
    stop: async () => {
      await graph.stop();
      await redis.stop();
    },
  };
}

/** The calls of the made-up tenant, from ninety days before an instant on. */
export function sandboxCalls(at: Instant): CallHistory {
  return callHistory({ ...sandboxMaking(), since: startOfDay(addDays(utcDay(at), -daysOfUsage)) });
}

function sandboxMaking(): UsageMaking {
  const { currency, countryCode } = sandboxTenant;
  return { seed, currency, price: priceByDeck(sandboxRates(), { countryCode }) };
}

/** The made-up price list, as CSV. */
export function sandboxRates(): string {
  return readFileSync(new URL('./rates.csv', import.meta.url), 'utf8');
}

/** The Redis that the environment names, or else the sandbox's own, which is started where it does not run. */
export async function openSandboxRedis(
  named: string | null,
  log: (line: string) => void,
): Promise<LocalRedis> {
  if (named !== null) return { url: named, stop: async () => {} };
  return localRedis({ folder: sandboxRedisFolder, log });
}

/** Found by id, user principal name or display name; the first person, a Billing Administrator, where none is named. */
export function actingPerson(named: string | null): SandboxPerson {
  const wanted = named?.toLowerCase() ?? null;
  const found = sandboxPeople.find(
    ({ id, userPrincipalName, displayName }) =>
      wanted === null ||
      [id, userPrincipalName, userPrincipalName.split('@')[0], displayName].some(
        (name) => name?.toLowerCase() === wanted,
      ),
  );
  if (found === undefined) throw new NoSuchPerson(named ?? '');
  return found;
}

export class NoSuchPerson extends Error {
  constructor(named: string) {
    const names = sandboxPeople.map(({ userPrincipalName }) => userPrincipalName).join(', ');
    super(`SANDBOX_USER names nobody of the sandbox: ${named}. Choose one of: ${names}.`);
    this.name = 'NoSuchPerson';
  }
}
