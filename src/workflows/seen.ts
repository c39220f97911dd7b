import { z } from 'zod';
import type { RecordChange } from '../decision/commit.ts';
import { handle } from '../decision/handle.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { incidentsTable } from './alert-books.ts';
import { changeOf } from './booking.ts';
import type { Ports, Store } from './ports.ts';

/** Whose card of which subject was tapped. */
export interface Seen {
  readonly about: Subject & { readonly kind: 'incident' };
  readonly person: PersonId;
}

interface Subject {
  readonly kind: string;
  readonly id: string;
}

/**
 * Beside the deliveries, whose senders would take a change by anybody else for the loss of their own: who taps on a
 * card has seen it.
 */
const table = 'seen';
const stored = z.object({ v: z.literal(1), at: z.number().int() });

/** For the commit of the deed: nothing where it was seen before. */
export async function seenRecords(
  store: Pick<Store, 'records'>,
  tenant: TenantId,
  { about, person, at }: Seen & { readonly at: Instant },
): Promise<readonly RecordChange[]> {
  const id = idOf(about, person);
  const before = (await store.records(tenant, table, [id])).get(id);
  return before === undefined ? [{ table, id, value: { v: 1, at }, expected: null }] : [];
}

/**
 * Where there is no deed to be committed with. A card is not believed: what there is no incident of is not marked.
 * @throws {StoreUnavailable}
 */
export async function markSeen(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  tenant: TenantId,
  seen: Seen,
): Promise<void> {
  await handle<null, never>({
    decide: async () => {
      const { id } = seen.about;
      const isKnown = (await store.records(tenant, incidentsTable, [id])).has(id);
      if (!isKnown) return { kind: 'nothing', outcome: null };
      const records = await seenRecords(store, tenant, { ...seen, at: clock.now() });
      if (records.length === 0) return { kind: 'nothing', outcome: null };
      return { kind: 'change', outcome: null, change: changeOf(tenant, [], { records }) };
    },
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
}

/** When each first tapped, of those who did. @throws {StoreUnavailable} */
export async function seenBy(
  store: Pick<Store, 'records'>,
  tenant: TenantId,
  { about, people }: { readonly about: Subject; readonly people: readonly string[] },
): Promise<ReadonlyMap<string, Instant>> {
  const ids = new Map(people.map((person) => [idOf(about, person), person]));
  const found = await store.records(tenant, table, [...ids.keys()]);
  return new Map([...found].map(([id, value]) => [ids.get(id) ?? id, stored.parse(value).at]));
}

function idOf({ kind, id }: Subject, person: string): string {
  return `${kind}:${id}:${person}`;
}
