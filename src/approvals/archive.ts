import { dayMs, type Instant } from '../decision/time.ts';
import { isClosed, isReviewOpen, type TopUp } from './top-up-state.ts';

/** For so long a closed request is read with the open ones: its card may still be edited, and people ask for it. */
export const daysAtHand = 30;

/** Whether nothing can happen to a request any more, and nothing has for a while. */
export function isForArchive(state: TopUp, at: Instant): boolean {
  const lastAt = state.trail.at(-1)?.at ?? state.requestedAt;
  return isClosed(state) && !isReviewOpen(state) && at - lastAt >= daysAtHand * dayMs;
}

const decisions: ReadonlySet<string> = new Set(['approved', 'rejected', 'overridden', 'reviewed']);

/** When people decided on a request, or on what was done without them. */
export function decidedAt({ trail }: Pick<TopUp, 'trail'>): readonly Instant[] {
  return trail.flatMap(({ type, at }) => (decisions.has(type) ? [at] : []));
}
