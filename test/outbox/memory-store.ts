import type { Change, CommitReply } from '../../src/decision/commit.ts';
import type { JsonValue } from '../../src/decision/json.ts';
import type { Store } from '../../src/workflows/ports.ts';

/** The records and members of a store, with its promise that a record is what it was when it was read. */
export class MemoryStore implements Pick<Store, 'records' | 'commit' | 'members'> {
  readonly #records = new Map<string, string>();
  readonly #members = new Map<string, Map<string, number>>();

  async records(tenant: string, table: string, ids: readonly string[]): Promise<Map<string, JsonValue>> {
    const found = new Map<string, JsonValue>();
    for (const id of ids) {
      const text = this.#records.get(`${tenant}/${table}/${id}`);
      if (text !== undefined) found.set(id, JSON.parse(text));
    }
    return found;
  }

  async members(tenant: string, index: string): Promise<readonly string[]> {
    return [...(this.#members.get(`${tenant}/${index}`)?.keys() ?? [])];
  }

  async commit({ tenantId, records, members }: Change): Promise<CommitReply> {
    const keyOf = ({ table, id }: { readonly table: string; readonly id: string }) =>
      `${tenantId}/${table}/${id}`;
    const isOther = records.some((record) => {
      if (record.expected === undefined) return false;
      const expected = record.expected === null ? undefined : JSON.stringify(record.expected);
      return this.#records.get(keyOf(record)) !== expected;
    });
    if (isOther) return { kind: 'conflict' };
    for (const record of records) this.#records.set(keyOf(record), JSON.stringify(record.value));
    for (const { index, member, score } of members) {
      const scores = this.#members.get(`${tenantId}/${index}`) ?? new Map<string, number>();
      this.#members.set(`${tenantId}/${index}`, scores.set(member, score));
    }
    return { kind: 'committed' };
  }
}
