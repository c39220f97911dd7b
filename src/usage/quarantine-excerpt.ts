import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { QuarantinedItem } from './quarantine.ts';
import { readReportHeader } from './report-header.ts';
import { type FieldName, fieldNames } from './row-text.ts';

/**
 * What an item looks like without what it says: every letter is an x and every digit a 0, for it holds names and
 * numbers. That shows a charge that is a word, a minus before it, or a date the wrong way round.
 */
export function excerptOf({
  kind,
  source,
  content,
}: Pick<QuarantinedItem, 'kind' | 'source' | 'content'>): string {
  const fields = kind === 'page' ? null : source === 'graph' ? graphFields(content) : reportFields(content);
  if (fields === null) return shapeOf(content, maxTextLength);
  return fieldNames
    .flatMap((name) => {
      const value = fields[name];
      return value ? [`${name}: ${shapeOf(value, maxValueLength)}`] : [];
    })
    .join(', ');
}

const maxTextLength = 200;
const maxValueLength = 40;

function shapeOf(text: string, most: number): string {
  const shape = text
    .slice(0, most)
    .replace(/[\p{L}\p{M}]/gu, 'x')
    .replace(/\p{N}/gu, '0')
    .replace(/[\p{C}\p{Z}]+/gu, ' ');
  return text.length > most ? `${shape}…` : shape;
}

type Fields = Readonly<Partial<Record<FieldName, string | null>>>;

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
      return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
    }),
  );
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
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
    return records.parse(parse(text, { relax_column_count: true }));
  } catch {
    return [];
  }
}
