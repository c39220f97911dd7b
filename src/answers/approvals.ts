import {
  isClosed,
  isReviewOpen,
  overdueStatus,
  type TopUp,
  type TopUpStatus,
} from '../approvals/top-up-state.ts';
import type { Instant } from '../decision/time.ts';
import type { Money } from '../money/money.ts';
import type { ApprovalFigures } from './top-up.ts';
import type { DayRange } from './usage-period.ts';

/** Requests, the latest first; shown in a personal chat to a holder of an eligible role. */
export interface ApprovalsAnswer {
  readonly kind: 'approvals';
  /** UTC days in which something was decided; null where all requests are meant. */
  readonly period: DayRange | null;
  readonly rows: readonly ApprovalsRow[];
  /** How many there are on all pages. */
  readonly total: number;
  /** How many of all requests are open. */
  readonly open: number;
  /** The number below which the next page begins; null on the last page. */
  readonly older: number | null;
  readonly now: Instant;
}

export interface ApprovalsRow {
  readonly number: number;
  readonly status: TopUpStatus;
  readonly amount: Money;
  readonly requester: string;
  readonly requestedAt: Instant;
  readonly approvals: readonly ApprovalFigures[];
  /** True where something is still to be done with it. */
  readonly open: boolean;
}

/** What is beside the page itself. */
export interface ApprovalsBeside {
  readonly period: DayRange | null;
  /** Every request that may be open. */
  readonly atHand: readonly TopUp[];
  readonly total: number;
  readonly isLast: boolean;
  readonly now: Instant;
}

export const rowsPerPage = 10;

/** A page of requests, which come the latest first. */
export function approvalsFigures(
  page: readonly TopUp[],
  { period, atHand, total, isLast, now }: ApprovalsBeside,
): ApprovalsAnswer {
  return {
    kind: 'approvals',
    period,
    rows: page.map((request) => rowOf(request, now)),
    total,
    open: atHand.filter((request) => isOpen(request, now)).length,
    older: isLast ? null : (page.at(-1)?.number ?? null),
    now,
  };
}

function rowOf(request: TopUp, now: Instant): ApprovalsRow {
  const { number, status, wish, requester, requestedAt, approvals, review } = request;
  return {
    number,
    status: overdueStatus(request, now) ?? status,
    amount: wish.amount,
    requester: requester.name,
    requestedAt,
    approvals: [...approvals, ...(review?.approvals ?? [])].map(({ person, actsFor, at, comment }) => ({
      name: person.name,
      actsFor: actsFor?.name ?? null,
      at,
      comment,
    })),
    open: isOpen(request, now),
  };
}

function isOpen(request: TopUp, now: Instant): boolean {
  return isReviewOpen(request) || !(isClosed(request) || overdueStatus(request, now) !== null);
}
