import type { Change, HeadChange, LogEvent, RecordChange } from '../decision/commit.ts';
import { handle, type Plan } from '../decision/handle.ts';
import type { RowId, TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { account } from '../ledger/account.ts';
import type { Currency } from '../money/currency.ts';
import { batchId } from '../usage/batch-id.ts';
import { callersIn, callersTable, readCaller, storeCaller } from '../usage/caller.ts';
import { correctionsLog, storeCorrections } from '../usage/corrections.ts';
import { decideIntake, type IntakeDecision } from '../usage/intake.ts';
import type { KnownRow } from '../usage/known-row.ts';
import type { ReadRow } from '../usage/read-row.ts';
import { readRow, storeRow } from '../usage/stored-known-row.ts';
import type { UsageRow } from '../usage/usage-row.ts';
import { type Booked, bookAccount, bookAudit, changeOf } from './booking.ts';
import type { Clock, Store } from './ports.ts';
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
      sum.reject(batch);
      if (rows.length === 0) continue;
      sum.add(await recordBatch(store, { tenant, rows, actor, at: clock.now() }, whileCommitting));
    }
  } finally {
    await ahead.close();
  }
  return sum.recorded();
}

/** Rows of one step, at most a thousand. */
export interface Batch {
  readonly tenant: TenantId;
  readonly rows: readonly UsageRow[];
  readonly actor: string;
  readonly at: Instant;
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
  const { intake, parts, rest } = await planBatch(store, batch);
  if (parts.length === 0) return { kind: 'nothing', outcome: intake };
  return { kind: 'change', change: changeOf(batch.tenant, parts, rest), outcome: intake };
}

/** What rows come to, given what is known, as the parts of a change; none where nothing of it is news. */
export interface BatchPlan {
  readonly books: TenantBooks;
  readonly known: ReadonlyMap<RowId, KnownRow>;
  readonly intake: IntakeDecision;
  readonly parts: readonly Booked[];
  readonly rest: Partial<Pick<Change, 'counts' | 'members' | 'records'>>;
}

export async function planBatch(store: Store, batch: Batch): Promise<BatchPlan> {
  // The heads first: a row that changes after this moves a version, and the commit notices.
  const books = await readBooks(store, batch.tenant);
  const known = await knownRows(store, batch);
  const intake = decideIntake(batch.rows, known);
  if (intake.records.size === 0) return { books, known, intake, parts: [], rest: {} };

  const id = batchId(intake);
  const accounts = [...intake.charges].map(([currency, charges]) => {
    const before = accountOf(books, currency);
    const decision = account.decide(before.state, { type: 'recordUsage', batch: { id, charges } }, batch.at);
    if (decision.kind === 'refused') throw new Error(`The account refused usage: ${decision.refusal.code}.`);
    return bookAccount(before, decision.events);
  });
  return {
    books,
    known,
    intake,
    parts: [
      ...accounts,
      { heads: [usageHead(books, intake, known)], events: correctionEvents(intake, batch.at) },
      audited(books, batch, intake, id),
    ],
    rest: {
      counts: intake.counts,
      members: intake.members,
      records: [
        ...[...intake.records].map(([id, row]) => ({ table: 'usage', id, value: storeRow(row) })),
        ...(await newCallers(store, batch)),
      ],
    },
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

/** What was corrected and when: a figure read before knows nothing of it. */
function correctionEvents({ corrections }: IntakeDecision, at: Instant): readonly LogEvent[] {
  return [...corrections].map(([currency, told]) => ({
    log: correctionsLog(currency),
    event: storeCorrections({ recordedAt: at, corrections: told }),
  }));
}

function audited(books: TenantBooks, batch: Batch, intake: IntakeDecision, id: string): Booked {
  return bookAudit(books, {
    at: batch.at,
    actor: batch.actor,
    type: 'usage.recorded',
    subject: id,
    data: { ...intake.tally },
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
