import { addDays, type Day, utcDay } from '../decision/time.ts';
import { type Money, money } from '../money/money.ts';
import type { AccountState } from './account.ts';
import { balanceByDay } from './balance-by-day.ts';

/** What a balance was moved by, apart from calls. */
export const movementKinds = ['opening', 'purchase', 'recharge', 'adjustment', 'expiry'] as const;
export type MovementKind = (typeof movementKinds)[number];

/** Why a balance is another at the end of a UTC day than it was before an earlier one began. */
export interface BalanceChange {
  readonly opening: Money;
  readonly closing: Money;
  /** What calls took: zero or below. */
  readonly usage: Money;
  /** Those that are not zero, by kind; with the usage they sum to closing less opening, to the last micro-unit. */
  readonly movements: readonly { readonly kind: MovementKind; readonly amount: Money }[];
}

/** From the start of the first day to the end of the last, by when things took effect. */
export function balanceChange(
  state: AccountState,
  { from, to }: { readonly from: Day; readonly to: Day },
): BalanceChange {
  const inCurrency = (microUnits: bigint): Money => money(microUnits, state.currency);
  const isWithin = (day: Day): boolean => from <= day && day <= to;
  const [opening, closing] = balanceByDay(state, [addDays(from, -1), to]);
  let used = 0n;
  for (const [day, microUnits] of state.usageByDay) if (isWithin(day)) used += microUnits;
  const sums = new Map<MovementKind, bigint>();
  for (const { kind, at, amount } of [...state.fundings, ...settlements(state)]) {
    if (isWithin(utcDay(at))) sums.set(kind, (sums.get(kind) ?? 0n) + amount.microUnits);
  }
  return {
    opening: opening?.balance ?? inCurrency(0n),
    closing: closing?.balance ?? inCurrency(0n),
    usage: inCurrency(-used),
    movements: movementKinds.flatMap((kind) => {
      const microUnits = sums.get(kind) ?? 0n;
      return microUnits === 0n ? [] : [{ kind, amount: inCurrency(microUnits) }];
    }),
  };
}

function settlements({ settlements: posted, currency }: AccountState) {
  return [...posted.values()].map(({ kind, at, microUnits }) => ({
    kind,
    at,
    amount: money(microUnits, currency),
  }));
}
