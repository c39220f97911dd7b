import { maxRowsPerBatch } from './batch-size.ts';
import { readGraphPage } from './graph-rows.ts';
import type { QuarantineCause, QuarantinedItem } from './quarantine.ts';
import type { ReadRow } from './read-row.ts';
import { readReport } from './report-rows.ts';

/** What the present reader makes of a content: batches fit to be booked, or why still not. */
export type ReadAgain =
  | { readonly kind: 'read'; readonly batches: readonly (readonly ReadRow[])[] }
  | { readonly kind: 'unreadable'; readonly cause: QuarantineCause };

/** Reads what is kept of an item as if it came now. A page counts as read with bad rows in it: they are rows then. */
export async function readAgain({
  kind,
  source,
  content,
}: Pick<QuarantinedItem, 'kind' | 'source' | 'content'>): Promise<ReadAgain> {
  if (kind === 'page') return readPage(content);
  const rows = source === 'graph' ? graphRows(`{"value":[${content}]}`) : await reportRows(content);
  const [only, ...others] = rows ?? [];
  if (only === undefined || others.length > 0) return { kind: 'unreadable', cause: 'not-a-row' };
  if (only.kind === 'rejected') return { kind: 'unreadable', cause: only.reason };
  return { kind: 'read', batches: [[only]] };
}

function readPage(content: string): ReadAgain {
  const rows = graphRows(content);
  if (rows === null) return { kind: 'unreadable', cause: 'page-unreadable' };
  const batches = Array.from({ length: Math.ceil(rows.length / maxRowsPerBatch) }, (_, index) =>
    rows.slice(index * maxRowsPerBatch, (index + 1) * maxRowsPerBatch),
  );
  return { kind: 'read', batches };
}

/** Null where the text is no page. */
function graphRows(text: string): readonly ReadRow[] | null {
  const page = readGraphPage(text);
  return page.kind === 'page' ? page.rows : null;
}

async function reportRows(text: string): Promise<readonly ReadRow[] | null> {
  const report = await readReport(inOnePiece(text));
  if (report.kind === 'refused') return null;
  const rows: ReadRow[] = [];
  for await (const batch of report.batches) rows.push(...batch);
  return rows;
}

async function* inOnePiece(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
