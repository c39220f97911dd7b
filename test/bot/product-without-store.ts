import { currency } from '../../src/money/currency.ts';
import type { Product } from '../../src/product.ts';
import { product } from '../../src/product-on-ports.ts';
import { type Store, StoreUnavailable } from '../../src/workflows/ports.ts';
import { grace } from './bot-in-teams.ts';
import { now } from './product-double.ts';

/** The real product, of which Grace may see and do everything, and whose store does not answer. */
export function productWithoutStore(): Product {
  return product({
    store: absentStore,
    shortMemory: { recalled: absent, remember: absent },
    directory: {
      person: async () => ({ ...grace, enabled: true, guest: false, roles: grace.roles }),
    },
    roleDirectory: { roleHoldings: async () => ({ readAt: now, holders: new Map(), eligibleKnown: false }) },
    organisationDirectory: { organisation: async () => ({ country: null }) },
    licenceDirectory: { licensing: async () => ({ credits: null, bought: new Map(), people: [] }) },
    usageSource: { page: absent },
    betaReports: null,
    storeHealth: { facts: async () => ({ kind: 'unreachable' }) },
    graphHealth: { facts: absent },
    leases: { whileHeld: absent },
    clock: { now: () => now },
    peopleFreshMs: 0,
    defaultCurrency: currency('USD') ?? noCurrency(),
  });
}

const absentStore: Store = {
  knowsTenant: absent,
  tenants: absent,
  heads: absent,
  records: absent,
  allRecords: silence,
  counts: absent,
  members: absent,
  log: silence,
  latest: absent,
  names: absent,
  scoredMembers: silence,
  answers: absent,
  recall: absent,
  commit: absent,
  ping: absent,
};

async function absent(): Promise<never> {
  throw new StoreUnavailable(new Error('connect ECONNREFUSED redis.internal:6379'));
}

// biome-ignore lint/correctness/useYield: what is absent yields nothing
async function* silence(): AsyncGenerator<never> {
  await absent();
}

function noCurrency(): never {
  throw new Error('USD is no currency.');
}
