import { z } from 'zod';
import type { JsonValue } from '../decision/json.ts';
import type { FeedState } from './feed.ts';

export function storeFeed(state: FeedState): JsonValue {
  const { pass, coverage, sights, problem } = state;
  return {
    v: 1,
    completedAt: state.completedAt,
    wholeReadAt: state.wholeReadAt,
    pass:
      pass === null
        ? null
        : {
            kind: pass.kind,
            begunAt: pass.begunAt,
            ranges: pass.ranges.map(({ from, to }) => [from, to]),
            span: [pass.span.from, pass.span.to],
            nextLink: pass.nextLink,
            pagesRead: pass.pagesRead,
            holes: pass.holes.map(({ from, to }) => [from, to]),
          },
    settled: coverage.settled.map(({ from, to }) => [from, to]),
    sights: { ...sights },
    problem: problem === null ? null : { ...problem },
    uncovered: state.uncovered,
  };
}

const instant = z.number().int();
const span = z.tuple([instant, instant]).transform(([from, to]) => ({ from, to }));

const storedFeed = z.object({
  v: z.literal(1),
  completedAt: instant.nullable(),
  wholeReadAt: instant.nullable(),
  pass: z
    .object({
      kind: z.enum(['recent', 'whole']),
      begunAt: instant,
      ranges: z.array(span),
      span,
      nextLink: z.string().nullable(),
      pagesRead: z.number().int(),
      holes: z.array(span),
    })
    .nullable(),
  settled: z.array(span),
  sights: z.object({
    since: instant.nullable(),
    halvedAt: instant.nullable(),
    callsByLagHour: z.array(z.number().int()),
  }),
  problem: z.object({ kind: z.enum(['busy', 'refused']), since: instant }).nullable(),
  uncovered: z.array(z.string()),
});

/** Reads what {@link storeFeed} wrote. @throws {z.ZodError} where it is of another shape */
export function readFeed(stored: unknown): FeedState {
  const { v: _, settled, ...state } = storedFeed.parse(stored);
  return { ...state, coverage: { settled } };
}
