import type { Signal } from '../alerts/signal.ts';
import type { TenantId } from '../decision/ids.ts';
import { dayMs, type Instant } from '../decision/time.ts';
import type { AccountState } from '../ledger/account.ts';
import { checks } from '../ledger/check.ts';
import { drift } from '../ledger/drift.ts';
import { isOverLimit } from '../ledger/drift-limit.ts';
import { unexplainedOf } from '../ledger/drift-parts.ts';
import { add, money } from '../money/money.ts';
import type { Store } from './ports.ts';
import { recordedCheck } from './tell-check.ts';
import type { TenantBooks } from './tenant-books.ts';

/** A figure that was read longer ago says nothing of today. */
const freshCheckMs = 7 * dayMs;

/** What nothing explains of the latest check, and whether that is too much. @throws {StoreUnavailable} */
export async function driftSignals(
  store: Store,
  tenant: TenantId,
  {
    books,
    account,
    now,
  }: { readonly books: TenantBooks; readonly account: AccountState; readonly now: Instant },
): Promise<readonly Signal[]> {
  const latest = checks(account).at(-1);
  // The figure that opened the ledger was checked against nothing.
  if (latest === undefined || latest.opening || latest.observation.at < now - freshCheckMs) return [];
  const { id, amount: observed } = latest.observation;
  const recorded = await recordedCheck(store, tenant, { books, id });
  if (recorded === null) return [];
  const unexplained = money(unexplainedOf(recorded.parts), account.currency);
  const { basisPoints } = drift(add(latest.estimateBefore, unexplained), latest.estimateBefore);
  return [
    {
      type: 'driftFound',
      currency: account.currency,
      observation: id,
      amount: unexplained.microUnits,
      basisPoints,
      isOver: isOverLimit(recorded.parts, observed),
    },
  ];
}
