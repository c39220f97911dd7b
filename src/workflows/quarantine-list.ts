import type { TenantId } from '../decision/ids.ts';
import { type QuarantinedItem, quarantineIndex } from '../usage/quarantine.ts';
import { excerptOf } from '../usage/quarantine-excerpt.ts';
import type { Store } from './ports.ts';
import { itemsById } from './quarantined-items.ts';
import { readBooks } from './tenant-books.ts';

/** An item as it is shown: what it says is masked. */
export type ListedItem = Omit<QuarantinedItem, 'content'> & { readonly excerpt: string };

/** What is in quarantine, and how often something was met for which it had no room. */
export interface QuarantineList {
  readonly items: readonly ListedItem[];
  readonly turnedAway: number;
}

/** The items by when they were first met, the earliest first: those that wait, or all that there ever were. */
export async function quarantineList(
  store: Store,
  tenant: TenantId,
  wanted: { readonly closedToo: boolean },
): Promise<QuarantineList> {
  const { quarantine } = await readBooks(store, tenant);
  return { items: await listedItems(store, tenant, wanted), turnedAway: quarantine.state.turnedAway };
}

/** Items are read so many at a time, for each may hold some kilobytes. */
const itemsPerRead = 100;

async function listedItems(
  store: Store,
  tenant: TenantId,
  { closedToo }: { readonly closedToo: boolean },
): Promise<readonly ListedItem[]> {
  const everything = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const ids = await store.members(tenant, quarantineIndex, everything);
  const items: ListedItem[] = [];
  for (let start = 0; start < ids.length; start += itemsPerRead) {
    const some = ids.slice(start, start + itemsPerRead);
    const known = await itemsById(store, tenant, some);
    for (const id of some) {
      const item = known.get(id);
      if (item !== undefined && (closedToo || item.state === 'open')) items.push(listed(item));
    }
  }
  return items;
}

function listed(item: QuarantinedItem): ListedItem {
  const { content, ...shown } = item;
  return { ...shown, excerpt: excerptOf(item) };
}
