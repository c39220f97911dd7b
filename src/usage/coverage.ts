import { hourMs, type Instant } from '../decision/time.ts';
import { joined, type Span, within, without } from './span.ts';

/**
 * Which time the usage that is known speaks for. A call is reported 24 to 48 hours after it ended (Microsoft,
 * "Microsoft Teams PSTN usage report"), so an hour is settled once it was read 48 hours after it: what is not known of
 * it then was not made.
 */
export interface Coverage {
  /** Hours that were read late enough, in their order. */
  readonly settled: readonly Span[];
}

export const noCoverage: Coverage = { settled: [] };

/** What an hour is to a reader of figures. */
export type HourState =
  /** Read when all its calls were reported; without calls it was a quiet hour. */
  | 'seen'
  /** So young that calls of it may still be reported. */
  | 'late'
  /** Nobody read it when its calls were reported: there may be calls that no figure has. */
  | 'blind';

/** After this time a call is reported. */
export const reportLagMs = 48 * hourMs;

/** A feed reads every hour or so; an hour is called blind only once it missed several readings. */
const patienceMs = 6 * hourMs;

/** The coverage, after a stretch of time was read as it was reported at an instant. */
export function coveredBy(coverage: Coverage, read: Span, asOf: Instant): Coverage {
  const settled = { from: read.from, to: Math.min(read.to, asOf - reportLagMs) };
  return { settled: joined([...coverage.settled, settled]) };
}

/** The stretches that lie blind within a range, in their order. */
export function blindSpans(coverage: Coverage, range: Span, now: Instant): readonly Span[] {
  const due = within(range, { from: Number.NEGATIVE_INFINITY, to: now - reportLagMs - patienceMs });
  return due === null ? [] : without(due, coverage.settled);
}

/** A stretch in which every hour is the same. */
export interface CoveredSpan extends Span {
  readonly state: HourState;
}

/** The map of a range up to now, in its order, without a gap. */
export function coverageMap(coverage: Coverage, range: Span, now: Instant): readonly CoveredSpan[] {
  const past = within(range, { from: Number.NEGATIVE_INFINITY, to: now });
  if (past === null) return [];
  const blind = blindSpans(coverage, past, now);
  const seen = coverage.settled.flatMap((span) => within(span, past) ?? []);
  const late = without(past, [...blind, ...seen]);
  return [...marked(seen, 'seen'), ...marked(late, 'late'), ...marked(blind, 'blind')].sort(
    (left, right) => left.from - right.from,
  );
}

function marked(spans: readonly Span[], state: HourState): readonly CoveredSpan[] {
  return spans.map((span) => ({ ...span, state }));
}
