import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { spokenNumbers } from '../../src/language/phone-numbers.ts';

const casesSchema = z.array(
  z.object({
    input: z.string(),
    default_region: z.string(),
    expected_e164: z.string(),
    expected_iso2: z.string(),
    note: z.string(),
  }),
);
const cases = casesSchema.parse(
  parse(readFileSync(new URL('./number-parsing-cases.csv', import.meta.url)), { columns: true }),
);

describe('a telephone number', () => {
  for (const { input, default_region, expected_e164, expected_iso2, note } of cases) {
    it(`is read as an admin of ${default_region} writes it: ${input} (${note})`, () => {
      const [number] = spokenNumbers(input, `xx-${default_region}`);
      assert.equal(number?.e164 ?? '', expected_e164);
      assert.equal(number?.place.region ?? '', expected_iso2);
    });
  }

  const codes: readonly (readonly [
    text: string,
    region: string,
    alternatives: readonly string[],
    rule: string,
  ])[] = [
    ['+49', 'DE', [], 'a calling code leads to its country'],
    ['country code 82', 'KR', [], 'a calling code may be named'],
    ['국가번호 81', 'JP', [], 'a calling code may be named in Korean'],
    ['+7', 'RU', ['KZ'], 'a shared calling code keeps the others beside the country reading'],
    ['+44', 'GB', ['GG', 'JE', 'IM'], 'the islands stand beside the United Kingdom'],
    ['+1 876', 'JM', [], 'the beginning of a number tells whose it is'],
    ['+800 1234 5678', '001', [], 'a number without a country belongs to the global networks'],
  ];
  for (const [text, region, alternatives, rule] of codes) {
    it(`${rule}: ${text}`, () => {
      const [number] = spokenNumbers(text, 'en-US');
      assert.deepEqual(number?.place, { region, alternatives });
    });
  }

  for (const text of ['1,500', '2026-10-01', '1000000원', '500 dollars', '30 minutes', '112']) {
    it(`is not seen in ${text}`, () => {
      assert.deepEqual(spokenNumbers(text, 'ko-KR'), []);
    });
  }
});
