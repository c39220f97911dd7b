import { readFileSync } from 'node:fs';
import type { Result } from 'ioredis';
import { z } from 'zod';
import {
  type Change,
  type CommitReply,
  type Idempotency,
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
  const reply = await reach(connection, (redis) => redis.commitChange(keys.length, ...keys, values));
  return read(reply);
}

const script = readFileSync(new URL('commit.lua', import.meta.url), 'utf8');

declare module 'ioredis' {
  interface RedisCommander<Context> {
    commitChange(numberOfKeys: number, ...keysAndValues: (string | Buffer)[]): Result<unknown, Context>;
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
  for (const { head, expectedVersion, version = expectedVersion + 1 } of change.heads) {
    const isVersion = Number.isSafeInteger(expectedVersion) && expectedVersion >= 0;
    if (!isVersion) throw new ImpossibleChange(`${expectedVersion} is not a version of ${head}`);
    const isNext = Number.isSafeInteger(version) && version > expectedVersion;
    if (!isNext)
      throw new ImpossibleChange(`${version} does not follow version ${expectedVersion} of ${head}`);
  }
  for (const { index, score } of change.members) {
    if (!Number.isFinite(score)) throw new ImpossibleChange(`${score} is not a score of ${index}`);
  }
}

/** Values by the key that they go to. */
type Section = ReadonlyMap<string, readonly string[]>;

/** All values go as one JSON text: ten thousand arguments of their own cost several times as much to send. */
function encode(change: Change): { readonly keys: readonly string[]; readonly values: Buffer } {
  const { idempotency } = change;
  const sections = Object.entries(sectionsOf(change));
  const done = idempotency ? [tenantKeys(change.tenantId).done(idempotency.key)] : [];
  const keys = [...new Set([...done, ...sections.flatMap(([, section]) => [...section.keys()])])];

  const numbers = new Map(keys.map((key, index) => [key, index + 1]));
  const numbered = sections.map(([name, section]) => {
    return [name, [...section].map(([key, group]) => [numbers.get(key), group])] as const;
  });
  const values = {
    ...(idempotency ? { done: doneValues(idempotency) } : {}),
    ...Object.fromEntries(numbered),
  };
  return { keys, values: bytesOf(asJson(values)) };
}

function doneValues({ digest, outcome }: Idempotency): Readonly<Record<string, string>> {
  return { digest, outcome: JSON.stringify(outcome), seconds: String(doneRetentionSeconds) };
}

/** Half a surrogate pair is no character, and Redis reads no JSON that has one. */
function asJson(values: object): string {
  const json = JSON.stringify(values);
  if (!json.includes('\\ud')) return json;
  return JSON.stringify(values, (_, value: unknown) =>
    typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\uFFFD') : value,
  );
}

const utf8 = new TextEncoder();

/** Long text is encoded so in a twentieth of the time that a socket, or Buffer.from, takes for it. */
function bytesOf(text: string): Buffer {
  return Buffer.from(utf8.encode(text).buffer);
}

/** Under the names that the script's header gives them. */
function sectionsOf(change: Change): Readonly<Record<string, Section>> {
  const keys = tenantKeys(change.tenantId);
  const heads = change.heads.map(
    ({ head, expectedVersion, version = expectedVersion + 1, state, removed }) => {
      const next = removed ? '' : String(version);
      return [keys.heads, head, String(expectedVersion), next, JSON.stringify(state)] as const;
    },
  );
  return {
    heads: grouped(heads),
    expected: grouped(change.records.flatMap((record) => expectation(keys, record))),
    logs: grouped(change.events.map(({ log, event }) => [keys.log(log), JSON.stringify(event)])),
    counts: sums(change),
    records: grouped(
      change.records.map(({ table, id, value }) => [keys.records(table, id), id, JSON.stringify(value)]),
    ),
    indexes: grouped(
      change.members.map(({ index, score, member }) => [keys.index(index), String(score), member]),
    ),
    outbox: grouped(change.messages.map(({ key, body }) => [keys.outbox, key, JSON.stringify(body)])),
  };
}

/** No JSON text is empty, so that the empty one stands for a record that was never written. */
function expectation(
  keys: ReturnType<typeof tenantKeys>,
  { table, id, expected }: Change['records'][number],
): readonly (readonly [key: string, id: string, value: string])[] {
  if (expected === undefined) return [];
  return [[keys.records(table, id), id, expected === null ? '' : JSON.stringify(expected)]];
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
function sums(change: Change): Section {
  const keys = tenantKeys(change.tenantId);
  const models = new Map<string, Map<string, bigint>>();
  for (const { model, field, by } of change.counts) {
    const fields = models.get(model) ?? new Map<string, bigint>();
    models.set(model, fields.set(field, (fields.get(field) ?? 0n) + by));
  }
  const sections = [...models].map(([model, fields]) => {
    return [keys.counts(model), [...fields].flatMap(([field, by]) => [field, String(by)])] as const;
  });
  return new Map(sections);
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
