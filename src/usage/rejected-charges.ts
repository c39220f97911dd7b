import { type RowId, rowId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { type Currency, currency } from '../money/currency.ts';
import { readDecimal } from '../money/read-decimal.ts';
import { isCreditFunded } from './credit-funding.ts';
import type { QuarantinedItem } from './quarantine.ts';
import { fieldsOf } from './quarantine-fields.ts';
import { maxAmountLength } from './row-text.ts';
import type { Span } from './span.ts';
import { readTime } from './time-text.ts';

/** What can still be read of a call whose row could not be taken in; null where the row does not tell it. */
export interface RejectedCall {
  readonly id: RowId | null;
  readonly startedAt: Instant | null;
  readonly currency: Currency | null;
  readonly capability: string | null;
  /** In micro-units. */
  readonly charge: bigint | null;
}

export function rejectedCall(item: Pick<QuarantinedItem, 'kind' | 'source' | 'content'>): RejectedCall {
  const fields = fieldsOf(item) ?? {};
  return {
    id: rowId(fields.id ?? ''),
    startedAt: readTime(fields.startDateTime ?? ''),
    currency: currency(fields.currency ?? ''),
    capability: fields.licenseCapability ?? null,
    charge: amountOf(fields.charge ?? ''),
  };
}

function amountOf(text: string): bigint | null {
  return text.length > maxAmountLength ? null : (readDecimal(text.trim())?.microUnits ?? null);
}

/**
 * How many of the calls may have taken from one balance within a stretch of time, and what they charge together as far
 * as it can be read; null where no charge can. A call whose row does not tell what it is may be any.
 */
export function rejectedCharges(
  calls: readonly RejectedCall[],
  balance: { readonly currency: Currency; readonly span: Span },
): { readonly rows: number; readonly charges: bigint | null } {
  const own = calls.filter((call) => mayConcern(call, balance));
  const charges = own.flatMap(({ charge, currency: paidIn }) =>
    charge === null || paidIn === null ? [] : [charge],
  );
  return {
    rows: own.length,
    charges: charges.length === 0 ? null : charges.reduce((sum, charge) => sum + charge, 0n),
  };
}

function mayConcern(
  { startedAt, currency: paidIn, capability }: RejectedCall,
  { currency: of, span }: { readonly currency: Currency; readonly span: Span },
): boolean {
  if (startedAt !== null && (startedAt < span.from || startedAt >= span.to)) return false;
  if (paidIn !== null && paidIn !== of) return false;
  return capability === null || isCreditFunded(capability);
}
