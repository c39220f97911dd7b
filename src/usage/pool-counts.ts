import type { Count } from '../decision/commit.ts';
import { type Day, utcDay } from '../decision/time.ts';
import { usesUpMinutes } from './credit-funding.ts';
import type { KnownRow } from './known-row.ts';
import { monthOf } from './paid-counts.ts';
import { callReach, type Reach } from './reach.ts';

/**
 * The read model of included minutes: seconds of calls that a plan's pool paid, a model a month, `pool:2026-11`, for
 * pools begin anew with each calendar month.
 */
export function poolModel(month: string): string {
  return `pool:${month}`;
}

/** What calls of one UTC day drew on: the pool is the capability's, in some plans one a country or a reach. */
export interface PoolField {
  readonly day: Day;
  /** In upper case, as in `MCOPSTN5`. */
  readonly capability: string;
  /** ISO 3166-1 alpha-2: where the caller's licence is used; null where the report does not tell. */
  readonly country: string | null;
  /** Null where the report does not tell where the call went. */
  readonly reach: Reach | null;
}

/** Null for a call that uses up nothing: one on credits, one that came in, one that nobody answered. */
export function poolField(row: KnownRow): PoolField | null {
  const capability = row.capability?.toUpperCase() ?? '';
  const isIncoming = row.callType?.toLowerCase().endsWith('_in') ?? false;
  if (!usesUpMinutes(capability) || isIncoming || row.durationSeconds <= 0) return null;
  const country = row.usageCountryCode?.toUpperCase() ?? '';
  return {
    day: utcDay(row.startedAt),
    capability,
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    reach: callReach(row),
  };
}

/** The seconds that a row adds to its model, or takes from it; nothing for a row without a pool. */
export function poolCount(row: KnownRow, sign: 1n | -1n): Count | null {
  const field = poolField(row);
  if (field === null) return null;
  return {
    model: poolModel(monthOf(field.day)),
    field: writePoolField(field),
    by: sign * BigInt(row.durationSeconds),
  };
}

function writePoolField({ day, capability, country, reach }: PoolField): string {
  return [day, capability, country ?? untold, reach ?? untold].join('|');
}

const untold = '?';

/** @throws {RangeError} where the field was not written by this product. */
export function readPoolField(field: string): PoolField {
  const [day, capability, country, reach, ...more] = field.split('|');
  const isWhole = day !== undefined && capability !== undefined && country !== undefined && more.length === 0;
  if (!isWhole || (reach !== 'domestic' && reach !== 'international' && reach !== untold)) {
    throw new RangeError(`A field of included minutes is foreign: ${field}.`);
  }
  return {
    day: day as Day,
    capability,
    country: country === untold ? null : country,
    reach: reach === untold ? null : reach,
  };
}
