import { z } from 'zod';
import type { RecordChange } from '../decision/commit.ts';
import { type PersonId, personId, type TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Day, Instant } from '../decision/time.ts';
import { type Currency, currency } from '../money/currency.ts';
import type { Store } from './ports.ts';

/** What digests a person had, as far as the next one needs to know. */
export interface DigestRecord {
  /** The last day that was decided upon, whether or not there was something to say. */
  readonly decided: Day;
  readonly latest: DigestSaid | null;
  /** What the latest one is compared with. */
  readonly before: DigestSaid | null;
}

/** How the accounts stood at one digest. */
export interface DigestSaid {
  readonly day: Day;
  readonly at: Instant;
  readonly accounts: ReadonlyMap<Currency, Standing>;
}

/** In micro-units: what is left, and what calls took and what came in since the account's beginning. */
export interface Standing {
  readonly balance: bigint;
  readonly used: bigint;
  readonly funded: bigint;
}

/** A digest is about one morning of one person; `name` is its day. */
export function digestSubject(person: PersonId, name: string): string {
  return `${person}:${name}`;
}

/** Null where it names no person. */
export function readDigestSubject(id: string): { readonly person: PersonId; readonly name: string } | null {
  const at = id.indexOf(':');
  const person = personId(id.slice(0, at));
  return person === null ? null : { person, name: id.slice(at + 1) };
}

const table = 'digests';

/** As they are stored beside what they say, so that a commit can tell that they are still so. */
export interface StoredDigest {
  readonly record: DigestRecord;
  readonly stored: JsonValue;
}

export async function digestsOf(
  store: Pick<Store, 'records'>,
  tenant: TenantId,
  people: readonly PersonId[],
): Promise<ReadonlyMap<string, StoredDigest>> {
  const found = await store.records(tenant, table, people);
  return new Map([...found].map(([id, stored]) => [id, { record: readRecord(stored), stored }]));
}

export function digestChange(
  person: PersonId,
  before: StoredDigest | undefined,
  { decided, latest, before: base }: DigestRecord,
): RecordChange {
  const value = { v: 1, decided, latest: storeSaid(latest), before: storeSaid(base) };
  return { table, id: person, value, expected: before?.stored ?? null };
}

const microUnits = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);
const day = z.string().transform((text) => text as Day);
const said = z
  .object({
    day,
    at: z.number(),
    accounts: z.record(z.object({ balance: microUnits, used: microUnits, funded: microUnits })),
  })
  .nullable();
const storedRecord = z.object({ v: z.literal(1), decided: day, latest: said, before: said });

function readRecord(stored: JsonValue): DigestRecord {
  const { decided, latest, before } = storedRecord.parse(stored);
  return { decided, latest: readSaid(latest), before: readSaid(before) };
}

function readSaid(stored: z.infer<typeof said>): DigestSaid | null {
  if (stored === null) return null;
  const accounts = Object.entries(stored.accounts).flatMap(([code, standing]) => {
    const known = currency(code);
    return known === null ? [] : [[known, standing] as const];
  });
  return { ...stored, accounts: new Map(accounts) };
}

function storeSaid(one: DigestSaid | null): JsonValue {
  if (one === null) return null;
  const accounts = [...one.accounts].map(([code, { balance, used, funded }]) => [
    code,
    { balance: String(balance), used: String(used), funded: String(funded) },
  ]);
  return { day: one.day, at: one.at, accounts: Object.fromEntries(accounts) };
}
