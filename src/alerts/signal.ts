import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import type { SpendFinding } from './spike.ts';

/** What the rest of the product tells of, as far as somebody may have to be told. Amounts are in micro-units. */
export type Signal =
  | BalanceChanged
  | FundingRecorded
  | RechargeFailed
  | RechargeSucceeded
  | RunwayEstimated
  | FundsLooked
  | SpendLooked
  | DriftFound
  | FeedSeen
  | ReachLooked;

/** The balance as the ledger has it now, by a call, funds, a figure that was read, or funds that lapsed. */
export interface BalanceChanged {
  readonly type: 'balanceChanged';
  readonly currency: Currency;
  readonly balance: bigint;
  /** The latest purchase or recharge; null where none is known. */
  readonly lastPurchase: bigint | null;
  /** What an average complete day costs; null while that is not known. */
  readonly usualDay: bigint | null;
}

export interface FundingRecorded {
  readonly type: 'fundingRecorded';
  readonly currency: Currency;
  readonly id: string;
  readonly kind: 'purchase' | 'recharge';
  readonly amount: bigint;
  /** When the money came in. */
  readonly fundedAt: Instant;
}

/** Told by a billing event, or by a person who confirmed it with a tap. */
export interface RechargeFailed {
  readonly type: 'rechargeFailed';
  readonly currency: Currency;
  readonly failedAt: Instant;
  readonly reason: string | null;
  readonly reference: string | null;
  /** A person's id; null for a billing event. */
  readonly by: string | null;
}

/** Told by a billing event without an amount; with one it is a {@link FundingRecorded}. */
export interface RechargeSucceeded {
  readonly type: 'rechargeSucceeded';
  readonly currency: Currency;
  readonly id: string;
  readonly succeededAt: Instant;
}

/** How likely the balance falls below the trigger (or zero) within the lead time. */
export interface RunwayEstimated {
  readonly type: 'runwayEstimated';
  readonly currency: Currency;
  /** Of 10,000. */
  readonly probability: number;
}

/** All funds that are not used up yet, with the day of their end. */
export interface FundsLooked {
  readonly type: 'fundsLooked';
  readonly currency: Currency;
  readonly lots: readonly ExpiringLot[];
}

export interface ExpiringLot {
  readonly id: string;
  readonly remaining: bigint;
  readonly expiresAt: Instant;
}

/** What stands out in the spend of the last days; nothing where nothing does. */
export interface SpendLooked {
  readonly type: 'spendLooked';
  readonly currency: Currency;
  readonly findings: readonly SpendFinding[];
}

/** How far the latest figure read in the admin centre was from the ledger. */
export interface DriftFound {
  readonly type: 'driftFound';
  readonly currency: Currency;
  readonly observation: string;
  readonly amount: bigint;
  /** Null where the ledger stood at zero. */
  readonly basisPoints: number | null;
  /** Whether it is so much that somebody should look for it: that is the ledger's rule. */
  readonly isOver: boolean;
}

/** When the usage feed last got to its end. */
export interface FeedSeen {
  readonly type: 'feedSeen';
  readonly completedAt: Instant;
}

/** Whom of those to be told the bot can write to; nothing on the day that it came, for nobody has met it yet. */
export interface ReachLooked {
  readonly type: 'reachLooked';
  readonly look: ReachLook | null;
}

export interface ReachLook {
  /** How many can be written to and may act. */
  readonly reachable: number;
  /** Of how many who hold a role that counts. */
  readonly of: number;
  /** How many of them something keeps from being told, though their role is active. */
  readonly unreached: number;
}
