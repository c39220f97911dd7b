import type { TenantId } from '../../decision/ids.ts';
import { type RoleHolder, standing } from '../../people/role-holder.ts';
import { deckInForce } from '../answer-rate.ts';
import { DirectoryUnavailable, type Ports, StoreUnavailable } from '../ports.ts';
import { chosenRoles } from '../role-choice.ts';
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
    const [books, { deck }] = await Promise.all([readBooks(ports.store, tenant), deckInForce(ports, tenant)]);
    const readAt = [...books.accounts.values()].flatMap(({ state }) =>
      state.observations.map(({ at }) => at),
    );
    const { completedAt } = books.feed.state;
    return {
      feed: completedAt === null ? 'never' : { completedAt },
      figureReadAt: readAt.length === 0 ? null : Math.max(...readAt),
      hasRateDeck: deck !== null,
    };
  } catch (cause) {
    if (cause instanceof StoreUnavailable) return null;
    throw cause;
  }
}

/** Not asked where Graph has just refused to tell of roles: that is a finding already. */
async function holderFacts(
  { roleDirectory, store }: Pick<Ports, 'roleDirectory' | 'store'>,
  tenant: TenantId,
  { probes }: GraphFacts,
): Promise<Facts['holders']> {
  if (!probes.some(({ of, outcome }) => of === 'roles' && outcome.kind === 'answered')) return null;
  try {
    const chosen = await chosenRoles(store, tenant);
    const { holders } = await roleDirectory.roleHoldings(tenant, [...chosen], { somebodyWaits: true });
    const all = [...holders.values()].flat();
    return {
      active: peopleAmong(all.filter((holder) => standing(holder) === 'active')),
      eligibleOnly: peopleAmong(all.filter((holder) => standing(holder) === 'eligible')),
    };
  } catch (cause) {
    if (cause instanceof DirectoryUnavailable) return null;
    throw cause;
  }
}

function peopleAmong(holders: readonly RoleHolder[]): number {
  return new Set(holders.map(({ person }) => person)).size;
}
