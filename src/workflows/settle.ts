import { handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { account } from '../ledger/account.ts';
import { bookAccount, changeOf } from './booking.ts';
import type { Store } from './ports.ts';
import { readBooks, type TenantBooks } from './tenant-books.ts';

/**
 * The tenant's books with all posted that the passing of time made due, so that a figure shown is always the sum of
 * the entries. On most reads nothing is due, and nothing is written.
 */
export async function readSettledBooks(store: Store, tenant: TenantId, at: Instant): Promise<TenantBooks> {
  const settled = await handle<TenantBooks | null, never>({
    decide: () => decide(store, tenant, at),
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
  const books = settled.kind === 'done' ? settled.outcome : null;
  return books ?? readBooks(store, tenant);
}

/** The books where nothing is due; null where they must be read again after the commit. */
async function decide(store: Store, tenant: TenantId, at: Instant): Promise<Plan<TenantBooks | null, never>> {
  const books = await readBooks(store, tenant);
  const booked = [...books.accounts.values()].map((before) => {
    const decision = account.decide(before.state, { type: 'settle' }, at);
    // Settling has no rule that refuses; were one added, nothing would be due until it is met.
    return bookAccount(before, decision.kind === 'accepted' ? decision.events : []);
  });
  if (booked.every((part) => part.events.length === 0)) return { kind: 'nothing', outcome: books };
  return { kind: 'change', change: changeOf(tenant, booked), outcome: null };
}
