import type { AuditFact } from '../decision/audit.ts';
import type { HeadChange, RecordChange } from '../decision/commit.ts';
import { handle, type Plan } from '../decision/handle.ts';
import type { RowId, TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { account } from '../ledger/account.ts';
import type { Currency } from '../money/currency.ts';
import { batchId } from '../usage/batch-id.ts';
import { callersIn, callersTable, readCaller, storeCaller } from '../usage/caller.ts';
import { decideIntake, type IntakeDecision } from '../usage/intake.ts';
import type { KnownRow } from '../usage/known-row.ts';
import type { Met } from '../usage/quarantine.ts';
import type { ReadRow } from '../usage/read-row.ts';
import { readRow, storeRow } from '../usage/stored-known-row.ts';
import type { UsageRow } from '../usage/usage-row.ts';
import { type Booked, bookAccount, bookAudit, changeOf } from './booking.ts';
import type { Clock, Store } from './ports.ts';
import { quarantineMet } from './quarantine.ts';
import { ReadAhead } from './read-ahead.ts';
import { accountOf, readBooks, type TenantBooks, usageHeadChange } from './tenant-books.ts';

/** What an import came to, row by row. */
export interface UsageRecorded {
  readonly new: number;
  readonly known: number;
  readonly changed: number;
  readonly ignored: number;
  readonly rejected: number;
  /** The first rejected rows with their reasons; at most {@link maxErrors}. */
  readonly errors: readonly { readonly row: number; readonly reason: string }[];
  /** What the import moved, in micro-units by currency: above zero was spent. */
  readonly amounts: ReadonlyMap<Currency, bigint>;
}

/** More than this many bad rows is a wrong file rather than bad rows; all are counted, these are named. */
export const maxErrors = 1_000;

/** The rows, and who or what brought them. */
export interface UsageToRecord {
  readonly tenant: TenantId;
  /** At most 1,000 rows a batch. */
  readonly batches: AsyncIterable<readonly ReadRow[]>;
  readonly actor: string;
}

/**
 * Books rows batch by batch, each in one atomic step, so that a batch is all there or not at all. Rows are known by
 * their ids: after a crash the same import again books what is missing and nothing twice.
 */
export async function recordUsage(
  store: Store,
  clock: Clock,
  { tenant, batches, actor }: UsageToRecord,
): Promise<UsageRecorded> {
  const sum = new RunningSum();
  const ahead = new ReadAhead(batches);
  // Once the commit is on its way to the store, there is time to read.
  const whileCommitting = () => setImmediate(() => ahead.begin());
  try {
    for (let batch = await ahead.take(); batch !== null; batch = await ahead.take()) {
      const rows = batch.flatMap((read) => (read.kind === 'row' ? [read.usage] : []));
      const poison = poisonIn(batch);
      sum.reject(batch);
      if (rows.length === 0 && poison.length === 0) continue;
      sum.add(await recordBatch(store, { tenant, rows, poison, actor, at: clock.now() }, whileCommitting));
    }
  } finally {
    await ahead.close();
  }
  return sum.recorded();
}

interface Batch {
  readonly tenant: TenantId;
  readonly rows: readonly UsageRow[];
  /** Rows that could not be read: they stop nobody, and wait in quarantine. */
  readonly poison: readonly Met[];
  readonly actor: string;
  readonly at: Instant;
}

/** A row where reading broke off is none, and the import tells of it. */
function poisonIn(batch: readonly ReadRow[]): readonly Met[] {
  return batch.flatMap((read) =>
    read.kind === 'rejected' && read.content !== ''
      ? [{ kind: 'row', source: read.source, cause: read.reason, content: read.content, range: null }]
      : [],
  );
}

async function recordBatch(store: Store, batch: Batch, whileCommitting: () => void): Promise<IntakeDecision> {
  const handled = await handle<IntakeDecision | null, never>({
    decide: () => decide(store, batch),
    commit: (change) => {
      whileCommitting();
      return store.commit(change);
    },
    // Rows are idempotent by their ids, so the change carries no key that could be met again.
    readOutcome: () => null,
  });
  if (handled.kind === 'refused' || handled.outcome === null)
    throw new Error('A batch of rows is never refused.');
  return handled.outcome;
}

async function decide(store: Store, batch: Batch): Promise<Plan<IntakeDecision, never>> {
  // The heads first: a row that changes after this moves a version, and the commit notices.
  const books = await readBooks(store, batch.tenant);
  const known = await knownRows(store, batch);
  const intake = decideIntake(batch.rows, known);
  const quarantined = await quarantineMet(store, books, { ...batch, met: batch.poison });
  const isNews = intake.records.size > 0;
  if (!isNews && quarantined.heads.length === 0) return { kind: 'nothing', outcome: intake };

  const booked = isNews ? bookRows(books, batch, { intake, known }) : { parts: [], facts: [] };
  const audited = bookAudit(books, ...booked.facts, ...quarantined.facts);
  const change = changeOf(
    batch.tenant,
    [...booked.parts, { heads: quarantined.heads, events: [] }, audited],
    {
      counts: intake.counts,
      members: [...intake.members, ...quarantined.members],
      records: [
        ...[...intake.records].map(([id, row]) => ({ table: 'usage', id, value: storeRow(row) })),
        ...(isNews ? await newCallers(store, batch) : []),
        ...quarantined.records,
      ],
    },
  );
  return { kind: 'change', change, outcome: intake };
}

interface Taken {
  readonly intake: IntakeDecision;
  readonly known: ReadonlyMap<RowId, KnownRow>;
}

/** What the rows of a batch come to in the accounts, and what the audit is told of them. */
function bookRows(
  books: TenantBooks,
  batch: Batch,
  { intake, known }: Taken,
): { readonly parts: readonly Booked[]; readonly facts: readonly AuditFact[] } {
  const id = batchId(intake);
  const accounts = [...intake.charges].map(([currency, charges]) => {
    const before = accountOf(books, currency);
    const decision = account.decide(before.state, { type: 'recordUsage', batch: { id, charges } }, batch.at);
    if (decision.kind === 'refused') throw new Error(`The account refused usage: ${decision.refusal.code}.`);
    return bookAccount(before, decision.events);
  });
  const { at, actor } = batch;
  return {
    parts: [...accounts, { heads: [usageHead(books, intake, known)], events: [] }],
    facts: [{ at, actor, type: 'usage.recorded', subject: id, data: { ...intake.tally } }],
  };
}

async function knownRows(store: Store, { tenant, rows }: Batch): Promise<ReadonlyMap<RowId, KnownRow>> {
  const stored = await store.records(
    tenant,
    'usage',
    rows.map((row) => row.id),
  );
  return new Map([...stored].map(([id, value]) => [id as RowId, readRow(value)]));
}

/** Those whose name is not known yet, or is another by now. */
async function newCallers(store: Store, { tenant, rows }: Batch): Promise<readonly RecordChange[]> {
  const named = [...callersIn(rows)];
  const known = await store.records(
    tenant,
    callersTable,
    named.map(([user]) => user),
  );
  return named
    .filter(([user, { displayName }]) => {
      const before = known.get(user);
      return before === undefined || readCaller(before).displayName !== displayName;
    })
    .map(([id, caller]) => ({ table: callersTable, id, value: storeCaller(caller) }));
}

/** Every batch that changes a record moves this head, so that two imports of one tenant take turns. */
function usageHead(
  { usage }: TenantBooks,
  intake: IntakeDecision,
  known: ReadonlyMap<RowId, KnownRow>,
): HeadChange {
  const added = [...intake.records.keys()].filter((id) => !known.has(id)).length;
  const latest = [usage.state.latestStartedAt, intake.latestStartedAt].filter((at) => at !== null);
  return usageHeadChange(usage, {
    rows: usage.state.rows + added,
    latestStartedAt: latest.length === 0 ? null : Math.max(...latest),
  });
}

class RunningSum {
  readonly #tally = { new: 0, known: 0, changed: 0, ignored: 0 };
  readonly #amounts = new Map<Currency, bigint>();
  readonly #errors: { readonly row: number; readonly reason: string }[] = [];
  #rejected = 0;

  add({ tally, amounts }: IntakeDecision): void {
    this.#tally.new += tally.new;
    this.#tally.known += tally.known;
    this.#tally.changed += tally.changed;
    this.#tally.ignored += tally.ignored;
    for (const [currency, moved] of amounts) {
      const sum = moved.new + moved.known + moved.changed;
      this.#amounts.set(currency, (this.#amounts.get(currency) ?? 0n) + sum);
    }
  }

  reject(batch: readonly ReadRow[]): void {
    for (const read of batch) {
      if (read.kind !== 'rejected') continue;
      this.#rejected += 1;
      if (this.#errors.length < maxErrors) this.#errors.push({ row: read.row, reason: read.reason });
    }
  }

  recorded(): UsageRecorded {
    return { ...this.#tally, rejected: this.#rejected, errors: this.#errors, amounts: this.#amounts };
  }
}
