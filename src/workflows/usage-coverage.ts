import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { lateShares, learnedShare } from '../forecast/lateness.ts';
import { type CoveredSpan, coverageMap } from '../usage/coverage.ts';
import type { FeedProblem } from '../usage/feed.ts';
import { learnedSights } from '../usage/first-sights.ts';
import type { Span } from '../usage/span.ts';
import type { Store } from './ports.ts';
import { readBooks } from './tenant-books.ts';

/** Which time the usage that is known speaks for, and how late it comes. */
export interface UsageCoverage {
  readonly spans: readonly CoveredSpan[];
  /** Whose calls are in no report. */
  readonly operators: readonly string[];
  readonly completedAt: Instant | null;
  readonly problem: FeedProblem | null;
  /** What share of the calls is visible after so many hours; null while too little is learned. */
  readonly visibleAfterHours: ReturnType<typeof lateShares> | null;
}

/** @throws {StoreUnavailable} */
export async function usageCoverage(
  store: Store,
  tenant: TenantId,
  { range, now }: { readonly range: Span; readonly now: Instant },
): Promise<UsageCoverage> {
  const { state } = (await readBooks(store, tenant)).feed;
  const sights = learnedSights(state.sights, now);
  const share = sights === null ? null : learnedShare(sights);
  return {
    spans: coverageMap(state.coverage, range, now),
    operators: state.uncovered,
    completedAt: state.completedAt,
    problem: state.problem,
    visibleAfterHours: share === null ? null : lateShares(share),
  };
}
