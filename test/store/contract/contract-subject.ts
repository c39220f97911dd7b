import assert from 'node:assert/strict';
import type { Change } from '../../../src/decision/commit.ts';
import type { TenantId } from '../../../src/decision/ids.ts';
import type { JsonValue } from '../../../src/decision/json.ts';
import { type Connection, connect } from '../../../src/store/connection.ts';
import { tenantKeys } from '../../../src/store/keys.ts';
import type { Store } from '../../../src/workflows/ports.ts';
import { freshTenant, type TestStore } from '../../fakes/redis.ts';

/** The store under test, and a tenant that is new in each test. */
export interface ContractSubject {
  readonly store: Store;
  /** For what no port shows: keys, and the outbox. */
  readonly raw: Connection;
  readonly tenant: TenantId;
  /** A change of the tenant with these parts and no others. */
  change(parts: Partial<Change>): Change;
}

/** Registers the hooks that keep a subject for the enclosing `describe`. */
export function contractSubject(from: TestStore): ContractSubject {
  const current: { raw?: Connection; tenant: TenantId } = { tenant: freshTenant() };
  before(async () => {
    const raw = connect(from.url, { onError: (error) => assert.fail(error) });
    current.raw = raw;
    await new Promise((resolve) => raw.once('ready', resolve));
  });
  after(() => current.raw?.quit());
  beforeEach(() => {
    current.tenant = freshTenant();
  });

  return {
    get store() {
      return from.store;
    },
    get raw() {
      assert.ok(current.raw, 'The connection is there from the first before hook on.');
      return current.raw;
    },
    get tenant() {
      return current.tenant;
    },
    change: (parts) => ({ ...nothing, tenantId: current.tenant, ...parts }),
  };
}

const nothing = { heads: [], events: [], counts: [], records: [], members: [], messages: [] } as const;

/** One of each thing that a change can carry, heads apart. */
export const oneOfEach = {
  events: [{ log: 'l', event: 'e' }],
  counts: [{ model: 'm', field: 'f', by: 1n }],
  records: [row(1)],
  members: [{ index: 'i', score: 1, member: 'm' }],
  messages: [{ key: 'message', body: 'b' }],
};

export function account(expectedVersion: number, state: JsonValue) {
  return { head: 'account:USD', expectedVersion, state };
}

export function row(index: number) {
  return {
    table: 'rows',
    id: `row-${index}`,
    value: { charge: String(100_000_000_000_000n + BigInt(index)) },
  };
}

type Place = Pick<ContractSubject, 'store' | 'raw' | 'tenant'>;

/** All that {@link oneOfEach} and an account could have changed. */
export async function everything({ store, raw, tenant }: Place) {
  return {
    heads: await store.heads(tenant),
    log: await batches(store.log(tenant, 'l')),
    counts: await store.counts(tenant, 'm'),
    records: await batches(store.allRecords(tenant, 'rows')),
    members: await store.members(tenant, 'i', { from: 0, to: 10 }),
    outbox: await outbox({ raw, tenant }),
    keys: await keysOf({ raw, tenant }),
  };
}

export async function outbox({ raw, tenant }: Omit<Place, 'store'>): Promise<readonly string[][]> {
  const entries = await raw.xrange(tenantKeys(tenant).outbox, '-', '+');
  return entries.map(([, fields]) => fields);
}

export async function keysOf({ raw, tenant }: Omit<Place, 'store'>): Promise<readonly string[]> {
  const nodes = 'nodes' in raw ? raw.nodes('master') : [raw];
  const found = await Promise.all(nodes.map((node) => node.keys(`*${tenant}*`)));
  return found.flat().sort();
}

export async function batches<Item>(source: AsyncIterable<Item>): Promise<readonly Item[]> {
  const read: Item[] = [];
  for await (const batch of source) read.push(batch);
  return read;
}
