import type { Day } from '../decision/time.ts';
import type { Period, UsageDimension } from '../language/question.ts';
import type { Currency } from '../money/currency.ts';
import { divideHalfUp } from '../money/divide.ts';
import { type Money, money } from '../money/money.ts';
import { type Dimension, readUsageField } from '../usage/read-models.ts';
import type { KnownUsage } from './known-usage.ts';
import type { ComparedPeriod, DayRange } from './usage-period.ts';

/** What was spent on, by one dimension; shown in a personal chat to a holder of an eligible role. */
export interface UsageAnswer extends KnownUsage {
  readonly kind: 'usage';
  readonly period: Period;
  readonly by: UsageDimension;
  /** UTC days. */
  readonly days: DayRange;
  /** The days compared with. */
  readonly before: DayRange;
  /** By currency in alphabetical order; those without spend in either period are left out, unless all are. */
  readonly accounts: readonly UsageFigures[];
  /** True where the last digits of telephone numbers are hidden from the asker. */
  readonly numbersMasked: boolean;
}

export interface UsageFigures {
  readonly currency: string;
  readonly total: Money;
  /** Charged calls behind the total. */
  readonly calls: number;
  readonly totalBefore: Money;
  /** The ten that cost most, the dearest first. */
  readonly rows: readonly UsageLine[];
  /** All others in one sum; null where there are none. */
  readonly rest: (Spend & { readonly count: number }) | null;
  /** By day alone: the spend of each day, the latest thirty, oldest first. Otherwise empty. */
  readonly series: readonly { readonly day: Day; readonly amount: Money }[];
}

interface Spend {
  readonly amount: Money;
  readonly calls: number;
  /** Of the total, in basis points. */
  readonly shareBasisPoints: number;
}

export interface UsageLine extends Spend {
  /** As the report tells it: a destination, a user's id, a call type, a day, a number; null where it does not. */
  readonly key: string | null;
  /** A name for the key, where one is known; the key itself otherwise. */
  readonly label: string | null;
}

/** The read model that answers for a dimension; days are in all of them. */
export const modelFor: Readonly<Record<UsageDimension, Dimension>> = {
  country: 'destination',
  user: 'user',
  calltype: 'call-type',
  day: 'destination',
  number: 'number',
};

/** Both read models of one currency: micro-units and calls, by their fields. */
export interface CountedUsage {
  readonly currency: Currency;
  readonly microUnits: ReadonlyMap<string, bigint>;
  readonly calls: ReadonlyMap<string, bigint>;
}

/** How fields become lines. */
interface Wanted extends ComparedPeriod {
  readonly by: UsageDimension;
  /** What a key may be shown as: a number may have to hide its end. */
  readonly shownKey: (key: string) => string;
}

const mostRows = 10;
/** Most points that a chart of one card shows. */
const mostDays = 30;

/** The figures of one currency; labels are the keys, until names are given to them. */
export function usageFigures(counted: CountedUsage, wanted: Wanted): UsageFigures {
  const { currency } = counted;
  const spends = spendByKey(counted, wanted);
  const total = sumOf(spends.values(), (spend) => spend.microUnits);
  const ranked = [...spends].sort(byCost).map(([key, spend]) => ({ key, spend }));
  const others = ranked.slice(mostRows).map(({ spend }) => spend);
  const spendOf = (parts: readonly Counted[]): Spend => {
    const microUnits = sumOf(parts, (part) => part.microUnits);
    const calls = Number(sumOf(parts, (part) => part.calls));
    return { amount: money(microUnits, currency), calls, shareBasisPoints: share(microUnits, total) };
  };
  return {
    currency,
    total: money(total, currency),
    calls: Number(sumOf(spends.values(), (spend) => spend.calls)),
    totalBefore: money(totalOf(counted, wanted.before), currency),
    rows: ranked.slice(0, mostRows).map(({ key, spend }) => ({ key, label: key, ...spendOf([spend]) })),
    rest: others.length === 0 ? null : { count: others.length, ...spendOf(others) },
    series: wanted.by === 'day' ? series(spends, currency) : [],
  };
}

interface Counted {
  readonly microUnits: bigint;
  readonly calls: bigint;
}

function spendByKey(
  { microUnits, calls }: CountedUsage,
  { by, days, shownKey }: Wanted,
): ReadonlyMap<string | null, Counted> {
  const spends = new Map<string | null, Counted>();
  for (const [field, spent] of microUnits) {
    const { day, value } = readUsageField(field);
    if (!isWithin(day, days)) continue;
    const key = by === 'day' ? day : value === null ? null : shownKey(value);
    const known = spends.get(key) ?? { microUnits: 0n, calls: 0n };
    spends.set(key, {
      microUnits: known.microUnits + spent,
      calls: known.calls + (calls.get(field) ?? 0n),
    });
  }
  // What was corrected away leaves a zero behind in the read models.
  for (const [key, spend] of spends) if (spend.calls === 0n) spends.delete(key);
  return spends;
}

function totalOf({ microUnits }: CountedUsage, days: DayRange): bigint {
  let total = 0n;
  for (const [field, spent] of microUnits) if (isWithin(readUsageField(field).day, days)) total += spent;
  return total;
}

function isWithin(day: Day, { from, to }: DayRange): boolean {
  return from <= day && day <= to;
}

type KeyedSpend = readonly [key: string | null, spend: Counted];

/** Equal costs in the order of their keys, so that a question asked twice has one answer. */
function byCost([leftKey, left]: KeyedSpend, [rightKey, right]: KeyedSpend): number {
  if (left.microUnits !== right.microUnits) return left.microUnits > right.microUnits ? -1 : 1;
  return (leftKey ?? '') < (rightKey ?? '') ? -1 : 1;
}

function series(spends: ReadonlyMap<string | null, Counted>, currency: Currency): UsageFigures['series'] {
  return [...spends]
    .flatMap(([day, { microUnits }]) =>
      day === null ? [] : [{ day: day as Day, amount: money(microUnits, currency) }],
    )
    .sort((left, right) => (left.day < right.day ? -1 : 1))
    .slice(-mostDays);
}

function share(part: bigint, total: bigint): number {
  return total === 0n ? 0 : Number(divideHalfUp(part * 10_000n, total));
}

function sumOf<Item>(items: Iterable<Item>, amountOf: (item: Item) => bigint): bigint {
  let sum = 0n;
  for (const item of items) sum += amountOf(item);
  return sum;
}
