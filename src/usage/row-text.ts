import { rowId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { type Currency, currency } from '../money/currency.ts';
import { microUnitDigits } from '../money/money.ts';
import { type ReadDecimal, readDecimal } from '../money/read-decimal.ts';
import { isCreditFunded } from './credit-funding.ts';
import type { RejectionReason } from './read-row.ts';
import { readTime } from './time-text.ts';
import type { UsageRow } from './usage-row.ts';

/** One row as its source wrote it: text under Graph's field names, null where there is nothing. */
export type RowText = { readonly [Name in FieldName]: string | null } & {
  readonly extra: Readonly<Record<string, string>>;
};

/** The documented fields of `pstnCallLogRow`; the report has them under other names. */
export const fieldNames = [
  'id',
  'callId',
  'userId',
  'userPrincipalName',
  'userDisplayName',
  'startDateTime',
  'endDateTime',
  'duration',
  'charge',
  'callType',
  'currency',
  'calleeNumber',
  'usageCountryCode',
  'tenantCountryCode',
  'connectionCharge',
  'callerNumber',
  'destinationContext',
  'destinationName',
  'conferenceId',
  'licenseCapability',
  'inventoryType',
  'operator',
  'callDurationSource',
] as const;
export type FieldName = (typeof fieldNames)[number];

/** The export is written with two decimals, Graph's doubles are exact beyond the micro-unit. */
const leastReportDecimals = 2;

/**
 * Checks the values of one row and gives them their types. The money is read from its text, never through a
 * float; a charge that is not there is zero, unless credits pay for the call.
 */
export function readRowText(text: RowText, source: UsageRow['source']): UsageRow | RejectionReason {
  const id = rowId(text.id ?? '');
  if (id === null) return 'id-not-a-guid';
  const times = readTimes(text);
  if (typeof times === 'string') return times;
  const charges = readCharges(text, source);
  if (typeof charges === 'string') return charges;
  const paidIn = text.currency === null ? null : currency(text.currency);

  return {
    id,
    source,
    callId: text.callId,
    userId: text.userId,
    userPrincipalName: text.userPrincipalName,
    userDisplayName: text.userDisplayName,
    // Field by field: spreading objects here costs a third of the whole reading.
    startedAt: times.startedAt,
    startText: times.startText,
    endedAt: times.endedAt,
    durationSeconds: times.durationSeconds,
    charge: charges.charge,
    chargeDecimals: charges.chargeDecimals,
    connectionCharge: charges.connectionCharge,
    currency: paidIn,
    callType: text.callType,
    licenseCapability: text.licenseCapability,
    inventoryType: text.inventoryType,
    operator: text.operator,
    destinationContext: text.destinationContext,
    destinationName: text.destinationName,
    callerNumber: text.callerNumber,
    calleeNumber: text.calleeNumber,
    usageCountryCode: text.usageCountryCode,
    tenantCountryCode: text.tenantCountryCode,
    conferenceId: text.conferenceId,
    callDurationSource: text.callDurationSource,
    extra: extraOf(text, paidIn),
  };
}

type Times = Pick<UsageRow, 'startedAt' | 'startText' | 'endedAt' | 'durationSeconds'>;

/** End and duration follow from one another where one of them is not there. */
function readTimes(text: RowText): Times | RejectionReason {
  const startText = text.startDateTime ?? '';
  const startedAt = readTime(startText);
  if (startedAt === null) return 'start-not-a-time';
  const endedAt = text.endDateTime === null ? null : readTime(text.endDateTime);
  if (text.endDateTime !== null && endedAt === null) return 'end-not-a-time';
  if (text.duration !== null && !wholeSeconds.test(text.duration)) return 'duration-not-seconds';
  const durationSeconds = text.duration === null ? secondsBetween(startedAt, endedAt) : Number(text.duration);
  return { startedAt, startText, endedAt: endedAt ?? startedAt + durationSeconds * 1_000, durationSeconds };
}

const wholeSeconds = /^\d{1,10}$/;

function secondsBetween(startedAt: Instant, endedAt: Instant | null): number {
  return endedAt === null ? 0 : Math.max(0, Math.round((endedAt - startedAt) / 1_000));
}

type Charges = Pick<UsageRow, 'charge' | 'chargeDecimals' | 'connectionCharge'>;

function readCharges(text: RowText, source: UsageRow['source']): Charges | RejectionReason {
  if (text.charge === null && isCreditFunded(text.licenseCapability ?? '')) return 'charge-missing';
  const charge = readAmount(text.charge);
  if (charge === null) return 'charge-not-an-amount';
  if (charge.microUnits < 0n) return 'charge-negative';
  const connection = readAmount(text.connectionCharge);
  if (connection === null || connection.microUnits < 0n) return 'connection-charge-not-an-amount';
  return {
    charge: charge.microUnits,
    chargeDecimals: source === 'graph' ? microUnitDigits : reportDecimals(charge),
    connectionCharge: connection.microUnits,
  };
}

const nothing: ReadDecimal = { microUnits: 0n, decimals: 0 };
/** A double takes 24 characters; beyond twice that nobody wrote an amount, and long digits cost time to read. */
export const maxAmountLength = 48;

function readAmount(text: string | null): ReadDecimal | null {
  if (text === null || text === '0' || text === '0.00') return nothing;
  return text.length > maxAmountLength ? null : readDecimal(text);
}

function reportDecimals(charge: ReadDecimal): number {
  return Math.min(microUnitDigits, Math.max(leastReportDecimals, charge.decimals));
}

/** The text of a currency that is none is kept: somebody has to look at that row. */
function extraOf(text: RowText, paidIn: Currency | null): UsageRow['extra'] {
  if (paidIn !== null || text.currency === null) return text.extra;
  return { ...text.extra, currency: text.currency };
}
