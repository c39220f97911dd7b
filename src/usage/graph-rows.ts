import { parse, stringify } from 'lossless-json';
import { z } from 'zod';
import { parseWithNumberText } from './number-text.ts';
import type { ReadRow, RejectionReason } from './read-row.ts';
import { type FieldName, fieldNames, type RowText, readRowText } from './row-text.ts';
import { type RefusedUsage, refusedUsage } from './usage-file-refused.ts';
import type { UsageRow } from './usage-row.ts';

/** One answer of Graph's `getPstnCalls`. */
export interface GraphPage {
  readonly kind: 'page';
  readonly rows: readonly ReadRow[];
  /** To be followed as it is; null on the last page. */
  readonly nextLink: string | null;
  /** Rows on this page, rejected ones included. */
  readonly count: number;
}

/**
 * Reads one page of `getPstnCalls` from its JSON text, each number from its own text. Row numbers count the page's
 * rows from 1. Refuses `usage-page-not-json` and `usage-page-without-rows`.
 */
export function readGraphPage(text: string): GraphPage | RefusedUsage {
  const json = readJson(text);
  if (json === undefined) {
    return refusedUsage('usage-page-not-json', { expected: 'JSON', found: [text.slice(0, 200)] });
  }
  const page = pageSchema.safeParse(json);
  if (!page.success) {
    return refusedUsage('usage-page-without-rows', {
      expected: 'value: [pstnCallLogRow]',
      found: namesIn(json),
    });
  }
  return {
    kind: 'page',
    rows: readItems(page.data.value, text),
    nextLink: page.data['@odata.nextLink'] ?? null,
    count: page.data.value.length,
  };
}

const pageSchema = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.string().nullish(),
});

/** Undefined where the text is not JSON. */
function readJson(text: string): unknown {
  try {
    return parseWithNumberText(withoutMark(text));
  } catch {
    // Half a document, or one nested so deeply that it is not a page.
    return undefined;
  }
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}

function namesIn(json: unknown): readonly string[] {
  if (Array.isArray(json)) return ['[…]'];
  return typeof json === 'object' && json !== null ? Object.keys(json) : [String(json)];
}

function readItems(items: readonly unknown[], text: string): readonly ReadRow[] {
  // The page is read once more where a row of it is bad, and only then: its numbers are to be kept as numbers.
  let written: readonly unknown[] | null = null;
  return items.map((item, index) => {
    const usage = readItem(item);
    if (typeof usage !== 'string') return { kind: 'row', row: index + 1, usage };
    written ??= pageSchema.parse(parse(withoutMark(text))).value;
    return {
      kind: 'rejected',
      row: index + 1,
      reason: usage,
      source: 'graph',
      content: textOf(written[index]),
    };
  });
}

/** Nothing for what is nested so deeply that it cannot be written. */
function textOf(item: unknown): string {
  try {
    return stringify(item) ?? '';
  } catch {
    return '';
  }
}

function readItem(item: unknown): UsageRow | RejectionReason {
  return isObject(item) ? readFields(item) : 'not-a-row';
}

function isObject(item: unknown): item is Readonly<Record<string, unknown>> {
  return typeof item === 'object' && item !== null && !Array.isArray(item);
}

function readFields(fields: Readonly<Record<string, unknown>>): UsageRow | RejectionReason {
  const texts = textsIn(fields);
  if (texts === null) return 'field-not-text';
  return readRowText({ ...texts, extra: extraOf(fields) }, 'graph');
}

type Texts = Record<FieldName, string | null>;

const noTexts = Object.fromEntries(fieldNames.map((name) => [name, null])) as Texts;

/** Null where a field is no text. By hand, for a schema of each field costs more than all else that a row does. */
function textsIn(fields: Readonly<Record<string, unknown>>): Texts | null {
  const texts = { ...noTexts };
  for (const name of fieldNames) {
    const value = fields[name] ?? null;
    if (value === null) continue;
    if (typeof value !== 'string') return null;
    texts[name] = value.trim() || null;
  }
  return texts;
}

/** `__proto__` is no field of anybody's: as a name it is lost on the way through objects. */
const notExtra: ReadonlySet<string> = new Set([...fieldNames, '__proto__']);

/** Microsoft adds fields without notice; what is not text is kept as JSON. */
function extraOf(fields: Readonly<Record<string, unknown>>): RowText['extra'] {
  const extra: [string, string][] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (notExtra.has(name) || value === null || value === '') continue;
    extra.push([name, typeof value === 'string' ? value : JSON.stringify(value)]);
  }
  return Object.fromEntries(extra);
}
