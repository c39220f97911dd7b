import { maxRowsPerBatch } from './batch-size.ts';
import { readGraphPage } from './graph-rows.ts';
import type { ReadRow } from './read-row.ts';
import { readReport, rejectedEnd } from './report-rows.ts';
import { openUsageArchive, refusedBroken, type UsageArchive } from './usage-archive.ts';
import { type RefusedUsage, refusedUsage } from './usage-file-refused.ts';

/** A file of usage, told by its content; its rows come as the bytes do, and only once. */
export type UsageFile =
  | UsageRows<'report'>
  | UsageRows<'archive'>
  /** `nextLink` is not null where the page was not the last, so that calls are missing from the file. */
  | (UsageRows<'graph-page'> & { readonly nextLink: string | null });

interface UsageRows<Format extends string> {
  readonly kind: 'usage';
  readonly format: Format;
  /** At most 1,000 rows a batch. */
  readonly batches: AsyncIterable<readonly ReadRow[]>;
}

/** A page of Graph has 1,000 rows of about 900 bytes; one as large as this was pasted together from many. */
export const maxPageBytes = 16 * 1_024 ** 2;

/**
 * Reads the exported report, the ZIP it comes in, or a saved page of `getPstnCalls`, whichever it is. A bad row is
 * rejected alone; where reading breaks off, the last row says why. Refuses, with what was expected and found, every
 * file that is none of these. Throws only what the bytes' source throws.
 */
export async function readUsageFile(bytes: AsyncIterable<Uint8Array>): Promise<UsageFile | RefusedUsage> {
  const { head, all } = await peek(bytes);
  if (startsWith(head, zipMark)) return readArchive(all);
  if (utf16Marks.some((mark) => startsWith(head, mark))) {
    return refusedUsage('usage-file-not-a-report', { expected: 'UTF-8', found: ['UTF-16'] });
  }
  if (/^\uFEFF?\s*[[{]/.test(new TextDecoder('utf-8', { ignoreBOM: true }).decode(head)))
    return readPage(all);
  const report = await readReport(all);
  return report.kind === 'refused' ? report : { kind: 'usage', format: 'report', batches: report.batches };
}

const zipMark = [0x50, 0x4b];
const utf16Marks = [
  [0xff, 0xfe],
  [0xfe, 0xff],
];

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}

/** Enough to tell the formats apart, with some blank lines before a page. */
const headBytes = 256;

/** The first bytes, and all of them once more from the start. */
async function peek(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly all: AsyncIterable<Uint8Array> }> {
  const source = bytes[Symbol.asyncIterator]();
  const read: Uint8Array[] = [];
  let length = 0;
  while (length < headBytes) {
    const next = await source.next();
    if (next.done === true) break;
    read.push(next.value);
    length += next.value.length;
  }
  return { head: joined(read).subarray(0, headBytes), all: resumed(read, source) };
}

async function* resumed(
  read: readonly Uint8Array[],
  source: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* read;
    for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
  } finally {
    await source.return?.();
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((length, chunk) => length + chunk.length, 0));
  let start = 0;
  for (const chunk of chunks) {
    all.set(chunk, start);
    start += chunk.length;
  }
  return all;
}

async function readArchive(bytes: AsyncIterable<Uint8Array>): Promise<UsageFile | RefusedUsage> {
  const archive = await openUsageArchive(bytes);
  if (archive.kind === 'refused') return archive;
  const report = await readReport(archive.bytes);
  if (report.kind === 'refused') return refusedInArchive(report, archive);
  return { kind: 'usage', format: 'archive', batches: withEnd(report.batches, archive) };
}

/** A report whose header never came out of a broken archive is not an empty one. */
function refusedInArchive(report: RefusedUsage, archive: UsageArchive): RefusedUsage {
  const brokenOff = archive.brokenOff();
  return brokenOff === null ? report : refusedBroken(brokenOff, [brokenOff]);
}

/** Ends with a rejected row that says why, where the archive breaks off. */
async function* withEnd(
  batches: AsyncIterable<readonly ReadRow[]>,
  archive: UsageArchive,
): AsyncGenerator<readonly ReadRow[]> {
  let lastRow = 0;
  for await (const batch of batches) {
    lastRow = batch.at(-1)?.row ?? lastRow;
    yield batch;
  }
  const reason = archive.brokenOff();
  if (reason !== null) yield [rejectedEnd(lastRow + 1, reason)];
}

async function readPage(bytes: AsyncIterable<Uint8Array>): Promise<UsageFile | RefusedUsage> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    length += chunk.length;
    if (length > maxPageBytes) {
      return refusedUsage('usage-page-too-large', { expected: `<= ${maxPageBytes}`, found: [`> ${length}`] });
    }
    chunks.push(chunk);
  }
  const page = readGraphPage(new TextDecoder().decode(joined(chunks)));
  if (page.kind === 'refused') return page;
  return { kind: 'usage', format: 'graph-page', nextLink: page.nextLink, batches: inBatches(page.rows) };
}

async function* inBatches(rows: readonly ReadRow[]): AsyncGenerator<readonly ReadRow[]> {
  for (let start = 0; start < rows.length; start += maxRowsPerBatch) {
    yield rows.slice(start, start + maxRowsPerBatch);
  }
}
