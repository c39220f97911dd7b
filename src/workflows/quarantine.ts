import type { AuditFact } from '../decision/audit.ts';
import type { HeadChange, IndexMember, RecordChange } from '../decision/commit.ts';
import { digest } from '../decision/digest.ts';
import { handle } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import {
  type AskedRange,
  type Met,
  putIn,
  type QuarantinedItem,
  quarantineId,
  quarantineIndex,
} from '../usage/quarantine.ts';
import { bookAudit, changeOf } from './booking.ts';
import type { Store } from './ports.ts';
import { itemsById, recordOf } from './quarantined-items.ts';
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
