import { maxRowsPerBatch } from './batch-size.ts';
import type { BrokenOff, ReadRow, RejectedRow, RejectionReason } from './read-row.ts';
import { type ReportHeader, readReportHeader, reportExpected } from './report-header.ts';
import { type ReportRecords, readRecords } from './report-records.ts';
import { readRowText } from './row-text.ts';
import { type RefusedUsage, refusedUsage } from './usage-file-refused.ts';

/** The exported report, whose header was read; its rows come as the bytes do, and only once. */
export interface Report {
  readonly kind: 'report';
  readonly batches: AsyncIterable<readonly ReadRow[]>;
}

/**
 * Reads the exported PSTN usage report (CSV, RFC 4180) in bounded memory, in batches of as many rows as one commit
 * may carry. Rows are numbered from 1, the header not counted. A bad row is rejected alone; where reading breaks
 * off, the last row says why. Refuses `usage-file-empty`, `usage-file-not-a-report` and `usage-file-direct-routing`.
 * Throws what the bytes' source throws.
 */
export async function readReport(bytes: AsyncIterable<Uint8Array>): Promise<Report | RefusedUsage> {
  const records = readRecords(bytes);
  const first = await firstRecords(records);
  const [names, ...rest] = first.records;
  if (names === undefined) return refusedWithoutHeader(first);

  const header = readReportHeader(names);
  if (header.kind === 'refused') {
    await records.return(undefined);
    return header;
  }
  const columns: Columns = { header, headerLine: csvLine(names) };
  return { kind: 'report', batches: batchesOf(columns, { ...first, records: rest }, records) };
}

interface Columns {
  readonly header: ReportHeader;
  /** Without it a record that is kept by itself could not be read. */
  readonly headerLine: string;
}

/** Up to the first piece of the text that ends a record, which is the header. */
async function firstRecords(records: AsyncIterator<ReportRecords>): Promise<ReportRecords> {
  for (;;) {
    const next = await records.next();
    if (next.done === true) return { records: [], brokenOff: null };
    if (next.value.records.length > 0 || next.value.brokenOff !== null) return next.value;
  }
}

function refusedWithoutHeader({ brokenOff }: ReportRecords): RefusedUsage {
  if (brokenOff === null) return refusedUsage('usage-file-empty', { expected: reportExpected, found: [] });
  return refusedUsage('usage-file-not-a-report', { expected: reportExpected, found: [brokenOff] });
}

async function* batchesOf(
  columns: Columns,
  first: ReportRecords,
  others: AsyncIterable<ReportRecords>,
): AsyncGenerator<readonly ReadRow[]> {
  let row = 0;
  let batch: ReadRow[] = [];
  for await (const { records, brokenOff } of startingWith(first, others)) {
    for (const cells of records) {
      row += 1;
      batch.push(readRecord(columns, cells, row));
      if (batch.length === maxRowsPerBatch) {
        yield batch;
        batch = [];
      }
    }
    if (brokenOff !== null) batch.push(rejectedEnd(row + 1, brokenOff));
  }
  if (batch.length > 0) yield batch;
}

async function* startingWith<Item>(first: Item, others: AsyncIterable<Item>): AsyncGenerator<Item> {
  yield first;
  yield* others;
}

function readRecord({ header, headerLine }: Columns, cells: readonly string[], row: number): ReadRow {
  const usage =
    cells.length === header.cells
      ? readRowText(header.rowText(cells), 'report')
      : ('wrong-number-of-cells' satisfies RejectionReason);
  if (typeof usage !== 'string') return { kind: 'row', row, usage };
  const content = `${headerLine}\n${csvLine(cells)}`;
  return { kind: 'rejected', row, reason: usage, source: 'report', content };
}

/** The row that was to come where reading breaks off. */
export function rejectedEnd(row: number, reason: BrokenOff): RejectedRow {
  return { kind: 'rejected', row, reason, source: 'report', content: '' };
}

/** Every cell is quoted, so that whatever is in it stands (RFC 4180). */
function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
}
