import type { Instant } from '../decision/time.ts';

/** A stretch of time: `from` is in it, `to` is not. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** The same time in as few spans as can be, in their order. */
export function joined(spans: readonly Span[]): readonly Span[] {
  const inOrder = spans.filter(({ from, to }) => from < to).sort((left, right) => left.from - right.from);
  const result: Span[] = [];
  for (const span of inOrder) {
    const last = result.at(-1);
    if (last === undefined || span.from > last.to) result.push(span);
    else result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return result;
}

/** What is left of a stretch once others are taken out of it, in its order. */
export function without(whole: Span, taken: readonly Span[]): readonly Span[] {
  const left: Span[] = [];
  let from = whole.from;
  for (const span of joined(taken)) {
    if (span.to <= from) continue;
    if (span.from >= whole.to) break;
    if (span.from > from) left.push({ from, to: span.from });
    from = span.to;
  }
  if (from < whole.to) left.push({ from, to: whole.to });
  return left;
}

/** The part of a stretch that lies within another; null where they do not meet. */
export function within(span: Span, whole: Span): Span | null {
  const from = Math.max(span.from, whole.from);
  const to = Math.min(span.to, whole.to);
  return from < to ? { from, to } : null;
}
