import { z } from 'zod';
import { decidedAt, isForArchive } from '../approvals/archive.ts';
import { readTopUp, storeTopUp } from '../approvals/stored-top-up.ts';
import type { TopUp } from '../approvals/top-up-state.ts';
import type { Change } from '../decision/commit.ts';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Instant } from '../decision/time.ts';
import { changeOf } from './booking.ts';
import type { Store } from './ports.ts';
import type { Versioned } from './tenant-books.ts';
import { type TopUpBooks, topUpHead, topUpIn } from './top-up-books.ts';

/** The table of requests that are closed for long, by their numbers. */
const archiveTable = 'topups';
/** Its requests by when people decided on them; a member is a number and an instant. */
const decisionsIndex = 'topup-decisions';

const archived = z.object({
  v: z.literal(1),
  version: z.number().int().positive(),
  state: z.custom<JsonValue>((value) => value !== undefined),
});

/** So many leave in one step at most; the next minute takes the next. */
const mostAtOnce = 500;

/**
 * Takes what is closed for long out of the states that every answer reads, so that these stay as few as what is open.
 * Nothing is lost or altered by it, so that it leaves no line in the audit. Where a request went on meanwhile, none
 * leaves until the next time.
 */
export async function archiveTopUps(
  store: Store,
  tenant: TenantId,
  { requests, at }: { readonly requests: readonly Versioned<TopUp>[]; readonly at: Instant },
): Promise<void> {
  const leaving = requests.filter(({ state }) => isForArchive(state, at)).slice(0, mostAtOnce);
  if (leaving.length > 0) await store.commit(changeOf(tenant, [], toArchive(leaving)));
}

function toArchive(leaving: readonly Versioned<TopUp>[]): Pick<Change, 'heads' | 'records' | 'members'> {
  return {
    heads: leaving.map((before) => ({ ...topUpHead(before, before.state), removed: true })),
    records: leaving.map(({ state, version }) => ({
      table: archiveTable,
      id: `${state.number}`,
      value: { v: 1, version, state: storeTopUp(state) },
    })),
    members: leaving.flatMap(({ state }) =>
      decidedAt(state).map((at) => ({ index: decisionsIndex, score: at, member: `${state.number}:${at}` })),
    ),
  };
}

/** At hand, or in the archive; null where the tenant has no such request. */
export async function requestIn(
  store: Store,
  tenant: TenantId,
  { found, number }: { readonly found: Pick<TopUpBooks, 'heads'>; readonly number: number },
): Promise<Versioned<TopUp> | null> {
  return topUpIn(found, number) ?? (await archivedAmong(store, tenant, [number])).get(number) ?? null;
}

/** Those of the requests that are in the archive. */
export async function archivedAmong(
  store: Store,
  tenant: TenantId,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, Versioned<TopUp>>> {
  if (numbers.length === 0) return new Map();
  const records = await store.records(tenant, archiveTable, numbers.map(String));
  return new Map([...records].map(([id, value]) => [Number(id), readArchived(value)]));
}

/** The numbers of those in the archive on which people decided in such a time, its end excluded. */
export async function archivedDecidedIn(
  store: Store,
  tenant: TenantId,
  range: { readonly from: Instant; readonly to: Instant },
): Promise<readonly number[]> {
  const members = await store.members(tenant, decisionsIndex, range);
  return members.map((member) => Number(member.split(':')[0]));
}

/** All of the archive, in no order; null where one has not a shape that this version knows. Off the request path only. */
export async function* wholeArchive(
  store: Store,
  tenant: TenantId,
): AsyncGenerator<{ readonly number: number; readonly state: TopUp | null }> {
  for await (const batch of store.allRecords(tenant, archiveTable)) {
    for (const [id, value] of batch) yield { number: Number(id), state: readableState(value) };
  }
}

function readableState(value: JsonValue): TopUp | null {
  try {
    return readArchived(value).state;
  } catch (error) {
    if (error instanceof z.ZodError) return null;
    throw error;
  }
}

function readArchived(value: JsonValue): Versioned<TopUp> {
  const { state, version } = archived.parse(value);
  return { state: readTopUp(state), version };
}
