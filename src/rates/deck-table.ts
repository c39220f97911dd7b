/** The CSV side of a deck, whatever its columns: text to rows of checked cells. */
import { CsvError, parse } from 'csv-parse/sync';
import type { z } from 'zod';
import type { DeckRefused, RowProblem } from './rate-deck.ts';

/** Far above any published list (7,000 prefixes are 280 KB), and little enough to read at once. */
const maxDeckCharacters = 20_000_000;

type DeckTable<Row> =
  | { readonly ok: true; readonly rows: readonly Row[] }
  | { readonly ok: false; readonly refusal: DeckRefused; readonly problems: readonly RowProblem[] };

/**
 * Reads columns by their names, in any order; further columns are left out. Refuses `deck-too-large`,
 * `deck-not-csv`, `deck-columns-missing`, `deck-empty`, `deck-rows-invalid`, in this order; the last with every
 * problem of every row, whose codes are the messages of the schema.
 */
export function readDeckTable<Row>(
  csvText: string,
  format: {
    readonly columns: readonly string[];
    readonly row: z.ZodType<Row, z.ZodTypeDef, unknown>;
  },
): DeckTable<Row> {
  if (csvText.length > maxDeckCharacters) {
    return refuse({ code: 'deck-too-large', data: { maximum: maxDeckCharacters, found: csvText.length } });
  }
  const lines = readLines(csvText);
  if (lines === null) return refuse({ code: 'deck-not-csv' });
  const [header = [], ...records] = lines;
  const missing = format.columns.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    return refuse({
      code: 'deck-columns-missing',
      data: { missing: missing.join(', '), found: header.join(', ') },
    });
  }
  if (records.length === 0) return refuse({ code: 'deck-empty' });

  const rows: Row[] = [];
  const problems: RowProblem[] = [];
  for (const [index, record] of records.entries()) {
    const cells = Object.fromEntries(header.map((column, place) => [column, record[place]?.trim()]));
    const read = format.row.safeParse(cells);
    if (read.success) rows.push(read.data);
    else problems.push(...read.error.issues.map((issue) => problemOf(index + 1, issue)));
  }
  if (problems.length > 0) {
    return refuse({ code: 'deck-rows-invalid', data: { problems: problems.length } }, problems);
  }
  return { ok: true, rows };
}

function readLines(csvText: string): readonly (readonly string[])[] | null {
  try {
    return parse(csvText, { bom: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

function problemOf(row: number, issue: z.ZodIssue): RowProblem {
  return { row, column: String(issue.path[0] ?? ''), code: issue.message };
}

function refuse<Row>(refusal: DeckRefused, problems: readonly RowProblem[] = []): DeckTable<Row> {
  return { ok: false, refusal, problems };
}
