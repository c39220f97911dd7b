import type { PersonId } from '../decision/ids.ts';
import type { Day, Instant } from '../decision/time.ts';
import type { Money } from '../money/money.ts';
import type { Policy, RuleName, Seat } from './policy.ts';
import type { Candidate, Person } from './quorum.ts';

/** `draft` is a form that nobody sent yet, and is never stored. */
export type TopUpState = { readonly status: 'draft' } | TopUp;

export const topUpStatuses = [
  'pending',
  'approved',
  'rejected',
  'cancelled',
  'expired',
  'purchased',
  'proven',
  'reopened',
  'lapsed',
] as const;
export type TopUpStatus = (typeof topUpStatuses)[number];

/** One request to add funds, from the wish to the proof that the money is there. */
export interface TopUp {
  readonly status: TopUpStatus;
  /** From 1, as people say it: "request 42". */
  readonly number: number;
  readonly requester: Person;
  readonly wish: Wish;
  /** Grows with each change of the wish: an approval is of the wish that was shown. */
  readonly revision: number;
  /** As it was when the request was born. */
  readonly policy: Policy;
  readonly rule: RuleName;
  readonly seats: readonly Seat[];
  readonly approvals: readonly Approval[];
  readonly requestedAt: Instant;
  /** When the present wait ends: of approvals, of the purchase, of the proof; null where nothing ends. */
  readonly dueAt: Instant | null;
  readonly reminders: { readonly sent: number; readonly since: Instant };
  /** What was bought for it, the latest last. */
  readonly purchases: readonly Purchase[];
  /** Why a recorded purchase is open again; null unless reopened. */
  readonly reopened: ReopenedWhy | null;
  readonly review: Review | null;
  /** What happened, the latest last, for everyone to see. */
  readonly trail: readonly TrailEntry[];
}

export interface Wish {
  readonly amount: Money;
  readonly reason: string | null;
  readonly neededBy: Day | null;
}

export interface Approval extends Candidate {
  readonly at: Instant;
  readonly comment: string | null;
  /** The absent person for whom it was given; null where it is in one's own right. */
  readonly actsFor: Person | null;
}

export interface Purchase {
  readonly orderNumber: string;
  readonly amount: Money;
  readonly boughtAt: Instant;
  readonly recordedAt: Instant;
  readonly by: Person;
}

/** No sign of it within the time, or a figure from the admin centre without it. */
export type ReopenedWhy = 'no-proof' | 'disproved';

/** What is looked at afterwards, by the quorum that should have looked before. */
export interface Review {
  readonly why: 'break-glass' | 'difference';
  readonly rule: RuleName;
  readonly seats: readonly Seat[];
  readonly approvals: readonly Approval[];
  /** Who acted, and so does not look at it. */
  readonly excluded: readonly PersonId[];
  readonly dueAt: Instant;
  /** `overdue` may still become one of the others. */
  readonly outcome: 'open' | 'overdue' | 'approved' | 'objected';
}

export interface TrailEntry {
  readonly type: string;
  readonly at: Instant;
  /** Null where the passing of time did it. */
  readonly by: Person | null;
  readonly actsFor: Person | null;
  readonly comment: string | null;
}

const closedStatuses: ReadonlySet<TopUpStatus> = new Set([
  'rejected',
  'cancelled',
  'expired',
  'proven',
  'lapsed',
]);

/** Nothing can be done with it any more, an open review apart. */
export function isClosed({ status }: Pick<TopUp, 'status'>): boolean {
  return closedStatuses.has(status);
}

export function isReviewOpen({ review }: Pick<TopUp, 'review'>): boolean {
  return review?.outcome === 'open' || review?.outcome === 'overdue';
}

/** What approvals are asked for now: the request itself, or what was done without them; null where nothing is. */
export interface Question {
  readonly of: 'request' | 'review';
  readonly seats: readonly Seat[];
  readonly approvals: readonly Approval[];
  readonly excluded: readonly PersonId[];
}

export function openQuestion(topUp: TopUp): Question | null {
  const { status, review, seats, approvals, requester } = topUp;
  if (status === 'pending') return { of: 'request', seats, approvals, excluded: [requester.id] };
  if (review === null || !isReviewOpen(topUp)) return null;
  return { of: 'review', ...review };
}

/** The end of a wait counts from its instant on, whether or not somebody has written it down yet. */
export function overdueStatus({ status, dueAt }: TopUp, at: Instant): 'expired' | 'lapsed' | null {
  if (dueAt === null || at < dueAt) return null;
  if (status === 'pending') return 'expired';
  return status === 'approved' ? 'lapsed' : null;
}
