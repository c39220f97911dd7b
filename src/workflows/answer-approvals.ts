import type { Answer } from '../answers/answer.ts';
import { approvalsFigures, rowsPerPage } from '../answers/approvals.ts';
import type { Asker } from '../answers/asker.ts';
import type { DayRange } from '../answers/usage-period.ts';
import { decidedAt } from '../approvals/archive.ts';
import type { TopUp } from '../approvals/top-up-state.ts';
import type { TenantId } from '../decision/ids.ts';
import { dayMs, startOfDay } from '../decision/time.ts';
import { forEligible } from './for-eligible.ts';
import type { Ports, Store } from './ports.ts';
import { archivedAmong, archivedDecidedIn } from './top-up-archive.ts';
import { readTopUpBooks, type TopUpBooks, topUpsIn } from './top-up-books.ts';

/** Which requests: the latest where nothing is said. */
export interface ApprovalsPage {
  readonly days: DayRange | null;
  readonly below: number | null;
}

/**
 * A page of requests, the latest first; with days, of those that were decided on them. Of the archive only the page is
 * read. @throws {DirectoryUnavailable} @throws {StoreUnavailable}
 */
export function answerApprovals(
  ports: Pick<Ports, 'store' | 'directory' | 'clock'>,
  { days, below }: ApprovalsPage,
  asker: Asker,
): Promise<Answer> {
  return forEligible(ports, { asker, intent: 'approvals' }, async () => {
    const { store, clock } = ports;
    const found = await readTopUpBooks(store, asker.tenant);
    const atHand = topUpsIn(found).map(({ state }) => state);
    const numbers = await numbersOf(store, asker.tenant, { found, atHand, days });
    const ahead = numbers.filter((number) => below === null || number < below);
    const page = ahead.slice(0, rowsPerPage);
    const known = new Map(atHand.map((state) => [state.number, state]));
    const missing = page.filter((number) => !known.has(number));
    for (const [number, { state }] of await archivedAmong(store, asker.tenant, missing)) {
      known.set(number, state);
    }
    return approvalsFigures(
      page.flatMap((number) => known.get(number) ?? []),
      {
        atHand,
        period: days,
        total: numbers.length,
        isLast: ahead.length === page.length,
        now: clock.now(),
      },
    );
  });
}

/** All that are meant, the latest first: numbers are given from 1 without gaps, so that nothing is read for them. */
async function numbersOf(
  store: Store,
  tenant: TenantId,
  {
    found,
    atHand,
    days,
  }: { readonly found: TopUpBooks; readonly atHand: readonly TopUp[]; readonly days: DayRange | null },
): Promise<readonly number[]> {
  const last = found.counter.state;
  if (days === null) return Array.from({ length: last }, (_, index) => last - index);
  const [from, to] = [startOfDay(days.from), startOfDay(days.to) + dayMs];
  const decided = atHand.filter((state) => decidedAt(state).some((at) => from <= at && at < to));
  const archived = await archivedDecidedIn(store, tenant, { from, to });
  const numbers = new Set([...decided.map(({ number }) => number), ...archived]);
  return [...numbers].sort((left, right) => right - left);
}
