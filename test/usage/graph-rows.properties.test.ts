import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'lossless-json';
import { z } from 'zod';
import { readGraphPage } from '../../src/usage/graph-rows.ts';
import { fieldNames, readRowText } from '../../src/usage/row-text.ts';
import { jsonText, numberText, stringText } from './json-text.ts';

describe('a page of calls', () => {
  it('is read as a parser of letters and a schema of each field read it', () => {
    fc.assert(
      fc.property(pageText, (text) => {
        const page = readGraphPage(text);
        const rows = page.kind === 'page' ? page.rows : [];
        assert.deepEqual(
          rows.map((row) => (row.kind === 'row' ? row.usage : row.reason)),
          readBySchema(text),
        );
      }),
      { numRuns: 500 },
    );
  });
});

/** A row that can be read, of which some fields say something else, and some are nobody's. */
const rowText = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.constantFrom(...fieldNames, 'newField', '__proto__').map((name) => JSON.stringify(name)),
        stringText,
      ),
      fc.oneof(numberText, stringText, fc.constantFrom('null', '""', '"  "'), jsonText),
    ),
    { maxLength: 4 },
  )
  .map((changes) => {
    const fields = new Map([...plainRow, ...changes]);
    return `{${[...fields].map(([name, text]) => `${name}:${text}`).join(',')}}`;
  });

const plainRow: readonly (readonly [name: string, text: string])[] = [
  ['"id"', '"9c4984c7-6c3c-427d-a30c-bd0b2eacee90"'],
  ['"startDateTime"', '"2026-11-01T00:00:08.2589935Z"'],
  ['"endDateTime"', '"2026-11-01T00:00:57.2589935Z"'],
  ['"duration"', '49'],
  ['"charge"', '12.340'],
  ['"connectionCharge"', '-0'],
  ['"currency"', '"USD"'],
  ['"licenseCapability"', '"MCOPSTNPP"'],
];

const pageText = fc
  .array(fc.oneof({ weight: 4, arbitrary: rowText }, jsonText), { maxLength: 5 })
  .map((rows) => `{"@odata.count":${rows.length},"value":[${rows.join(',')}]}`);

const fieldSchema = z
  .string()
  .nullish()
  .transform((text) => text?.trim() || null);

const rowSchema = z.object(
  Object.fromEntries(fieldNames.map((name) => [name, fieldSchema])) as Record<
    (typeof fieldNames)[number],
    typeof fieldSchema
  >,
);

function readBySchema(text: string): readonly unknown[] {
  const page = z.object({ value: z.array(z.unknown()) }).safeParse(parsed(text));
  if (!page.success) return [];
  return page.data.value.map((item) => {
    const fields = z.record(z.string(), z.unknown()).safeParse(item);
    if (!fields.success) return 'not-a-row';
    const texts = rowSchema.safeParse(fields.data);
    if (!texts.success) return 'field-not-text';
    return readRowText({ ...texts.data, extra: extraBySchema(fields.data) }, 'graph');
  });
}

function parsed(text: string): unknown {
  try {
    return parse(text, null, (number) => number);
  } catch {
    return null;
  }
}

function extraBySchema(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(
        ([name, value]) => !fieldNames.some((field) => field === name) && value !== null && value !== '',
      )
      .map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
