import type { TenantId } from '../../src/decision/ids.ts';
import type { Instant } from '../../src/decision/time.ts';
import { graphClient } from '../../src/graph/client.ts';
import { graphUsage } from '../../src/graph/usage.ts';
import type { GraphDouble } from '../../src/sandbox/graph-double.ts';
import { makeUsage, type SandboxCall } from '../../src/sandbox/usage-maker.ts';
import { type Fed, feedUsage } from '../../src/workflows/feed-usage.ts';
import type { Leases, Store, UsageSource } from '../../src/workflows/ports.ts';
import { usageMaking } from '../sandbox/sandbox-usage.ts';

/** When the feed under test reads first. */
export const begin = Date.parse('2026-11-10T12:00:00Z');

/** Every so many of the sandbox's calls, so that a run is short and has calls of every kind. */
export function someCalls(options: {
  readonly every: number;
  readonly endAt: Instant;
}): readonly SandboxCall[] {
  return makeUsage({ ...usageMaking, endAt: options.endAt }).filter(
    (_, index) => index % options.every === 0,
  );
}

/** Nobody else is there. */
export const noLeases: Leases = { whileHeld: (_tenant, _name, work) => work() };

/** The feed of one tenant, read at the instants that a test tells. */
export function feedOf(
  { store, graph, tenant }: { readonly store: Store; readonly graph: GraphDouble; readonly tenant: TenantId },
  leases: Leases = noLeases,
): { readonly source: UsageSource; read(at: Instant): Promise<Fed> } {
  let now = begin;
  const client = graphClient({
    baseUrl: graph.baseUrl,
    tokens: { token: async () => null },
    now: () => now,
    sleep: async () => {},
    random: () => 0.5,
  });
  const usageSource = graphUsage(client);
  return {
    source: usageSource,
    read: (at) => {
      now = at;
      const licenceDirectory = { licensing: async () => ({ credits: null, bought: new Map(), people: [] }) };
      return feedUsage({ store, usageSource, licenceDirectory, clock: { now: () => now }, leases }, tenant);
    },
  };
}
