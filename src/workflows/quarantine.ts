import type { AuditFact } from '../decision/audit.ts';
import type { HeadChange, IndexMember, RecordChange } from '../decision/commit.ts';
import { digest } from '../decision/digest.ts';
import { type Handled, handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import {
  type AskedRange,
  decideQuarantine,
  type Met,
  putIn,
  type QuarantineCommand,
  type QuarantinedItem,
  type QuarantineRefusal,
  quarantineId,
  quarantineIndex,
  quarantineTable,
  roomAfter,
} from '../usage/quarantine.ts';
import { excerptOf } from '../usage/quarantine-excerpt.ts';
import { readItem, storeItem } from '../usage/stored-quarantine.ts';
import { bookAudit, changeOf } from './booking.ts';
import type { Store } from './ports.ts';
import { quarantineHeadChange, readBooks, type TenantBooks } from './tenant-books.ts';

/** A part of a change: what was met goes into quarantine in the same step as what was booked beside it. */
export interface Quarantined {
  readonly heads: readonly HeadChange[];
  readonly records: readonly RecordChange[];
  readonly members: readonly IndexMember[];
  /** One where anything is new; the same trouble met again is not told again. */
  readonly facts: readonly AuditFact[];
}

interface Meeting {
  readonly tenant: TenantId;
  readonly met: readonly Met[];
  readonly actor: string;
  readonly at: Instant;
}

/** What meeting these comes to; costs nothing where none were met. */
export async function quarantineMet(
  store: Store,
  books: TenantBooks,
  { tenant, met, actor, at }: Meeting,
): Promise<Quarantined> {
  if (met.length === 0) return nothing;
  const known = await itemsById(store, tenant, met.map(quarantineId));
  const { room, items, added } = putIn({ room: books.quarantine.state, known }, met, at);
  if (items.size === 0 && room === books.quarantine.state) return nothing;
  return {
    // The head turns with every change of an item, so that no two writers lose one another's.
    heads: [quarantineHeadChange(books.quarantine, room)],
    records: [...items.values()].map(recordOf),
    members: added.map(({ id }) => ({ index: quarantineIndex, score: at, member: id })),
    facts: added.length === 0 ? [] : [addedFact(added, { actor, at })],
  };
}

const nothing: Quarantined = { heads: [], records: [], members: [], facts: [] };

function addedFact(
  added: readonly QuarantinedItem[],
  { actor, at }: Pick<Meeting, 'actor' | 'at'>,
): AuditFact {
  const ids = added.map(({ id }) => id);
  const causes: Record<string, number> = {};
  for (const { cause } of added) causes[cause] = (causes[cause] ?? 0) + 1;
  const [only = ''] = ids;
  const subject = ids.length === 1 ? only : digest(...ids).slice(0, only.length);
  return { at, actor, type: 'quarantine.added', subject, data: { items: ids.length, causes } };
}

/** A page of Graph that is none, as it came, and what it was asked for. */
export interface PageToQuarantine {
  readonly tenant: TenantId;
  readonly content: string;
  readonly cause: QuarantinedItem['cause'];
  readonly range: AskedRange;
  readonly at: Instant;
}

/** Puts a page aside, so that the feed goes on behind it. The same page again is only counted. */
export async function quarantinePage(store: Store, page: PageToQuarantine): Promise<void> {
  const { tenant, content, cause, range, at } = page;
  const met: Met = { kind: 'page', source: 'graph', cause, content, range };
  await handle<null, never>({
    decide: async () => {
      const books = await readBooks(store, tenant);
      const part = await quarantineMet(store, books, { tenant, met: [met], actor: 'graph', at });
      if (part.heads.length === 0) return { kind: 'nothing', outcome: null };
      const { heads, records, members, facts } = part;
      const parts = [{ heads, events: [] }, bookAudit(books, ...facts)];
      return { kind: 'change', outcome: null, change: changeOf(tenant, parts, { records, members }) };
    },
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
}

/** Items are read so many at a time, for each may hold some kilobytes. */
const itemsPerRead = 100;

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

export async function itemsById(
  store: Store,
  tenant: TenantId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, QuarantinedItem>> {
  const stored = await store.records(tenant, quarantineTable, ids);
  return new Map([...stored].map(([id, value]) => [id, readItem(value)]));
}

/** Gives an item up. The same reason or another once more changes nothing. Refuses as {@link judgeQuarantined} does. */
export function discardQuarantined(
  store: Store,
  { reason, ...verdict }: Omit<Verdict, 'command'> & { readonly reason: string },
): Promise<Handled<QuarantinedItem, QuarantineRefusal>> {
  return judgeQuarantined(store, { ...verdict, command: { type: 'discard', by: verdict.actor, reason } });
}

/** What is to become of one item, and who wants it. */
export interface Verdict {
  readonly tenant: TenantId;
  readonly id: string;
  readonly actor: string;
  readonly at: Instant;
  readonly command: QuarantineCommand;
}

/** Decides upon an item and tells the audit. Refuses as {@link decideQuarantine} does. */
export async function judgeQuarantined(
  store: Store,
  verdict: Verdict,
): Promise<Handled<QuarantinedItem, QuarantineRefusal>> {
  return handle<QuarantinedItem, QuarantineRefusal>({
    decide: () => judge(store, verdict),
    commit: (change) => store.commit(change),
    // An item is decided upon once by its state, so the change carries no key that could be met again.
    readOutcome: readItem,
  });
}

async function judge(
  store: Store,
  { tenant, id, actor, at, command }: Verdict,
): Promise<Plan<QuarantinedItem, QuarantineRefusal>> {
  const books = await readBooks(store, tenant);
  const before = (await itemsById(store, tenant, [id])).get(id) ?? null;
  const decision = decideQuarantine(before, command, at);
  if (decision.kind === 'refused') return decision;
  const [after] = decision.events;
  if (before === null || after === undefined) return { kind: 'nothing', outcome: known(before) };

  const room = roomAfter(books.quarantine.state, before, after);
  const audited = bookAudit(books, { at, actor, subject: id, ...toldOf(command, after) });
  const change = changeOf(
    tenant,
    [{ heads: [quarantineHeadChange(books.quarantine, room)], events: [] }, audited],
    { records: [recordOf(after)] },
  );
  return { kind: 'change', outcome: after, change };
}

function known(item: QuarantinedItem | null): QuarantinedItem {
  if (item === null) throw new Error('An item that is not there was decided upon.');
  return item;
}

function toldOf(
  command: QuarantineCommand,
  { kind, cause }: QuarantinedItem,
): Pick<AuditFact, 'type' | 'data'> {
  switch (command.type) {
    case 'resolve':
      return { type: 'quarantine.retried', data: { kind, outcome: 'resolved' } };
    case 'try':
      return { type: 'quarantine.retried', data: { kind, outcome: 'still-unreadable', cause } };
    case 'discard':
      return { type: 'quarantine.discarded', data: { kind, cause, reason: command.reason.trim() } };
  }
}

function recordOf(item: QuarantinedItem): RecordChange {
  return { table: quarantineTable, id: item.id, value: storeItem(item) };
}
