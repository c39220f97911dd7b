import type { RowId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { userOf } from './caller.ts';
import { type IgnoredReason, ignoredReason } from './credit-funding.ts';
import type { UsageRow } from './usage-row.ts';

/** What is kept of a usage row: all that a correction must take back, and what a list of calls shows. */
export interface KnownRow {
  /** How often the row has moved the ledger; history, not content: it differs with the order of imports. */
  readonly revision: number;
  /** The best source that told of the row; Graph knows more than the report. */
  readonly source: UsageRow['source'];
  readonly startedAt: Instant;
  readonly durationSeconds: number;
  /** In micro-units of {@link currency}. */
  readonly charge: bigint;
  readonly chargeDecimals: number;
  readonly currency: Currency | null;
  readonly capability: string | null;
  /** Null where the row moves the balance. */
  readonly ignored: IgnoredReason | null;
  /** Directory object id, or the user principal name where the source has no id. */
  readonly user: string | null;
  readonly callType: string | null;
  readonly destination: string | null;
  readonly callerNumber: string | null;
  readonly calleeNumber: string | null;
  readonly inventoryType: string | null;
  readonly usageCountryCode: string | null;
  readonly tenantCountryCode: string | null;
  /** Columns that are not documented, by their name. */
  readonly extra: Readonly<Record<string, string>>;
}

export type KnownRows = ReadonlyMap<RowId, KnownRow>;

/** The row as it would be kept if nothing were known of it. */
export function firstKnown(row: UsageRow): KnownRow {
  return {
    revision: 0,
    source: row.source,
    startedAt: row.startedAt,
    durationSeconds: row.durationSeconds,
    charge: row.charge,
    chargeDecimals: row.chargeDecimals,
    currency: row.currency,
    capability: row.licenseCapability,
    ignored: ignoredReason({
      capability: row.licenseCapability,
      charge: row.charge,
      currency: row.currency,
    }),
    user: userOf(row),
    callType: row.callType,
    destination: row.destinationName,
    callerNumber: row.callerNumber,
    calleeNumber: row.calleeNumber,
    inventoryType: row.inventoryType,
    usageCountryCode: row.usageCountryCode,
    tenantCountryCode: row.tenantCountryCode,
    extra: row.extra,
  };
}

/** A row that moves the balance has a currency. */
export type FundedRow = KnownRow & { readonly ignored: null; readonly currency: Currency };

export function isFunded(row: KnownRow): row is FundedRow {
  return row.ignored === null && row.currency !== null;
}

/** Whether nothing that is kept differs. */
export function isSameRecord(left: KnownRow, right: KnownRow): boolean {
  return scalarNames.every((name) => left[name] === right[name]) && isSameExtra(left.extra, right.extra);
}

const scalarNames = [
  'revision',
  'source',
  'startedAt',
  'durationSeconds',
  'charge',
  'chargeDecimals',
  'currency',
  'capability',
  'ignored',
  'user',
  'callType',
  'destination',
  'callerNumber',
  'calleeNumber',
  'inventoryType',
  'usageCountryCode',
  'tenantCountryCode',
] as const satisfies readonly (keyof KnownRow)[];

function isSameExtra(left: KnownRow['extra'], right: KnownRow['extra']): boolean {
  if (left === right) return true;
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && left[name] === right[name])
  );
}
