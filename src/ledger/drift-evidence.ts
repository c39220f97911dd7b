import { addDays, dayMs, hourMs, type Instant, utcDay } from '../decision/time.ts';
import type { AccountFacts, Funding } from './facts.ts';
import { lots } from './lots.ts';

const mostUsual = 3;

/**
 * The amounts that came in most often, at most three: by recharge, else by purchase where no recharge was ever
 * recorded. In micro-units.
 */
export function usualRecharges(fundings: readonly Funding[]): readonly bigint[] {
  const recharges = fundings.filter(({ kind }) => kind === 'recharge');
  const times = new Map<bigint, number>();
  for (const { amount } of recharges.length === 0 ? fundings : recharges) {
    times.set(amount.microUnits, (times.get(amount.microUnits) ?? 0) + 1);
  }
  return [...times]
    .sort(([one, oneTimes], [other, otherTimes]) => otherTimes - oneTimes || (one < other ? -1 : 1))
    .slice(0, mostUsual)
    .map(([microUnits]) => microUnits);
}

/** No source names the hour at which funds lapse, nor in which time zone. */
const doubtfulDays = 3;

/**
 * What each lot that lapses about an instant makes of a drift: below zero where the ledger still counts it, above
 * where the ledger let it lapse and the admin centre may not have.
 */
export function lapsesAbout(facts: AccountFacts, at: Instant): readonly bigint[] {
  const first = addDays(utcDay(at), -doubtfulDays);
  const last = addDays(utcDay(at), doubtfulDays);
  return lots(facts, at)
    .filter(({ expiresAt }) => utcDay(expiresAt) >= first && utcDay(expiresAt) <= last)
    .map(({ remaining, expired }) => expired - remaining)
    .filter((microUnits) => microUnits !== 0n);
}

/** Calls of a working day are made within some eight hours, and two days of them may be late. */
const hoursOfWholeLag = 16;

/**
 * The part of a lag that the check before does not hold already: calls made before it were inside its figure, however
 * late they are reported.
 */
export function lagSince(
  lag: { readonly low: bigint; readonly high: bigint },
  { checkedAt, at }: { readonly checkedAt: Instant; readonly at: Instant },
): { readonly low: bigint; readonly high: bigint } {
  const passed = Math.max(0, at - checkedAt);
  const whole = hoursOfWholeLag * hourMs;
  return {
    low: passed >= dayMs ? lag.low : 0n,
    high: passed >= whole ? lag.high : (lag.high * BigInt(passed)) / BigInt(whole),
  };
}
