import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseJson, stringify } from 'lossless-json';
import { z } from 'zod';
import type { QuarantinedItem } from './quarantine.ts';
import { readReportHeader } from './report-header.ts';
import { type FieldName, fieldNames } from './row-text.ts';

/** What a row in quarantine has under each documented name, each number by its own text. */
export type Fields = Readonly<Partial<Record<FieldName, string | null>>>;

/** Null where the item is a page, or what is kept of it is no row. */
export function fieldsOf({
  kind,
  source,
  content,
}: Pick<QuarantinedItem, 'kind' | 'source' | 'content'>): Fields | null {
  if (kind === 'page') return null;
  return source === 'graph' ? graphFields(content) : reportFields(content);
}

const item = z.record(z.unknown());

/** Null where the content is no object. */
function graphFields(content: string): Fields | null {
  const fields = item.safeParse(asJson(content));
  if (!fields.success) return null;
  const { data } = fields;
  return Object.fromEntries(
    fieldNames.flatMap((name) => {
      const value = data[name];
      if (value === null || value === undefined) return [];
      return [[name, typeof value === 'string' ? value : (stringify(value) ?? null)]];
    }),
  );
}

function asJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

const records = z.array(z.array(z.string()));

/** By position, whether the row has all its cells or not; null where the content was cut. */
function reportFields(content: string): Fields | null {
  const [names, cells] = asRecords(content);
  const header = names === undefined ? null : readReportHeader(names);
  return header?.kind === 'header' && cells !== undefined ? header.rowText(cells) : null;
}

function asRecords(text: string): readonly (readonly string[])[] {
  try {
    return records.parse(parseCsv(text, { relax_column_count: true }));
  } catch {
    return [];
  }
}
