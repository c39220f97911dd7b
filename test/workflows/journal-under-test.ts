import type { TenantId } from '../../src/decision/ids.ts';
import { exportJournal } from '../../src/workflows/export-journal.ts';
import type { Store } from '../../src/workflows/ports.ts';
import { bytesOf } from '../usage/samples.ts';
import { now } from './tenant-under-test.ts';

export async function journalText(store: Store, tenant: TenantId): Promise<string> {
  let text = '';
  for await (const piece of exportJournal(store, tenant, now)) text += piece;
  return text;
}

/** In pieces that fit neither lines nor characters. */
export function opening(content: string | Uint8Array, pieceBytes = 777): () => AsyncIterable<Uint8Array> {
  return () => bytesOf(content, [pieceBytes]);
}

/** All that a store holds of a tenant, but for how it came there. */
export async function contentsOf(store: Store, tenant: TenantId): Promise<unknown> {
  const names = await store.names(tenant);
  const heads = new Map(await store.heads(tenant));
  heads.delete('rebuild');
  return {
    heads,
    logs: await each(names.logs, (name) => all(store.log(tenant, name))),
    tables: await each(names.tables, async (name) => new Map(await all(store.allRecords(tenant, name)))),
    models: await each(names.models, async (name) => told(await store.counts(tenant, name))),
    indexes: await each(names.indexes, (name) => all(store.scoredMembers(tenant, name))),
    answers: await store.answers(tenant, names.answers),
  };
}

async function each(
  names: readonly string[],
  read: (name: string) => Promise<unknown>,
): Promise<Readonly<Record<string, unknown>>> {
  const entries: (readonly [string, unknown])[] = [];
  for (const name of names) entries.push([name, await read(name)]);
  return Object.fromEntries(entries);
}

async function all<Item>(source: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const batch of source) items.push(...batch);
  return items;
}

/** A field that evened out stays behind as zero where it was counted, and is not there where it was concluded. */
function told(counts: ReadonlyMap<string, bigint>): ReadonlyMap<string, bigint> {
  return new Map([...counts].filter(([, number]) => number !== 0n));
}
