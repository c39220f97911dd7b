import type { Currency } from '../money/currency.ts';
import { divideHalfUp } from '../money/divide.ts';

/** A height of the balance that is worth a word, in money, in percent of the last purchase, or in days of use. */
export type Level =
  | { readonly unit: 'money'; readonly currency: Currency; readonly microUnits: bigint }
  | { readonly unit: 'percent'; readonly percent: number }
  | { readonly unit: 'days'; readonly days: number };

/** What a level is measured by. */
export interface Measure {
  readonly currency: Currency;
  readonly lastPurchase: bigint | null;
  readonly usualDay: bigint | null;
}

/** A level as an amount. The balance fires it strictly below; equal to it, the level is armed and has not fired. */
export interface Threshold {
  readonly id: string;
  readonly microUnits: bigint;
}

/** The levels that can be told as an amount of this currency, the highest first. */
export function thresholds(levels: readonly Level[], measure: Measure): readonly Threshold[] {
  return levels
    .flatMap((level) => {
      const microUnits = amountOf(level, measure);
      return microUnits === null || microUnits <= 0n ? [] : [{ id: levelId(level), microUnits }];
    })
    .sort(
      (left, right) =>
        Number(right.microUnits > left.microUnits) - Number(right.microUnits < left.microUnits),
    );
}

/** Names the level by what it says, so that one that was moved is another. */
export function levelId(level: Level): string {
  switch (level.unit) {
    case 'money':
      return `money:${level.microUnits}`;
    case 'percent':
      return `percent:${level.percent}`;
    case 'days':
      return `days:${level.days}`;
  }
}

function amountOf(level: Level, { currency, lastPurchase, usualDay }: Measure): bigint | null {
  switch (level.unit) {
    case 'money':
      return level.currency === currency ? level.microUnits : null;
    case 'percent':
      return lastPurchase === null ? null : divideHalfUp(lastPurchase * BigInt(level.percent), 100n);
    case 'days':
      return usualDay === null ? null : usualDay * BigInt(level.days);
  }
}
