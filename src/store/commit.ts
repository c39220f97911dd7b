import { readFileSync } from 'node:fs';
import type { Result } from 'ioredis';
import { z } from 'zod';
import {
  type Change,
  type CommitReply,
  maxMessagesPerChange,
  maxRecordsPerChange,
} from '../decision/commit.ts';
import type { Connection } from './connection.ts';
import { readJson } from './json.ts';
import { doneRetentionSeconds, tenantKeys } from './keys.ts';
import { reach } from './reach.ts';

/** The change cannot be made true, now or later: a defect of whoever made it, or of what is stored. */
export class ImpossibleChange extends Error {
  constructor(reason: string) {
    super(`The change is impossible: ${reason}.`);
    this.name = 'ImpossibleChange';
  }
}

/** Gives a connection the script; once per connection, before {@link commitChange}. */
export function defineCommit(connection: Connection): void {
  connection.defineCommand('commitChange', { lua: script });
}

/**
 * Makes a change true in one atomic step, or not at all. Where it throws StoreUnavailable, the change may have been
 * made just before: the same change again is answered `repeated` by its idempotency key, or `conflict` by its heads.
 * @throws {StoreUnavailable | ImpossibleChange}
 */
export async function commitChange(connection: Connection, change: Change): Promise<CommitReply> {
  refuseDefects(change);
  const { keys, values } = encode(change);
  const reply = await reach(connection, (redis) => redis.commitChange(keys.length, ...keys, ...values));
  return read(reply);
}

const script = readFileSync(new URL('commit.lua', import.meta.url), 'utf8');

declare module 'ioredis' {
  interface RedisCommander<Context> {
    commitChange(numberOfKeys: number, ...keysAndValues: string[]): Result<unknown, Context>;
  }
}

function refuseDefects(change: Change): void {
  if (change.records.length > maxRecordsPerChange) {
    throw new ImpossibleChange(
      `it has ${change.records.length} records, and at most ${maxRecordsPerChange} may be`,
    );
  }
  if (change.messages.length > maxMessagesPerChange) {
    throw new ImpossibleChange(
      `it has ${change.messages.length} messages, and at most ${maxMessagesPerChange} may be`,
    );
  }
  const heads = new Set(change.heads.map(({ head }) => head));
  if (heads.size < change.heads.length) throw new ImpossibleChange('it changes one head twice');
  for (const { head, expectedVersion } of change.heads) {
    const isVersion = Number.isSafeInteger(expectedVersion) && expectedVersion >= 0;
    if (!isVersion) throw new ImpossibleChange(`${expectedVersion} is not a version of ${head}`);
  }
  for (const { index, score } of change.members) {
    if (!Number.isFinite(score)) throw new ImpossibleChange(`${score} is not a score of ${index}`);
  }
}

/** Values by the key that they go to. */
type Section = ReadonlyMap<string, readonly string[]>;

function encode(change: Change): { readonly keys: readonly string[]; readonly values: readonly string[] } {
  const sections = sectionsOf(change);
  const { idempotency } = change;
  const done = idempotency ? [tenantKeys(change.tenantId).done(idempotency.key)] : [];
  const keys = [...new Set([...done, ...sections.flatMap((section) => [...section.keys()])])];

  const numbers = new Map(keys.map((key, index) => [key, String(index + 1)]));
  const values = [
    String(done.length),
    idempotency?.digest ?? '',
    idempotency ? JSON.stringify(idempotency.outcome) : '',
    String(doneRetentionSeconds),
  ];
  for (const section of sections) {
    values.push(String(section.size));
    for (const [key, group] of section) {
      values.push(numbers.get(key) ?? '', String(group.length));
      for (const value of group) values.push(value);
    }
  }
  return { keys, values };
}

/** In the order that the script's header gives. */
function sectionsOf(change: Change): readonly Section[] {
  const keys = tenantKeys(change.tenantId);
  const heads = change.heads.map(({ head, expectedVersion, state }) => {
    return [
      keys.heads,
      head,
      String(expectedVersion),
      String(expectedVersion + 1),
      JSON.stringify(state),
    ] as const;
  });
  return [
    grouped(heads),
    grouped(change.events.map(({ log, event }) => [keys.log(log), JSON.stringify(event)])),
    grouped(sums(change)),
    grouped(
      change.records.map(({ table, id, value }) => [keys.records(table, id), id, JSON.stringify(value)]),
    ),
    grouped(change.members.map(({ index, score, member }) => [keys.index(index), String(score), member])),
    grouped(change.messages.map(({ key, body }) => [keys.outbox, key, JSON.stringify(body)])),
  ];
}

function grouped(entries: readonly (readonly [key: string, ...values: string[]])[]): Section {
  const section = new Map<string, string[]>();
  for (const [key, ...values] of entries) {
    const group = section.get(key);
    if (group) group.push(...values);
    else section.set(key, values);
  }
  return section;
}

/** Each field once, so that the script can see beforehand whether the sum fits. */
function sums(change: Change): readonly (readonly [key: string, field: string, by: string])[] {
  const keys = tenantKeys(change.tenantId);
  const models = new Map<string, Map<string, bigint>>();
  for (const { model, field, by } of change.counts) {
    const fields = models.get(model) ?? new Map<string, bigint>();
    models.set(model, fields.set(field, (fields.get(field) ?? 0n) + by));
  }
  return [...models].flatMap(([model, fields]) =>
    [...fields].map(([field, by]) => [keys.counts(model), field, String(by)] as const),
  );
}

const replySchema = z.union([
  z.tuple([z.enum(['committed', 'key-reused', 'conflict'])]),
  z.tuple([z.enum(['repeated', 'impossible']), z.string()]),
]);

function read(reply: unknown): CommitReply {
  const [kind, text] = replySchema.parse(reply);
  switch (kind) {
    case 'repeated':
      return { kind, outcome: readJson(text) };
    case 'impossible':
      throw new ImpossibleChange(text);
    default:
      return { kind };
  }
}
