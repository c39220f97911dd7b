import { type Day, utcDay } from '../decision/time.ts';
import { type Money, money } from '../money/money.ts';
import type { AccountState } from './account.ts';

/**
 * The balance at the end of each of these UTC days, from when things took effect and not from when they were
 * recorded. Before the first funds are known it is below zero, by the calls made until then.
 */
export function balanceByDay(
  state: AccountState,
  days: readonly Day[],
): readonly { readonly day: Day; readonly balance: Money }[] {
  const ends = balancesAtEnd(state);
  return days.map((day) => {
    const last = ends.findLast((end) => end.day <= day);
    return { day, balance: money(last?.microUnits ?? 0n, state.currency) };
  });
}

interface DayEnd {
  readonly day: Day;
  readonly microUnits: bigint;
}

function balancesAtEnd(state: AccountState): readonly DayEnd[] {
  let running = 0n;
  return [...movements(state)]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([day, microUnits]) => {
      running += microUnits;
      return { day, microUnits: running };
    });
}

function movements(state: AccountState): ReadonlyMap<Day, bigint> {
  const sums = new Map<Day, bigint>();
  const move = (day: Day, microUnits: bigint) => sums.set(day, (sums.get(day) ?? 0n) + microUnits);
  for (const [day, microUnits] of state.usageByDay) move(day, -microUnits);
  for (const { at, amount } of state.fundings) move(utcDay(at), amount.microUnits);
  for (const { at, microUnits } of state.settlements.values()) move(utcDay(at), microUnits);
  return sums;
}
