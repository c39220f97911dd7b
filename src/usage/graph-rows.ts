import { parse, stringify } from 'lossless-json';
import { z } from 'zod';
import type { ReadRow, RejectionReason } from './read-row.ts';
import { fieldNames, type RowText, readRowText } from './row-text.ts';
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
    // A number stays the text it is: through a double 0.1 + 0.2 would become 0.30000000000000004.
    return parse(withoutMark(text), null, (number) => number);
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

const itemSchema = z.record(z.string(), z.unknown());

function readItem(item: unknown): UsageRow | RejectionReason {
  const fields = itemSchema.safeParse(item);
  return fields.success ? readFields(fields.data) : 'not-a-row';
}

function readFields(fields: Readonly<Record<string, unknown>>) {
  const text = rowTextSchema.safeParse(fields);
  if (!text.success) return 'field-not-text' satisfies RejectionReason;
  return readRowText({ ...text.data, extra: extraOf(fields) }, 'graph');
}

const fieldSchema = z
  .string()
  .nullish()
  .transform((text) => text?.trim() || null);

const rowTextSchema = z.object(
  Object.fromEntries(fieldNames.map((name) => [name, fieldSchema])) as Record<
    (typeof fieldNames)[number],
    typeof fieldSchema
  >,
);

const documented: ReadonlySet<string> = new Set(fieldNames);

/** Microsoft adds fields without notice; what is not text is kept as JSON. */
function extraOf(fields: Readonly<Record<string, unknown>>): RowText['extra'] {
  const extra: [string, string][] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (documented.has(name) || value === null || value === '') continue;
    extra.push([name, typeof value === 'string' ? value : JSON.stringify(value)]);
  }
  return Object.fromEntries(extra);
}
