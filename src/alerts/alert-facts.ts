import type { Instant } from '../decision/time.ts';
import type { SpendFinding } from './spike.ts';

/** What a card can say of it; amounts in micro-units of the episode's currency, null where it does not apply. */
export interface AlertFacts {
  readonly balance: bigint | null;
  /** The lowest level that the balance is below, or the trigger of auto-recharge. */
  readonly threshold: bigint | null;
  /** Of the recharge, the funds that lapse, the spend that stands out, or the drift. */
  readonly amount: bigint | null;
  /** Recharges in 24 hours, attempts that failed, or people who can, or cannot, be reached. */
  readonly count: number | null;
  /** Of how many people that is. */
  readonly of: number | null;
  /** Since when it is so, or when it will be. */
  readonly at: Instant | null;
  /** Of 10,000: the likelihood of a shortfall, or the drift. */
  readonly basisPoints: number | null;
  /** Until the balance is used up at the usual pace, in milliseconds. */
  readonly timeLeftMs: number | null;
  readonly reason: string | null;
  readonly reference: string | null;
  readonly findings: readonly SpendFinding[];
}

export const noFacts: AlertFacts = {
  balance: null,
  threshold: null,
  amount: null,
  count: null,
  of: null,
  at: null,
  basisPoints: null,
  timeLeftMs: null,
  reason: null,
  reference: null,
  findings: [],
};
