import type { DigestRequest } from '../answers/digest.ts';
import type { Actor } from '../approvals/top-up-events.ts';
import { isClosed, isReviewOpen, overdueStatus, type TopUp } from '../approvals/top-up-state.ts';
import { type Instant, utcDay } from '../decision/time.ts';
import { type TopUpBooks, topUpsIn } from './top-up-books.ts';
import { mayDo } from './top-up-may.ts';

/** Requests that wait for this person, by the rules themselves, the latest first. */
export function requestsWaitingFor(books: TopUpBooks, actor: Actor, at: Instant): readonly DigestRequest[] {
  return topUpsIn(books).flatMap(({ state }) => {
    const needs = isOpen(state, at) ? needsOf(state, actor, at) : null;
    if (needs === null) return [];
    const { number, wish, requester } = state;
    return [{ number, amount: wish.amount, requester: requester.name, needs, overdue: isOverdue(state, at) }];
  });
}

function isOpen(request: TopUp, at: Instant): boolean {
  return isReviewOpen(request) || (!isClosed(request) && overdueStatus(request, at) === null);
}

function needsOf(request: TopUp, actor: Actor, at: Instant): DigestRequest['needs'] | null {
  // What is left in the account decides on going ahead alone, and on nothing that is asked for here.
  const may = mayDo(request, { actor, balance: 0n, at });
  if (may.includes('topup.approve')) return 'approval';
  if (may.includes('topup.recordPurchase')) return 'purchase';
  return request.reopened === 'no-proof' && may.includes('topup.purchaseFailed') ? 'proof' : null;
}

/** Needed by a day that has passed, not seen after it was bought, or not looked at in time. */
function isOverdue({ status, review, wish }: TopUp, at: Instant): boolean {
  const { neededBy } = wish;
  return (
    status === 'reopened' || review?.outcome === 'overdue' || (neededBy !== null && neededBy < utcDay(at))
  );
}
