import { createHash } from 'node:crypto';
import type { Head } from '../decision/commit.ts';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import { readEvent } from '../ledger/stored-account.ts';
import { ledgerFacts, verify } from '../ledger/verify.ts';
import type { Store } from './ports.ts';
import { booksIn, readBooks, type TenantBooks } from './tenant-books.ts';
import { brokenAuditChain } from './verify-audit.ts';
import { unreadableHeads } from './verify-heads.ts';
import { type BookedRow, readRows, type TenantViolation, violationsOfRows } from './verify-rows.ts';
import { violationsOfTopUps } from './verify-top-ups.ts';

export interface Verified {
  /** No violation was found. */
  readonly ok: boolean;
  /** Of the ledger's facts alone: the same facts in any order give the same hash. */
  readonly stateHash: string;
  readonly entries: number;
  readonly violations: readonly TenantViolation[];
}

/** Imports go on meanwhile: what changed under the reading is read again, this often before it is given up. */
const maxReadings = 10;

/**
 * Recomputes every balance and read model from entries and rows, every request from its events, and the audit chain
 * from its first entry on.
 * Reads the whole history: for the operator's command, not for an answer.
 * @throws {TenantTooBusy}
 */
export async function verifyTenant(store: Store, tenant: TenantId): Promise<Verified> {
  for (let reading = 0; reading < maxReadings; reading += 1) {
    const heads = await store.heads(tenant);
    const unreadable = unreadableHeads(heads);
    if (unreadable.length > 0) return { ...nothingVerified, violations: unreadable };
    const books = booksIn(heads);
    const verified = await verifyBooks(store, tenant, { books, heads });
    const after = await readBooks(store, tenant);
    if (after.audit.version === books.audit.version && sameAccounts(books, after)) return verified;
  }
  throw new TenantTooBusy();
}

/** What is said of books that cannot be read. */
const nothingVerified = { ok: false, stateHash: '', entries: 0 } as const;

/** The ledger changed under every reading, so nothing can be said of it; ask again when the import is done. */
export class TenantTooBusy extends Error {
  constructor() {
    super(`The ledger changed during each of ${maxReadings} readings.`);
    this.name = 'TenantTooBusy';
  }
}

function sameAccounts(before: TenantBooks, after: TenantBooks): boolean {
  return [...after.accounts].every(
    ([currency, account]) => before.accounts.get(currency)?.version === account.version,
  );
}

async function verifyBooks(
  store: Store,
  tenant: TenantId,
  { books, heads }: { readonly books: TenantBooks; readonly heads: ReadonlyMap<string, Head> },
): Promise<Verified> {
  const rows = await readRows(store, tenant);
  const violations: TenantViolation[] = [];
  for (const [currency, { state }] of books.accounts) {
    const { events, unreadable } = await readLog(store, tenant, `ledger:${currency}`, readEvent);
    violations.push(
      ...unreadable,
      ...verify(state, events).map(({ code, data }) => ({ code, data: { currency, ...data } })),
    );
  }
  violations.push(...(await violationsOfRows(store, tenant, { books, rows })));
  violations.push(...(await violationsOfTopUps(store, tenant, heads)));
  violations.push(...(await brokenAuditChain(store, tenant, books)));
  return {
    ok: violations.length === 0,
    stateHash: stateHash(books, rows.booked),
    entries: [...books.accounts.values()].reduce((sum, { state }) => sum + state.entries, 0),
    violations,
  };
}

/** The events of a log that have a shape that this version knows; the others are named by their place. */
async function readLog<Event>(
  store: Store,
  tenant: TenantId,
  log: string,
  read: (stored: JsonValue) => Event,
): Promise<{ readonly events: readonly Event[]; readonly unreadable: readonly TenantViolation[] }> {
  const events: Event[] = [];
  const unreadable: TenantViolation[] = [];
  let number = 0;
  for await (const batch of store.log(tenant, log)) {
    for (const stored of batch) {
      number += 1;
      try {
        events.push(read(stored));
      } catch {
        unreadable.push({ code: 'event-unreadable', data: { log, number } });
      }
    }
  }
  return { events, unreadable };
}

function stateHash(books: TenantBooks, rows: readonly BookedRow[]): string {
  const facts = [...books.accounts.values()].flatMap(({ state }) => ledgerFacts(state));
  const calls = rows.map(({ id, currency, charge, startedAt }) => `${id} ${currency} ${charge} ${startedAt}`);
  const hash = createHash('sha256');
  const lines = [...facts.sort(), ...calls.sort()];
  // A million lines, each by itself, take longer to hand over than to hash.
  for (let start = 0; start < lines.length; start += linesPerUpdate) {
    hash.update(`${lines.slice(start, start + linesPerUpdate).join('\n')}\n`);
  }
  return hash.digest('hex');
}

const linesPerUpdate = 1_000;
