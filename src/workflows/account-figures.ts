import type { BalanceFigures } from '../answers/answer.ts';
import { balanceFigures } from '../answers/balance.ts';
import { type Day, type Instant, startOfDay } from '../decision/time.ts';
import type { AccountState } from '../ledger/account.ts';
import { checks } from '../ledger/check.ts';
import { learnedSights } from '../usage/first-sights.ts';
import { knownUsage } from './known-usage.ts';
import type { TenantBooks, Versioned } from './tenant-books.ts';

/** What a balance card says of one account of the books, as of an instant. */
export function accountFigures(
  books: TenantBooks,
  { state, version }: Versioned<AccountState>,
  now: Instant,
): BalanceFigures {
  const known = knownUsage(books, { from: restsOnCallsSince(state, now), to: now }, now);
  return balanceFigures(
    { state, version, known, lateness: learnedSights(books.feed.state.sights, now) },
    now,
  );
}

/** A figure that was read contains the calls before it, whether they are known or not. */
function restsOnCallsSince(state: AccountState, now: Instant): Instant {
  const check = checks(state).at(-1);
  if (check !== undefined) return check.observation.at;
  const firstDay = [...state.usageByDay.keys()].reduce<Day | null>(
    (first, day) => (first === null || day < first ? day : first),
    null,
  );
  return firstDay === null ? now : startOfDay(firstDay);
}
