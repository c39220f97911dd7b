import type { BalanceFigures } from '../answers/answer.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { accountFigures } from './account-figures.ts';
import type { Store } from './ports.ts';
import { readSettledBooks } from './settle.ts';

/** The figures of every account of a tenant, by currency in alphabetical order. */
export async function balances(
  store: Store,
  tenant: TenantId,
  now: Instant,
): Promise<readonly BalanceFigures[]> {
  const books = await readSettledBooks(store, tenant, now);
  return [...books.accounts.values()]
    .sort((left, right) => (left.state.currency < right.state.currency ? -1 : 1))
    .map((account) => accountFigures(books, account, now));
}
