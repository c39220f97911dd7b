import type { RecordChange } from '../decision/commit.ts';
import type { TenantId } from '../decision/ids.ts';
import { type QuarantinedItem, quarantineTable } from '../usage/quarantine.ts';
import { readItem, storeItem } from '../usage/stored-quarantine.ts';
import type { Store } from './ports.ts';

/** Those of the items that there are, by id. @throws {StoreUnavailable} */
export async function itemsById(
  store: Store,
  tenant: TenantId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, QuarantinedItem>> {
  const stored = await store.records(tenant, quarantineTable, ids);
  return new Map([...stored].map(([id, value]) => [id, readItem(value)]));
}

/** The record that keeps an item. */
export function recordOf(item: QuarantinedItem): RecordChange {
  return { table: quarantineTable, id: item.id, value: storeItem(item) };
}
