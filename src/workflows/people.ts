import { z } from 'zod';
import type { Head } from '../decision/commit.ts';
import { type Handled, handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Instant } from '../decision/time.ts';
import { type HoldingChange, holdingChanges } from '../people/holding-changes.ts';
import { selectableRoles } from '../people/role-catalogue.ts';
import { heldAt, type RoleHoldings } from '../people/role-holder.ts';
import { readHoldings, storeHoldings } from '../people/stored-holdings.ts';
import { type Booked, bookAudit, changeOf } from './booking.ts';
import { DirectoryUnavailable, type Ports, type Store } from './ports.ts';
import { readBooks } from './tenant-books.ts';

type PeoplePorts = Pick<Ports, 'store' | 'roleDirectory' | 'clock' | 'peopleFreshMs'>;

/** Who holds the selectable roles, and what changed since the reading before. */
export interface PeopleRead {
  readonly holdings: RoleHoldings;
  readonly changes: readonly HoldingChange[];
}

/**
 * Who holds the selectable roles: as last read where that is fresh, else read anew. While the directory is away the
 * last reading stands, whatever its age, which `readAt` tells, less what has ended since.
 * @throws {DirectoryUnavailable} where nothing was ever read @throws {StoreUnavailable}
 */
export async function people(ports: PeoplePorts, tenant: TenantId): Promise<RoleHoldings> {
  const kept = await lastPeople(ports.store, tenant);
  const last = kept === null ? null : heldAt(kept, ports.clock.now());
  if (last !== null && ports.clock.now() - last.readAt < ports.peopleFreshMs) return last;
  try {
    return (await readAndKeep(ports, tenant, { somebodyWaits: true })).holdings;
  } catch (cause) {
    if (last !== null && cause instanceof DirectoryUnavailable) return last;
    throw cause;
  }
}

/**
 * Reads the directory now, with the patience of one for whom nobody waits.
 * @throws {DirectoryUnavailable} @throws {StoreUnavailable}
 */
export function refreshPeople(ports: PeoplePorts, tenant: TenantId): Promise<PeopleRead> {
  return readAndKeep(ports, tenant, { somebodyWaits: false });
}

/** What was read last, without asking the directory; null where nothing ever was. @throws {StoreUnavailable} */
export async function lastPeople(
  store: Pick<Store, 'records'>,
  tenant: TenantId,
): Promise<RoleHoldings | null> {
  const found = (await store.records(tenant, table, [id])).get(id);
  return found === undefined ? null : readHoldings(found);
}

const table = 'people-held';
const id = 'holdings';
/** Small, so that whoever reads the heads does not read everybody; its version keeps an older reading out. */
const head = 'people';
const storedHead = z.object({ v: z.literal(1), readAt: z.number().int() });

/** Of the heads of a tenant; null where nobody was ever read. */
export function peopleReadAt(heads: ReadonlyMap<string, Head>): Instant | null {
  const known = heads.get(head);
  return known === undefined ? null : storedHead.parse(known.state).readAt;
}

async function readAndKeep(
  ports: PeoplePorts,
  tenant: TenantId,
  patience: { readonly somebodyWaits: boolean },
): Promise<PeopleRead> {
  const read = await ports.roleDirectory.roleHoldings(tenant, selectableRoles, patience);
  const kept: Handled<PeopleRead, never> = await handle<PeopleRead, never>({
    decide: () => decide(ports.store, tenant, read),
    commit: (change) => ports.store.commit(change),
    readOutcome: neverRepeated,
  });
  return kept.kind === 'done' ? kept.outcome : neverRepeated();
}

async function decide(store: Store, tenant: TenantId, read: RoleHoldings): Promise<Plan<PeopleRead, never>> {
  const known = (await store.heads(tenant)).get(head);
  const last = await lastPeople(store, tenant);
  // Another reading was quicker and is younger: what it found stands.
  if (known !== undefined && last !== null && storedHead.parse(known.state).readAt >= read.readAt) {
    return { kind: 'nothing', outcome: { holdings: last, changes: [] } };
  }
  const changes = last === null ? [] : holdingChanges(last, read);
  const state: JsonValue = { v: 1, readAt: read.readAt };
  const kept: Booked = {
    heads: [{ head, expectedVersion: known?.version ?? 0, state }],
    events: [],
  };
  const audited = changes.length === 0 ? [] : [await audit(store, tenant, { read, changes })];
  const change = changeOf(tenant, [kept, ...audited], {
    records: [{ table, id, value: storeHoldings(read) }],
  });
  return { kind: 'change', change, outcome: { holdings: read, changes } };
}

/** An entry is read whole; more changes at once than this come from one group, and their number says enough. */
const mostNamed = 1_000;

async function audit(
  store: Store,
  tenant: TenantId,
  { read, changes }: { readonly read: RoleHoldings; readonly changes: readonly HoldingChange[] },
): Promise<Booked> {
  const named = changes.slice(0, mostNamed).map((change): JsonValue => ({ ...change }));
  return bookAudit(await readBooks(store, tenant), {
    at: read.readAt,
    actor: 'directory',
    type: 'people.changed',
    subject: tenant,
    data: { changes: named, more: changes.length - named.length },
  });
}

/** A reading carries no key that could be met again: the time at which it was made tells it from others. */
function neverRepeated(): never {
  throw new Error('A reading of the directory has no key.');
}
