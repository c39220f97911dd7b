import { z } from 'zod';
import type { Head } from '../../decision/commit.ts';
import type { TenantId } from '../../decision/ids.ts';
import { notifiedRoles, type RoleHolder } from '../../people/role-holder.ts';
import { deckInForce } from '../answer-rate.ts';
import { DirectoryUnavailable, type Ports, StoreUnavailable } from '../ports.ts';
import { readBooks } from '../tenant-books.ts';
import type { Facts, GraphFacts, TenantFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { judge } from './judge.ts';

/** Looks at everything that the product stands on. What does not answer is a finding, and no error. */
export async function examine(
  ports: Ports,
  tenant: TenantId,
  { usagePollMinutes }: Pick<Facts, 'usagePollMinutes'>,
): Promise<readonly Finding[]> {
  const now = ports.clock.now();
  const [store, graph, ofTenant] = await Promise.all([
    ports.storeHealth.facts(),
    ports.graphHealth.facts(tenant),
    tenantFacts(ports, tenant),
  ]);
  const holders = await holderFacts(ports, tenant, graph);
  return judge({ store, graph, tenant: ofTenant, holders, usagePollMinutes }, { tenant, now });
}

async function tenantFacts(ports: Ports, tenant: TenantId): Promise<TenantFacts | null> {
  try {
    const [heads, books, { deck }] = await Promise.all([
      ports.store.heads(tenant),
      readBooks(ports.store, tenant),
      deckInForce(ports, tenant),
    ]);
    const readAt = [...books.accounts.values()].flatMap(({ state }) =>
      state.observations.map(({ at }) => at),
    );
    return {
      feed: feedFacts(heads.get('feed')),
      figureReadAt: readAt.length === 0 ? null : Math.max(...readAt),
      hasRateDeck: deck !== null,
    };
  } catch (cause) {
    if (cause instanceof StoreUnavailable) return null;
    throw cause;
  }
}

/** The feed keeps more than this; when it last came to its end is all that counts here. */
const feedHead = z.object({ v: z.literal(1), completedAt: z.number().int().nullable() }).passthrough();

function feedFacts(head: Head | undefined): TenantFacts['feed'] {
  if (head === undefined) return 'never';
  const feed = feedHead.safeParse(head.state);
  if (!feed.success) return 'unreadable';
  const { completedAt } = feed.data;
  return completedAt === null ? 'never' : { completedAt };
}

/** Not asked where Graph has just refused to tell of roles: that is a finding already. */
async function holderFacts(
  { roleDirectory }: Pick<Ports, 'roleDirectory'>,
  tenant: TenantId,
  { probes }: GraphFacts,
): Promise<Facts['holders']> {
  if (!probes.some(({ of, outcome }) => of === 'roles' && outcome.kind === 'answered')) return null;
  try {
    const { holders } = await roleDirectory.roleHoldings(tenant, notifiedRoles);
    const able = [...holders.values()].flat().filter(({ enabled, guest }) => enabled && !guest);
    return {
      active: peopleAmong(able.filter(({ how }) => how !== 'eligible')),
      eligibleOnly: peopleAmong(able.filter(({ how }) => how === 'eligible')),
    };
  } catch (cause) {
    if (cause instanceof DirectoryUnavailable) return null;
    throw cause;
  }
}

function peopleAmong(holders: readonly RoleHolder[]): number {
  return new Set(holders.map(({ person }) => person)).size;
}
