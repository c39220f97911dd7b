import type { Count } from '../decision/commit.ts';
import { addDays, type Day, utcDay } from '../decision/time.ts';
import { type Currency, minorUnitDigits } from '../money/currency.ts';
import { divideHalfUp } from '../money/divide.ts';
import { microUnitDigits } from '../money/money.ts';
import type { FundedRow } from './known-row.ts';

/**
 * The read model of prices that were really paid: calls by what a started minute of them came to, a model a month,
 * `paid:USD:2026-10`, so that a question about three months never reads a year.
 */
export function paidModel(currency: Currency, month: string): string {
  return `paid:${currency}:${month}`;
}

/** The months of the days from one to another, both included. */
export function monthsOf(range: { readonly from: Day; readonly to: Day }): readonly string[] {
  const months = new Set<string>();
  for (let day = range.from; day <= range.to; day = addDays(day, 1)) months.add(monthOf(day));
  return [...months];
}

export function monthOf(day: Day): string {
  return day.slice(0, 'YYYY-MM'.length);
}

/** Calls of one UTC day, one way and one beginning of numbers, which cost the same per started minute. */
export interface PaidField {
  readonly day: Day;
  readonly direction: 'in' | 'out';
  /** The first digits of the number that was called, without the plus sign: as far as price lists tell them apart. */
  readonly digits: string;
  /** In micro-units, to one decimal beyond the minor unit: all that was charged by the minutes that were begun. */
  readonly perStartedMinute: bigint;
}

/** Price lists have prefixes of up to nine digits, nearly all of them shorter; the rest of a number tells no price. */
const longestBeginning = 8;
const secondsPerMinute = 60;

/** Null for a call without a length or a number: no price can be read from it. */
export function paidField(row: FundedRow): PaidField | null {
  const digits = /^\+(?<digits>\d+)/.exec(row.calleeNumber ?? '')?.groups?.digits;
  if (digits === undefined || row.durationSeconds <= 0) return null;
  const minutes = BigInt(Math.ceil(row.durationSeconds / secondsPerMinute));
  const unit = 10n ** BigInt(Math.max(0, microUnitDigits - minorUnitDigits(row.currency) - 1));
  return {
    day: utcDay(row.startedAt),
    direction: row.callType?.toLowerCase().endsWith('_in') ? 'in' : 'out',
    digits: digits.slice(0, longestBeginning),
    perStartedMinute: divideHalfUp(row.charge, minutes * unit) * unit,
  };
}

/** The count that a row adds to its model; nothing for a row without a price. */
export function paidCount(row: FundedRow, by: bigint): Count | null {
  const field = paidField(row);
  if (field === null) return null;
  return { model: paidModel(row.currency, monthOf(field.day)), field: writePaidField(field), by };
}

function writePaidField({ day, direction, digits, perStartedMinute }: PaidField): string {
  return `${day}|${direction}|${digits}|${perStartedMinute}`;
}

/** @throws {RangeError} where the field was not written by this product. */
export function readPaidField(field: string): PaidField {
  const [day, direction, digits, price, ...more] = field.split('|');
  const isWhole =
    day !== undefined &&
    digits !== undefined &&
    price !== undefined &&
    /^\d+$/.test(price) &&
    more.length === 0;
  if (!isWhole || (direction !== 'in' && direction !== 'out')) {
    throw new RangeError(`A field of paid prices is foreign: ${field}.`);
  }
  return { day: day as Day, direction, digits, perStartedMinute: BigInt(price) };
}
