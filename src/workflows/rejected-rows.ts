import type { TenantId } from '../decision/ids.ts';
import type { DriftEvidence } from '../ledger/attribution.ts';
import type { Currency } from '../money/currency.ts';
import { type QuarantinedItem, quarantineIndex } from '../usage/quarantine.ts';
import { type RejectedCall, rejectedCall, rejectedCharges } from '../usage/rejected-charges.ts';
import type { Span } from '../usage/span.ts';
import type { Store } from './ports.ts';
import { itemsById } from './quarantined-items.ts';

/** A balance between two figures that were read. */
export interface BetweenChecks {
  readonly tenant: TenantId;
  readonly currency: Currency;
  readonly span: Span;
}

/**
 * The rows that were first met since the earlier figure and still wait in quarantine: the admin centre took from the
 * balance what the ledger could not. @throws {StoreUnavailable}
 */
export async function rejectedSince(
  store: Store,
  { tenant, currency, span }: BetweenChecks,
): Promise<DriftEvidence['rejected']> {
  const since = { from: span.from, to: Number.POSITIVE_INFINITY };
  const ids = await store.members(tenant, quarantineIndex, since);
  const calls: RejectedCall[] = [];
  for (let start = 0; start < ids.length; start += itemsPerRead) {
    const items = await itemsById(store, tenant, ids.slice(start, start + itemsPerRead));
    calls.push(...[...items.values()].filter(isOpenRow).map(rejectedCall));
  }
  return rejectedCharges(await notBooked(store, tenant, calls), { currency, span });
}

/** Each may hold some kilobytes. */
const itemsPerRead = 100;

function isOpenRow({ kind, state }: QuarantinedItem): boolean {
  return kind === 'row' && state === 'open';
}

/** A call that another row told of is in the ledger. */
async function notBooked(
  store: Store,
  tenant: TenantId,
  calls: readonly RejectedCall[],
): Promise<readonly RejectedCall[]> {
  const ids = calls.flatMap(({ id }) => (id === null ? [] : [id]));
  if (ids.length === 0) return calls;
  const booked = await store.records(tenant, 'usage', ids);
  return calls.filter(({ id }) => id === null || !booked.has(id));
}
