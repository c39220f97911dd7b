import { dayMs, hourMs, type Instant } from '../decision/time.ts';
import { type Coverage, coveredBy, noCoverage } from './coverage.ts';
import { type FirstSights, interrupted, noSights, withSights } from './first-sights.ts';
import { type Span, without } from './span.ts';

/** How far a tenant's usage was read from its source. */
export interface FeedState {
  /** The pass under way; null between two. */
  readonly pass: FeedPass | null;
  /** When the last complete pass began: all that was reported by then is known. */
  readonly completedAt: Instant | null;
  /** When the last complete pass over all that the source has began. */
  readonly wholeReadAt: Instant | null;
  readonly coverage: Coverage;
  readonly sights: FirstSights;
  /** Why the feed does not get on, and since when; null where it does. */
  readonly problem: FeedProblem | null;
  /** Operators whose calls the source leaves out, though the tenant has calling plans of theirs. */
  readonly uncovered: readonly string[];
}

/** One reading of the source: some ranges, each page by page. */
export interface FeedPass {
  /** `recent` reads what may still be reported, `whole` all that the source has. */
  readonly kind: 'recent' | 'whole';
  readonly begunAt: Instant;
  /** Call starts, both ends included. The first is being read. */
  readonly ranges: readonly Span[];
  /** What all the ranges were at first. */
  readonly span: Span;
  /** Where the next page of the first range is; null at its beginning. */
  readonly nextLink: string | null;
  readonly pagesRead: number;
  /** Stretches that could not be read, and are left blind. */
  readonly holes: readonly Span[];
}

export interface FeedProblem {
  readonly kind: 'busy' | 'refused';
  readonly since: Instant;
}

export const emptyFeed: FeedState = {
  pass: null,
  completedAt: null,
  wholeReadAt: null,
  coverage: noCoverage,
  sights: noSights,
  problem: null,
  uncovered: [],
};

/** `getPstnCalls` answers at most ninety days in one question, and has no more to tell. */
const wholeMs = 90 * dayMs;
/** A third of it a question: what begins anew after a lost link is then little. */
const rangeMs = 30 * dayMs;
const wholeEveryMs = 7 * dayMs;
/** Calls come 24 to 48 hours late; a day more is for those that are later still. */
const recentMs = 72 * hourMs;
/** A link to a next page is a promise of hours and not of days. */
const passLastsMs = 6 * hourMs;

/** The state with a pass to read: the one that was interrupted, or the next that is due. */
export function beginPass(state: FeedState, at: Instant): FeedState & { readonly pass: FeedPass } {
  if (state.pass !== null && at - state.pass.begunAt < passLastsMs) return { ...state, pass: state.pass };
  const isWhole = state.wholeReadAt === null || at - state.wholeReadAt >= wholeEveryMs;
  // After an outage the pass reaches back to where calls were still late then.
  const recentFrom = Math.min(at, state.completedAt ?? at) - recentMs;
  const from = Math.max(at - wholeMs, isWhole ? at - wholeMs : recentFrom);
  const span = { from, to: at };
  return {
    ...state,
    pass: {
      kind: isWhole ? 'whole' : 'recent',
      begunAt: at,
      ranges: inRanges(span),
      span,
      nextLink: null,
      pagesRead: 0,
      holes: [],
    },
  };
}

/** The latest first: what matters most is known soonest. */
function inRanges({ from, to }: Span): readonly Span[] {
  const ranges: Span[] = [];
  for (let end = to; end > from; end -= rangeMs)
    ranges.push({ from: Math.max(from, end - rangeMs), to: end });
  return ranges;
}

/** What a page told beside its rows. */
export interface PageRead {
  readonly nextLink: string | null;
  /** Starts of the charged calls of the page that nobody had told of before. */
  readonly firstSeen: readonly Instant[];
}

/** The state after a page of the pass was booked, which is the last page of the last range where the pass then ends. */
export function afterPage(state: FeedState, { nextLink, firstSeen }: PageRead): FeedState {
  const { pass } = state;
  if (pass === null) return state;
  const read: FeedState = { ...state, problem: null, sights: sightsAfter(state, pass, firstSeen) };
  const next = { ...pass, nextLink, pagesRead: pass.pagesRead + 1 };
  if (nextLink !== null) return { ...read, pass: next };
  return withoutFirstRange(read, next);
}

/** Passes further apart than this do not tell when a call was first to be seen. */
const regularMs = 3 * hourMs;

function sightsAfter(state: FeedState, pass: FeedPass, firstSeen: readonly Instant[]): FirstSights {
  const { completedAt, sights } = state;
  if (completedAt === null || pass.begunAt - completedAt > regularMs) return interrupted(sights);
  return withSights(sights, firstSeen, pass.begunAt);
}

function withoutFirstRange(state: FeedState, pass: FeedPass): FeedState {
  const ranges = pass.ranges.slice(1);
  if (ranges.length > 0) return { ...state, pass: { ...pass, ranges, nextLink: null } };
  const coverage = without(pass.span, pass.holes).reduce(
    (covered, span) => coveredBy(covered, span, pass.begunAt),
    state.coverage,
  );
  return {
    ...state,
    pass: null,
    completedAt: pass.begunAt,
    wholeReadAt: pass.kind === 'whole' ? pass.begunAt : state.wholeReadAt,
    coverage,
  };
}

/** The source knows the link no longer: its range is read from the beginning, and what is known stays known. */
export function afterLostLink(state: FeedState): FeedState {
  return state.pass === null ? state : { ...state, pass: { ...state.pass, nextLink: null } };
}

/** An hour is little to go without, and a page that cannot be read is mostly one bad row. */
const leastRangeMs = hourMs;

/** What is to be done about a page that cannot be read: its range is halved, or, at an hour, given up. */
export function unreadableRange(pass: FeedPass): {
  readonly halves: readonly Span[];
  readonly givenUp: Span | null;
} {
  const [range] = pass.ranges;
  if (range === undefined) return { halves: [], givenUp: null };
  if (range.to - range.from <= leastRangeMs) return { halves: [], givenUp: range };
  const middle = Math.floor((range.from + range.to) / 2);
  return {
    halves: [
      { from: middle, to: range.to },
      { from: range.from, to: middle },
    ],
    givenUp: null,
  };
}

/**
 * The state after a page that cannot be read. Its range is halved until the page stands alone in an hour, which is
 * left out and stays blind: so that one poison page never stops the feed.
 */
export function afterUnreadablePage(state: FeedState): FeedState {
  const { pass } = state;
  if (pass === null) return state;
  const { halves, givenUp } = unreadableRange(pass);
  if (givenUp !== null) return withoutFirstRange(state, { ...pass, holes: [...pass.holes, givenUp] });
  return { ...state, pass: { ...pass, ranges: [...halves, ...pass.ranges.slice(1)], nextLink: null } };
}

/** The feed did not get on; the pass waits where it is. */
export function afterProblem(state: FeedState, kind: FeedProblem['kind'], at: Instant): FeedState {
  return { ...state, problem: { kind, since: state.problem?.since ?? at } };
}

/** Rows of a file speak for their time too, whatever the feed does. */
export function afterFile(state: FeedState, span: Span, at: Instant): FeedState {
  return { ...state, coverage: coveredBy(state.coverage, span, at) };
}

/** The operators whose calls the source leaves out, as they were looked up last. */
export function withUncovered(state: FeedState, uncovered: readonly string[]): FeedState {
  return { ...state, uncovered };
}
