import {
  isClosed,
  isReviewOpen,
  overdueStatus,
  type TopUp,
  type TopUpStatus,
} from '../approvals/top-up-state.ts';
import { dayMs, type Instant, startOfDay } from '../decision/time.ts';
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

export interface ApprovalsWanted {
  readonly period: DayRange | null;
  /** Only requests below this number; null for the first page. */
  readonly below: number | null;
  readonly now: Instant;
}

const rowsPerPage = 10;

/** A page of requests, which come the latest first; with a period, of those that were decided in it. */
export function approvalsFigures(
  requests: readonly TopUp[],
  { period, below, now }: ApprovalsWanted,
): ApprovalsAnswer {
  const wanted = period === null ? requests : requests.filter((request) => wasDecidedIn(request, period));
  const rows = wanted.filter(({ number }) => below === null || number < below);
  const page = rows.slice(0, rowsPerPage);
  return {
    kind: 'approvals',
    period,
    rows: page.map((request) => rowOf(request, now)),
    total: wanted.length,
    open: requests.filter((request) => isOpen(request, now)).length,
    older: rows.length > rowsPerPage ? (page.at(-1)?.number ?? null) : null,
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

const decisions: ReadonlySet<string> = new Set(['approved', 'rejected', 'overridden', 'reviewed']);

function wasDecidedIn({ trail }: TopUp, { from, to }: DayRange): boolean {
  const [start, end] = [startOfDay(from), startOfDay(to) + dayMs];
  return trail.some(({ type, at }) => decisions.has(type) && start <= at && at < end);
}
