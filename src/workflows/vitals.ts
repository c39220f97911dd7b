import type { AlertKind } from '../alerts/kind.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { readAlertBooks } from './alert-books.ts';
import { peopleReadAt } from './people.ts';
import type { Store } from './ports.ts';
import { TenantBeingRebuilt } from './rebuilding.ts';

/** How the product is over all its tenants, of none of them by name. */
export interface Vitals {
  readonly tenants: number;
  /** When the usage was last read to its end, for the tenant of which that is longest ago; null where it never was. */
  readonly usageReadAt: Instant | null;
  /** The same of the lists of who holds which role. */
  readonly peopleReadAt: Instant | null;
  /** Incidents that go on, by kind; kinds without any are not in it. */
  readonly openIncidents: ReadonlyMap<AlertKind, number>;
}

/** @throws {StoreUnavailable} */
export async function vitals(store: Store): Promise<Vitals> {
  const tenants = await store.tenants();
  const each = await Promise.all(tenants.map((tenant) => vitalsOf(store, tenant)));
  const there = each.filter((one) => one !== null);
  const openIncidents = new Map<AlertKind, number>();
  for (const kind of there.flatMap(({ open }) => open))
    openIncidents.set(kind, (openIncidents.get(kind) ?? 0) + 1);
  return {
    tenants: tenants.length,
    usageReadAt: earliest(there.map((one) => one.usageReadAt)),
    peopleReadAt: earliest(there.map((one) => one.peopleReadAt)),
    openIncidents,
  };
}

interface TenantVitals extends Pick<Vitals, 'usageReadAt' | 'peopleReadAt'> {
  readonly open: readonly AlertKind[];
}

/** Null while its facts are only half there. */
async function vitalsOf(store: Store, tenant: TenantId): Promise<TenantVitals | null> {
  const heads = await store.heads(tenant);
  try {
    const { alerts, feedCompletedAt } = await readAlertBooks({ ...store, heads: async () => heads }, tenant);
    const open = [...alerts.state.state.episodes.values()].filter(({ resolved }) => resolved === null);
    return {
      usageReadAt: feedCompletedAt,
      peopleReadAt: peopleReadAt(heads),
      open: open.map(({ kind }) => kind),
    };
  } catch (error) {
    if (error instanceof TenantBeingRebuilt) return null;
    throw error;
  }
}

function earliest(instants: readonly (Instant | null)[]): Instant | null {
  const known = instants.filter((instant) => instant !== null);
  return known.length === 0 ? null : Math.min(...known);
}
