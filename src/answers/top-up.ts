import { openSeats } from '../approvals/quorum.ts';
import {
  type Approval,
  isClosed,
  openQuestion,
  overdueStatus,
  type TopUp,
  type TopUpStatus,
  type TrailEntry,
} from '../approvals/top-up-state.ts';
import type { Day, Instant } from '../decision/time.ts';
import { type Money, subtract } from '../money/money.ts';

/** What a card of a request may offer, by its verbs. */
export const topUpVerbs = [
  'topup.open',
  'topup.submit',
  'topup.approve',
  'topup.reject',
  'topup.cancel',
  'topup.override',
  'topup.delegate',
  'topup.undelegate',
  'topup.recordPurchase',
  'topup.purchaseFailed',
  'topup.view',
] as const;
export type TopUpVerb = (typeof topUpVerbs)[number];

/** One request as it stands, with what the asker may do; shown in a personal chat to a holder of an eligible role. */
export interface TopUpAnswer {
  readonly kind: 'topup';
  readonly number: number;
  readonly status: TopUpStatus;
  readonly amount: Money;
  readonly requester: string;
  readonly reason: string | null;
  readonly neededBy: Day | null;
  readonly requestedAt: Instant;
  /** When the present wait ends; null where nothing ends. */
  readonly dueAt: Instant | null;
  readonly approvals: readonly ApprovalFigures[];
  /** What is still asked for, of the request or of what is looked at afterwards. */
  readonly needed: readonly SeatFigures[];
  readonly purchase: PurchaseFigures | null;
  readonly reopened: TopUp['reopened'];
  readonly review: ReviewFigures | null;
  /** What happened, the earliest first. */
  readonly trail: readonly TrailFigures[];
  readonly runway: TopUpRunway | null;
  readonly may: readonly TopUpVerb[];
  /** Of the wish: an approval is of the one that was shown. */
  readonly revision: number;
  /** Of all of it, so that a tap on an old card can be told from one on this. */
  readonly version: number;
  /** Why the last tap did nothing new; null where it did, or nothing was tapped. */
  readonly note: TopUpNote | null;
}

export interface TopUpNote {
  readonly code: string;
  readonly data: Readonly<Record<string, string | number>>;
  /** What was typed, to be put right or sent all the same, and not typed again. */
  readonly typed: Readonly<Record<string, string>>;
}

export interface ApprovalFigures {
  readonly name: string;
  readonly actsFor: string | null;
  readonly at: Instant;
  readonly comment: string | null;
}

/** One of the roles by their template ids, or one of so many people who are named. */
export interface SeatFigures {
  readonly roles: readonly string[];
  readonly named: number;
}

export interface PurchaseFigures {
  readonly orderNumber: string;
  readonly amount: Money;
  /** Bought minus approved; null where they agree. */
  readonly difference: Money | null;
  readonly boughtAt: Instant;
  readonly by: string;
}

export interface ReviewFigures {
  readonly why: 'break-glass' | 'difference';
  readonly outcome: 'open' | 'overdue' | 'approved' | 'objected';
  readonly dueAt: Instant;
  readonly approvals: readonly ApprovalFigures[];
}

export interface TrailFigures {
  readonly type: string;
  readonly at: Instant;
  /** Null where the passing of time or the balance did it. */
  readonly by: string | null;
  readonly actsFor: string | null;
  readonly comment: string | null;
}

/** The last day with money left, four times out of five, without the amount and with it; null beyond a year. */
export interface TopUpRunway {
  readonly before: Day | null;
  readonly after: Day | null;
  /** Null where either is beyond a year. */
  readonly days: number | null;
  /** How likely the dates hold, in basis points. */
  readonly certainty: number;
  /** When money usually comes in next, and the least amount that lasts until then; null where there is no rhythm. */
  readonly nextRecharge: { readonly day: Day; readonly least: Money } | null;
}

export function topUpFigures(
  state: TopUp,
  shown: Pick<TopUpAnswer, 'may' | 'version' | 'runway' | 'note'> & { readonly at: Instant },
): TopUpAnswer {
  const { at, ...told } = shown;
  const { wish, review } = state;
  const overdue = overdueStatus(state, at);
  const question = overdue === null ? openQuestion(state) : null;
  return {
    kind: 'topup',
    number: state.number,
    status: overdue ?? state.status,
    amount: wish.amount,
    requester: state.requester.name,
    reason: wish.reason,
    neededBy: wish.neededBy,
    requestedAt: state.requestedAt,
    dueAt: overdue === null ? state.dueAt : null,
    approvals: state.approvals.map(approvalFigures),
    needed:
      question === null
        ? []
        : openSeats(question.seats, question.approvals).map(({ roles, people }) => ({
            roles,
            named: people.length,
          })),
    purchase: purchaseFigures(state),
    reopened: state.reopened,
    review:
      review === null
        ? null
        : {
            why: review.why,
            outcome: review.outcome,
            dueAt: review.dueAt,
            approvals: review.approvals.map(approvalFigures),
          },
    trail: state.trail.map(trailFigures),
    revision: state.revision,
    ...told,
  };
}

/** False where nothing can happen to it any more; what is looked at afterwards is looked at after the end too. */
export function canChange({ status, review }: Pick<TopUpAnswer, 'status' | 'review'>): boolean {
  return !isClosed({ status }) || review?.outcome === 'open' || review?.outcome === 'overdue';
}

function approvalFigures({ person, actsFor, at, comment }: Approval): ApprovalFigures {
  return { name: person.name, actsFor: actsFor?.name ?? null, at, comment };
}

function purchaseFigures({ purchases, wish }: TopUp): PurchaseFigures | null {
  const purchase = purchases.at(-1);
  if (purchase === undefined) return null;
  const { orderNumber, amount, boughtAt, by } = purchase;
  const difference = subtract(amount, wish.amount);
  return {
    orderNumber,
    amount,
    difference: difference.microUnits === 0n ? null : difference,
    boughtAt,
    by: by.name,
  };
}

function trailFigures({ type, at, by, actsFor, comment }: TrailEntry): TrailFigures {
  return { type, at, by: by?.name ?? null, actsFor: actsFor?.name ?? null, comment };
}
