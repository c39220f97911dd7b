import type { Head } from '../decision/commit.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Connection } from './connection.ts';
import { readable } from './json.ts';
import { tenantKeys } from './keys.ts';
import { reach } from './reach.ts';

/** Heads of some hundreds of tenants, each some kilobytes. */
const mostTenants = 500;

interface ReadHead {
  readonly text: string;
  readonly head: Head;
}

/**
 * Reads heads, and parses only what changed since they were last read here: the same text is the same head, which is
 * handed out again as it is.
 */
export class Heads {
  readonly #connection: Connection;
  readonly #last = new Map<TenantId, ReadonlyMap<string, ReadHead>>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async of(tenant: TenantId): Promise<ReadonlyMap<string, Head>> {
    const stored = await reach(this.#connection, (redis) => redis.hgetall(tenantKeys(tenant).heads));
    const last = this.#last.get(tenant);
    const read = new Map<string, ReadHead>();
    const heads = new Map<string, Head>();
    for (const [name, text] of Object.entries(stored)) {
      const before = last?.get(name);
      const now = before?.text === text ? before : { text, head: readHead(text) };
      read.set(name, now);
      heads.set(name, now.head);
    }
    if (last === undefined && this.#last.size >= mostTenants) this.#last.clear();
    this.#last.set(tenant, read);
    return heads;
  }
}

function readHead(text: string): Head {
  const space = text.indexOf(' ');
  return { version: Number(text.slice(0, space)), state: readable(text.slice(space + 1)) };
}
