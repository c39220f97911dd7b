import { z } from 'zod';
import type { Count } from '../decision/commit.ts';
import { type TenantId, tenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import { type AccountState, account, emptyAccount } from '../ledger/account.ts';
import { readEvent, storeAccount } from '../ledger/stored-account.ts';
import { type Currency, currency } from '../money/currency.ts';
import { isFunded } from '../usage/known-row.ts';
import { readRow } from '../usage/stored-known-row.ts';
import { UsageCounts } from '../usage/usage-counts.ts';
import { accountHeads, auditLog, followsFromLog, ledgerLogs } from './derived-facts.ts';
import { type JournalPart, type JournalRefusal, type NumberedPart, readJournal } from './journal-lines.ts';

/** A journal that was read to its end and is whole, with all that follows from its facts. */
export interface CheckedJournal {
  readonly kind: 'whole';
  readonly tenant: TenantId;
  readonly stateHash: string;
  readonly digest: string;
  /** The states that its logs come to, and those that are kept as they were. */
  readonly heads: readonly RebuiltHead[];
  /** What the read models come to by the rows; the numbers that are kept as they were are in the journal. */
  readonly counts: readonly Count[];
}

export interface RebuiltHead {
  readonly head: string;
  readonly version: number;
  readonly state: JsonValue;
}

export type JournalChecked = CheckedJournal | { readonly kind: 'refused'; readonly refusal: JournalRefusal };

/**
 * Reads a whole journal before anything of it counts. Refuses with the codes of {@link JournalRefusal}; a fact whose
 * shape this version does not know makes its line `journal-altered`.
 */
export async function checkJournal(bytes: AsyncIterable<Uint8Array>): Promise<JournalChecked> {
  const replay = new Replay();
  let digest: string | null = null;
  let header: { readonly tenant: TenantId; readonly stateHash: string } | null = null;
  for await (const piece of readJournal(bytes)) {
    if (piece.refusal !== null) return { kind: 'refused', refusal: piece.refusal };
    if (piece.header !== null) {
      const tenant = tenantId(piece.header.tenant);
      if (tenant === null) return refusedAt('journal-foreign', 1);
      header = { tenant, stateHash: piece.header.stateHash };
    }
    const unreadable = replay.takeAll(piece.parts);
    if (unreadable !== null) return refusedAt('journal-altered', unreadable);
    // Not the last piece yet, perhaps: whatever follows the end is wrong.
    digest = piece.digest;
  }
  if (header === null || digest === null) return refusedAt('journal-cut', 1);
  return { kind: 'whole', ...header, digest, ...replay.result() };
}

function refusedAt(code: JournalRefusal['code'], line: number): JournalChecked {
  return { kind: 'refused', refusal: { code, data: { line } } };
}

const auditEntry = z.object({ seq: z.number().int(), hash: z.string() });

/** What the facts come to, as they are told one after the other. */
class Replay {
  readonly #accounts = new Map<Currency, AccountState>();
  readonly #counts = new UsageCounts();
  readonly #heads: RebuiltHead[] = [];
  #audit: JsonValue | null = null;

  /** The line of the first part that cannot be read, or null. */
  takeAll(parts: readonly NumberedPart[]): number | null {
    for (const { line, part } of parts) {
      try {
        this.#take(part);
      } catch {
        return line;
      }
    }
    return null;
  }

  result(): Pick<CheckedJournal, 'heads' | 'counts'> {
    return { heads: this.#heads, counts: this.#counts.changes() };
  }

  #take(part: JournalPart): void {
    if (part.kind === 'event') this.#event(part.log, part.event);
    else if (part.kind === 'record' && part.table === 'usage') this.#row(part.value);
    else if (part.kind === 'head') this.#head(part);
  }

  #event(log: string, event: JsonValue): void {
    if (log === auditLog) {
      const { seq, hash } = auditEntry.parse(event);
      this.#audit = { v: 1, seq, hash };
    }
    if (!log.startsWith(ledgerLogs)) return;
    const of = currencyOf(log.slice(ledgerLogs.length));
    this.#accounts.set(of, account.evolve(this.#accounts.get(of) ?? emptyAccount(of), readEvent(event)));
  }

  #row(value: JsonValue): void {
    const row = readRow(value);
    if (isFunded(row)) this.#counts.add(row);
  }

  /** Heads come last, so that their logs are read by then. */
  #head({ head, version, state }: Extract<JournalPart, { readonly kind: 'head' }>): void {
    const kept = followsFromLog(head) ? this.#concluded(head) : state;
    if (kept === undefined) throw new Error(`The head ${head} has no state.`);
    this.#heads.push({ head, version, state: kept });
  }

  #concluded(head: string): JsonValue | undefined {
    if (head === auditLog) return this.#audit ?? undefined;
    const state = this.#accounts.get(currencyOf(head.slice(accountHeads.length)));
    return state && storeAccount(state);
  }
}

function currencyOf(code: string): Currency {
  const known = currency(code);
  if (known === null) throw new Error(`${code} is no currency.`);
  return known;
}
