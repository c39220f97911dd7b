import { z } from 'zod';
import type { TenantId } from '../decision/ids.ts';
import type { WaitingMessage } from '../workflows/ports.ts';
import type { Connection } from './connection.ts';
import { readJson } from './json.ts';
import { tenantKeys } from './keys.ts';
import { reach } from './reach.ts';

const entry = z.tuple([z.literal('key'), z.string(), z.literal('body'), z.string()]);

/** The oldest messages first; a stream numbers its entries in the order of the commits. */
export async function readOutbox(
  connection: Connection,
  tenant: TenantId,
  count: number,
): Promise<readonly WaitingMessage[]> {
  const read = await reach(connection, (redis) =>
    redis.xrange(tenantKeys(tenant).outbox, '-', '+', 'COUNT', count),
  );
  return read.map(([place, fields]) => {
    const [, key, , body] = entry.parse(fields);
    return { place, key, body: readJson(body) };
  });
}

export function outboxLength(connection: Connection, tenant: TenantId): Promise<number> {
  return reach(connection, (redis) => redis.xlen(tenantKeys(tenant).outbox));
}

export async function removeFromOutbox(
  connection: Connection,
  tenant: TenantId,
  places: readonly string[],
): Promise<void> {
  if (places.length === 0) return;
  await reach(connection, (redis) => redis.xdel(tenantKeys(tenant).outbox, ...places));
}
