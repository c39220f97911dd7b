import type { Refusal } from '../decision/decider.ts';
import type { Instant } from '../decision/time.ts';
import type { Policy, RuleName, Seat } from './policy.ts';
import type { Candidate, Person } from './quorum.ts';
import type { Approval, Purchase, ReopenedWhy, Review, Wish } from './top-up-state.ts';

/** A person at a tap, with the rights that the directory gave at that moment. */
export type Actor = Candidate;

export type TopUpCommand =
  | { readonly type: 'submit'; readonly by: Person; readonly wish: Wish; readonly opening: Opening }
  | { readonly type: 'edit'; readonly by: Person; readonly wish: Wish; readonly revision: number }
  | {
      readonly type: 'approve';
      readonly by: Actor;
      readonly comment: string | null;
      readonly revision: number;
    }
  | {
      readonly type: 'reject';
      readonly by: Actor;
      readonly comment: string | null;
      readonly revision: number;
    }
  | { readonly type: 'cancel'; readonly by: Person; readonly comment: string | null }
  /** The balance, in micro-units: only where it is used up may one person go alone. */
  | { readonly type: 'override'; readonly by: Actor; readonly balance: bigint; readonly revision: number }
  | { readonly type: 'recordPurchase'; readonly by: Actor; readonly purchase: BoughtNow }
  | { readonly type: 'failPurchase'; readonly by: Actor; readonly comment: string | null }
  | { readonly type: 'prove'; readonly by: Person | null }
  | { readonly type: 'disprove'; readonly by: Person | null }
  /** Everybody who holds a role or name of the policy now. */
  | { readonly type: 'reroute'; readonly possible: readonly Candidate[] }
  | { readonly type: 'passTime' };

export interface Opening {
  readonly number: number;
  readonly policy: Policy;
}

export type BoughtNow = Pick<Purchase, 'orderNumber' | 'amount' | 'boughtAt'>;

/** Who, when, by which rule, and what was said. */
interface Told {
  readonly at: Instant;
  /** Null where the passing of time, or the balance, did it. */
  readonly by: Person | null;
  readonly rule: RuleName;
  readonly comment: string | null;
}

/** Their types are past participles: `topup.<type>` is the type of the audit entry. */
export type TopUpEvent = Told & TopUpChange;

export type TopUpChange =
  | {
      readonly type: 'requested';
      readonly number: number;
      readonly wish: Wish;
      readonly policy: Policy;
      readonly seats: readonly Seat[];
      readonly dueAt: Instant;
    }
  | {
      readonly type: 'edited';
      readonly wish: Wish;
      readonly seats: readonly Seat[];
      /** True where the amount changed: approvals were for another one. */
      readonly voided: boolean;
      readonly dueAt: Instant | null;
    }
  | { readonly type: 'approved'; readonly of: 'request' | 'review'; readonly approval: Approval }
  | { readonly type: 'granted'; readonly dueAt: Instant }
  | { readonly type: 'overridden'; readonly dueAt: Instant; readonly review: Review }
  | { readonly type: 'rejected' }
  | { readonly type: 'cancelled' }
  | {
      readonly type: 'purchased';
      readonly purchase: Purchase;
      readonly dueAt: Instant;
      /** What the quorum must still look at: more was bought than was approved. */
      readonly review: Review | null;
    }
  | { readonly type: 'failed' }
  | { readonly type: 'proven' }
  | { readonly type: 'reopened'; readonly why: ReopenedWhy }
  | { readonly type: 'reviewed'; readonly outcome: 'approved' | 'objected' }
  | { readonly type: 'flagged' }
  | { readonly type: 'expired' }
  | { readonly type: 'lapsed' }
  | { readonly type: 'reminded' }
  /** `enough` is false where even with the stand-ins too few people are left. */
  | { readonly type: 'rerouted'; readonly seats: readonly Seat[]; readonly enough: boolean };

export interface TopUpRefusal extends Refusal {
  readonly code:
    | 'topup-known'
    | 'topup-unknown'
    | 'topup-closed'
    | 'topup-not-approved'
    | 'topup-changed'
    | 'topup-own-request'
    | 'topup-not-requester'
    | 'topup-not-approver'
    | 'topup-not-needed'
    | 'topup-not-buyer'
    | 'topup-comment-missing'
    | 'topup-over-limit'
    | 'topup-not-positive'
    | 'topup-balance-left'
    | 'topup-over-cap'
    | 'topup-check-first'
    | 'purchase-in-future'
    | 'purchase-before-request'
    | 'wrong-currency';
}
