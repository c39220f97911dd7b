import { dayMs, type Instant } from '../decision/time.ts';

/** What a fresh figure from the admin centre would tell, and what somebody would then do or leave. */
export type AskReason = 'never-checked' | 'recharge-expected' | 'may-be-empty' | 'may-be-low';

/** What is known of one balance; amounts in micro-units. */
export interface AskingFacts {
  /** When a figure was last read; null where none ever was. */
  readonly checkedAt: Instant | null;
  readonly estimate: bigint;
  /** What calls not reported yet still take: zero or above. */
  readonly unreported: { readonly low: bigint; readonly high: bigint };
  /** Below it somebody adds funds, or auto-recharge does. */
  readonly lowLevel: bigint;
  /** Whether money ever came in by auto-recharge. */
  readonly recharges: boolean;
}

const freshDays = 7;
/** A recharge falls due within minutes, so a day later it came or it failed. */
const rechargeDays = 1;

/**
 * Why an admin's time would be well spent on reading the balance once more; null where the figure would change no
 * decision: a level that the balance is surely above, or surely below, needs no second look.
 */
export function worthAsking(facts: AskingFacts, now: Instant): AskReason | null {
  const { checkedAt, estimate, unreported, lowLevel, recharges } = facts;
  if (checkedAt === null) return 'never-checked';
  const lowest = estimate - unreported.high;
  const highest = estimate - unreported.low;
  const days = (now - checkedAt) / dayMs;
  if (recharges && highest < lowLevel && days >= rechargeDays) return 'recharge-expected';
  if (days < freshDays) return null;
  if (lowest <= 0n && highest > 0n) return 'may-be-empty';
  return lowest < lowLevel && highest >= lowLevel ? 'may-be-low' : null;
}
