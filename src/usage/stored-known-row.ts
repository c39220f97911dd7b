import type { JsonValue } from '../decision/json.ts';
import { type Currency, currency } from '../money/currency.ts';
import { microUnitDigits } from '../money/money.ts';
import { type IgnoredReason, ignoredReasons } from './credit-funding.ts';
import type { KnownRow } from './known-row.ts';

/** An array, for a tenant has millions of these; the first item is the shape's version. */
export function storeRow(row: KnownRow): JsonValue {
  return [
    shapeVersion,
    row.revision,
    row.source,
    row.startedAt,
    row.durationSeconds,
    row.charge.toString(),
    row.chargeDecimals,
    row.currency,
    row.capability,
    row.ignored,
    row.user,
    row.callType,
    row.destination,
    row.callerNumber,
    row.calleeNumber,
    row.inventoryType,
    row.usageCountryCode,
    row.tenantCountryCode,
    row.extra,
  ];
}

/**
 * Reads what {@link storeRow} wrote. Checked by hand and not by a schema, which takes ten times as long: an import
 * reads a thousand of these for each batch. @throws {ForeignRecord}
 */
export function readRow(stored: unknown): KnownRow {
  if (!Array.isArray(stored) || stored.length !== shapeLength || stored[0] !== shapeVersion) {
    throw new ForeignRecord('shape');
  }
  const items: readonly unknown[] = stored;
  return {
    revision: whole(items[1], Number.MAX_SAFE_INTEGER),
    source: source(items[2]),
    startedAt: whole(items[3], maxInstant),
    durationSeconds: whole(items[4], Number.MAX_SAFE_INTEGER),
    charge: amount(items[5]),
    chargeDecimals: whole(items[6], microUnitDigits),
    currency: knownCurrency(items[7]),
    capability: text(items[8]),
    ignored: reason(items[9]),
    user: text(items[10]),
    callType: text(items[11]),
    destination: text(items[12]),
    callerNumber: text(items[13]),
    calleeNumber: text(items[14]),
    inventoryType: text(items[15]),
    usageCountryCode: text(items[16]),
    tenantCountryCode: text(items[17]),
    extra: texts(items[18]),
  };
}

/** What is stored was not written by this product, or by a later one: a defect or a damaged store. */
export class ForeignRecord extends Error {
  constructor(part: string) {
    super(`A stored usage row has a foreign ${part}.`);
    this.name = 'ForeignRecord';
  }
}

const shapeVersion = 1;
const shapeLength = 19;

/** The last instant that a date can hold. */
const maxInstant = 8.64e15;

function whole(value: unknown, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw new ForeignRecord('number');
}

function source(value: unknown): KnownRow['source'] {
  if (value === 'graph' || value === 'report') return value;
  throw new ForeignRecord('source');
}

const amountText = /^\d{1,18}$/;

function amount(value: unknown): bigint {
  if (typeof value === 'string' && amountText.test(value)) return BigInt(value);
  throw new ForeignRecord('amount');
}

function text(value: unknown): string | null {
  if (value === null || typeof value === 'string') return value;
  throw new ForeignRecord('text');
}

function knownCurrency(value: unknown): Currency | null {
  if (value === null) return null;
  const known = typeof value === 'string' ? currency(value) : null;
  if (known === null) throw new ForeignRecord('currency');
  return known;
}

const reasons: ReadonlySet<unknown> = new Set(ignoredReasons);

function reason(value: unknown): IgnoredReason | null {
  if (value === null || isReason(value)) return value;
  throw new ForeignRecord('reason');
}

function isReason(value: unknown): value is IgnoredReason {
  return reasons.has(value);
}

function texts(value: unknown): Readonly<Record<string, string>> {
  if (isTexts(value)) return value;
  throw new ForeignRecord('column');
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((item) => typeof item === 'string');
}
