import type { Head } from '../decision/commit.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { followsFromLog, followsFromRows, indexFollowsFromRows } from './derived-facts.ts';
import { type JournalPart, JournalWriter } from './journal-lines.ts';
import type { Store, StoredNames } from './ports.ts';
import { rebuildHead } from './rebuilding.ts';
import { TenantTooBusy, verifyTenant } from './verify-tenant.ts';

/**
 * All facts of a tenant as the text of a journal, in pieces and in bounded memory. What follows from them (balances,
 * read models, the index of calls) is not in it: a rebuild concludes it anew. Nor are messages that wait to be sent,
 * which would be sent twice.
 * @throws {TenantTooBusy} at the end, where the facts changed meanwhile: the journal then has no end and is refused.
 */
export async function* exportJournal(store: Store, tenant: TenantId, at: Instant): AsyncGenerator<string> {
  const { stateHash } = await verifyTenant(store, tenant);
  const heads = await store.heads(tenant);
  const writer = new JournalWriter();
  yield writer.line({ kind: 'journal', v: 1, tenant, at: new Date(at).toISOString(), stateHash });
  for await (const parts of factsOf(store, tenant, await store.names(tenant))) {
    yield parts.map((part) => writer.line(part)).join('');
  }
  yield headParts(heads)
    .map((part) => writer.line(part))
    .join('');
  if (!sameVersions(heads, await store.heads(tenant))) throw new TenantTooBusy();
  yield writer.end();
}

async function* factsOf(
  store: Store,
  tenant: TenantId,
  names: StoredNames,
): AsyncGenerator<readonly JournalPart[]> {
  for (const log of names.logs) {
    for await (const events of store.log(tenant, log)) {
      yield events.map((event) => ({ kind: 'event', log, event }));
    }
  }
  for (const table of names.tables) {
    for await (const records of store.allRecords(tenant, table)) {
      yield records.map(([id, value]) => ({ kind: 'record', table, id, value }));
    }
  }
  for (const index of names.indexes.filter((name) => !indexFollowsFromRows(name))) {
    for await (const members of store.scoredMembers(tenant, index)) {
      yield members.map(([member, score]) => ({ kind: 'member', index, member, score }));
    }
  }
  for (const model of names.models.filter((name) => !followsFromRows(name))) {
    const counts = await store.counts(tenant, model);
    yield [...counts].map(([field, number]) => ({ kind: 'count', model, field, number: String(number) }));
  }
  for (let start = 0; start < names.answers.length; start += answersPerBatch) {
    const answers = await store.answers(tenant, names.answers.slice(start, start + answersPerBatch));
    yield answers.map((answer) => ({ kind: 'answer', ...answer }));
  }
}

const answersPerBatch = 500;

function headParts(heads: ReadonlyMap<string, Head>): readonly JournalPart[] {
  return [...heads]
    .filter(([head]) => head !== rebuildHead)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([head, { version, state }]) => ({
      kind: 'head',
      head,
      version,
      ...(followsFromLog(head) ? {} : { state }),
    }));
}

function sameVersions(before: ReadonlyMap<string, Head>, after: ReadonlyMap<string, Head>): boolean {
  return (
    before.size === after.size &&
    [...before].every(([head, { version }]) => after.get(head)?.version === version)
  );
}
