import { z } from 'zod';
import type { FieldName, RowText } from './row-text.ts';
import { fieldNames } from './row-text.ts';
import { type RefusedUsage, refusedUsage } from './usage-file-refused.ts';

/** Where a report has which field, so that a row becomes {@link RowText} without looking a name up. */
export interface ReportHeader {
  readonly kind: 'header';
  /** Cells that every row must have. */
  readonly cells: number;
  rowText(cells: readonly string[]): RowText;
}

/** Columns of the exported report, by Graph's name of the same field (PSTN usage report, "Exporting the report"). */
const columnNames: Partial<Record<FieldName, string>> = {
  id: 'UsageId',
  callId: 'Call ID',
  conferenceId: 'Conference ID',
  usageCountryCode: 'User Location',
  userId: 'AAD ObjectId',
  userPrincipalName: 'UPN',
  userDisplayName: 'User Display Name',
  callerNumber: 'Caller ID',
  callType: 'Call Type',
  inventoryType: 'Number Type',
  destinationContext: 'Domestic/International',
  destinationName: 'Destination Dialed',
  calleeNumber: 'Destination Number',
  startDateTime: 'Start Time',
  endDateTime: 'End Time',
  duration: 'Duration Seconds',
  connectionCharge: 'Connection Fee',
  charge: 'Charge',
  currency: 'Currency',
  licenseCapability: 'Capability',
};

/** Without these a row can neither be told from another nor be booked. */
const neededFields = ['id', 'startDateTime', 'charge', 'currency', 'licenseCapability'] as const;

/** What a refusal says was expected. */
export const reportExpected = neededFields.map((field) => columnNames[field]).join(', ');

/** Columns of the Direct Routing report, which has no cost. */
const directRoutingColumns: ReadonlySet<string> = new Set([
  'correlationid',
  'sipaddress',
  'trunkfullyqualifieddomainname',
  'finalsipcode',
  'mediabypass',
  'successfulcall',
]);

/**
 * Finds the columns by name, in any order, whatever their case and spaces. Refuses `usage-file-not-a-report` and
 * `usage-file-direct-routing`.
 */
export function readReportHeader(names: readonly string[]): ReportHeader | RefusedUsage {
  const keys = names.map(keyOf);
  const header = headerSchema.safeParse(keys);
  if (!header.success) {
    const isDirectRouting = keys.some((key) => directRoutingColumns.has(key));
    return refusedUsage(isDirectRouting ? 'usage-file-direct-routing' : 'usage-file-not-a-report', {
      expected: reportExpected,
      found: names,
    });
  }
  return { kind: 'header', cells: names.length, rowText: rowTextReader(names, keys) };
}

/** All that is needed, and nothing known twice: of two charges neither can be trusted. */
const headerSchema = z.array(z.string()).refine((keys) => {
  const countOf = (field: FieldName) => keys.filter((key) => key === columnKeys.get(field)).length;
  return (
    neededFields.every((field) => countOf(field) === 1) && fieldNames.every((field) => countOf(field) <= 1)
  );
});

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[\s_\uFEFF]+/g, '');
}

const columnKeys: ReadonlyMap<FieldName, string> = new Map(
  fieldNames.map((field) => [field, keyOf(columnNames[field] ?? field)]),
);

function rowTextReader(names: readonly string[], keys: readonly string[]): ReportHeader['rowText'] {
  const at = positionsIn(keys);
  const taken = new Set(Object.values(at));
  const others = names
    .map((name, position) => [name.trim(), position] as const)
    .filter(([, position]) => !taken.has(position));

  // Field by field: an object that is filled in a loop is several times slower, and this is every row's way.
  return (cells) => ({
    id: readCell(cells[at.id]),
    callId: readCell(cells[at.callId]),
    userId: readCell(cells[at.userId]),
    userPrincipalName: readCell(cells[at.userPrincipalName]),
    userDisplayName: readCell(cells[at.userDisplayName]),
    startDateTime: readCell(cells[at.startDateTime]),
    endDateTime: readCell(cells[at.endDateTime]),
    duration: readCell(cells[at.duration]),
    charge: readCell(cells[at.charge]),
    callType: readCell(cells[at.callType]),
    currency: readCell(cells[at.currency]),
    calleeNumber: readCell(cells[at.calleeNumber]),
    usageCountryCode: readCell(cells[at.usageCountryCode]),
    tenantCountryCode: readCell(cells[at.tenantCountryCode]),
    connectionCharge: readCell(cells[at.connectionCharge]),
    callerNumber: readCell(cells[at.callerNumber]),
    destinationContext: readCell(cells[at.destinationContext]),
    destinationName: readCell(cells[at.destinationName]),
    conferenceId: readCell(cells[at.conferenceId]),
    licenseCapability: readCell(cells[at.licenseCapability]),
    inventoryType: readCell(cells[at.inventoryType]),
    operator: readCell(cells[at.operator]),
    callDurationSource: readCell(cells[at.callDurationSource]),
    extra: extraOf(cells, others),
  });
}

/** Beyond the last cell where the report has no such column. */
function positionsIn(keys: readonly string[]): Readonly<Record<FieldName, number>> {
  const positions = fieldNames.map((field) => {
    const position = keys.indexOf(columnKeys.get(field) ?? '');
    return [field, position === -1 ? keys.length : position];
  });
  return Object.fromEntries(positions) as Record<FieldName, number>;
}

const noExtra: RowText['extra'] = {};

function extraOf(
  cells: readonly string[],
  others: readonly (readonly [name: string, position: number])[],
): RowText['extra'] {
  if (others.length === 0) return noExtra;
  const named = others.map(([name, position]) => [name, readCell(cells[position])] as const);
  return Object.fromEntries(named.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** Old reports print "no data" into cells that do not apply. */
function readCell(cell: string | undefined): string | null {
  if (cell === undefined || cell === '') return null;
  const text = isPadded(cell) ? cell.trim() : cell;
  return text === '' || (text.length === 7 && text.toLowerCase() === 'no data') ? null : text;
}

function isPadded(text: string): boolean {
  return text.charCodeAt(0) <= 32 || text.charCodeAt(text.length - 1) <= 32;
}
