import type { AuditFact } from '../decision/audit.ts';
import type { Change, HeadChange, LogEvent, RecordChange } from '../decision/commit.ts';
import type { RowId, TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { account } from '../ledger/account.ts';
import { batchId } from '../usage/batch-id.ts';
import { callersIn, callersTable, readCaller, storeCaller } from '../usage/caller.ts';
import { correctionsLog, storeCorrections } from '../usage/corrections.ts';
import { decideIntake, type IntakeDecision } from '../usage/intake.ts';
import type { KnownRow } from '../usage/known-row.ts';
import type { Met } from '../usage/quarantine.ts';
import type { ReadRow } from '../usage/read-row.ts';
import { readRow, storeRow } from '../usage/stored-known-row.ts';
import type { UsageRow } from '../usage/usage-row.ts';
import { type Booked, bookAccount, bookAudit } from './booking.ts';
import type { Store } from './ports.ts';
import { quarantineMet } from './quarantine.ts';
import { accountOf, readBooks, type TenantBooks, usageHeadChange } from './tenant-books.ts';

/** Rows of one step, at most a thousand. */
export interface Batch {
  readonly tenant: TenantId;
  readonly rows: readonly UsageRow[];
  /** Rows that could not be read: they stop nobody, and wait in quarantine. */
  readonly poison: readonly Met[];
  readonly actor: string;
  readonly at: Instant;
}

/** The rows that could be read, and those that could not. */
export function sorted(read: readonly ReadRow[]): Pick<Batch, 'rows' | 'poison'> {
  return {
    rows: read.flatMap((each) => (each.kind === 'row' ? [each.usage] : [])),
    poison: poisonIn(read),
  };
}

/** A row where reading broke off is none, and the import tells of it. */
function poisonIn(batch: readonly ReadRow[]): readonly Met[] {
  return batch.flatMap((read) =>
    read.kind === 'rejected' && read.content !== ''
      ? [{ kind: 'row', source: read.source, cause: read.reason, content: read.content, range: null }]
      : [],
  );
}

/** What a batch comes to, given what is known, as the parts of a change; none where nothing of it is news. */
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
  const quarantined = await quarantineMet(store, books, { ...batch, met: batch.poison });
  const isNews = intake.records.size > 0;
  if (!isNews && quarantined.heads.length === 0) return { books, known, intake, parts: [], rest: {} };

  const booked = isNews ? bookRows(books, batch, { intake, known }) : { parts: [], facts: [] };
  const audited = bookAudit(books, ...booked.facts, ...quarantined.facts);
  return {
    books,
    known,
    intake,
    parts: [...booked.parts, { heads: quarantined.heads, events: [] }, audited],
    rest: {
      counts: intake.counts,
      members: [...intake.members, ...quarantined.members],
      records: [
        ...[...intake.records].map(([id, row]) => ({ table: 'usage', id, value: storeRow(row) })),
        ...(isNews ? await newCallers(store, batch) : []),
        ...quarantined.records,
      ],
    },
  };
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
    parts: [
      ...accounts,
      { heads: [usageHead(books, intake, known)], events: correctionEvents(intake, batch.at) },
    ],
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

/** What was corrected and when: a figure read before knows nothing of it. */
function correctionEvents({ corrections }: IntakeDecision, at: Instant): readonly LogEvent[] {
  return [...corrections].map(([currency, told]) => ({
    log: correctionsLog(currency),
    event: storeCorrections({ recordedAt: at, corrections: told }),
  }));
}
