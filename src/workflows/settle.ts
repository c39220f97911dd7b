import { handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import { type Day, type Instant, utcDay } from '../decision/time.ts';
import { type AccountState, account } from '../ledger/account.ts';
import { type Booked, bookAccount, changeOf } from './booking.ts';
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
    if (isSettled(before.state, at)) return nothing;
    const decision = account.decide(before.state, { type: 'settle' }, at);
    // Settling has no rule that refuses; were one added, nothing would be due until it is met.
    const events = decision.kind === 'accepted' ? decision.events : [];
    if (events.length === 0) settledOn.set(before.state, utcDay(at));
    return bookAccount(before, events);
  });
  if (booked.every((part) => part.events.length === 0)) return { kind: 'nothing', outcome: books };
  return { kind: 'change', change: changeOf(tenant, booked), outcome: null };
}

const nothing: Booked = { heads: [], events: [] };

/** Funds lapse at the end of a UTC day, so a state that is settled on a day is settled until the next. */
const settledOn = new WeakMap<AccountState, Day>();

function isSettled(state: AccountState, at: Instant): boolean {
  return settledOn.get(state) === utcDay(at);
}
