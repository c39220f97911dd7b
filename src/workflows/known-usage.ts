import type { KnownUsage } from '../answers/known-usage.ts';
import { addDays, type Day, type Instant, startOfDay } from '../decision/time.ts';
import { blindSpans } from '../usage/coverage.ts';
import type { Span } from '../usage/span.ts';
import type { TenantBooks } from './tenant-books.ts';

/** How far the calls are known that started in a range, and what is missing of them. */
export function knownUsage({ usage, feed }: TenantBooks, range: Span, now: Instant): KnownUsage {
  const { coverage, uncovered } = feed.state;
  // Where no reading was ever settled, there is nothing yet that could have a gap.
  const blind = coverage.settled.length === 0 ? [] : blindSpans(coverage, range, now);
  const { latestStartedAt: reportedUntil } = usage.state;
  if (blind.length === 0 && uncovered.length === 0) return { reportedUntil };
  return { reportedUntil, gaps: { blind, operators: uncovered } };
}

/** UTC days, the last of them included. */
export function spanOf({ from, to }: { readonly from: Day; readonly to: Day }): Span {
  return { from: startOfDay(from), to: startOfDay(addDays(to, 1)) };
}
