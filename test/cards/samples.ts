import { readdirSync, readFileSync } from 'node:fs';
import type { Reader } from '../../cards/reader.ts';
import type { Answer } from '../../src/answers/answer.ts';
import { currency } from '../../src/money/currency.ts';
import { money } from '../../src/money/money.ts';
import { readDecimal } from '../../src/money/read-decimal.ts';

interface Sample {
  readonly kind: Answer['kind'];
  readonly name: string;
  readonly answer: Answer;
}

const folder = new URL('../../cards/samples/', import.meta.url);

/** The sample answers; in their files an amount is `{currency, amount}` in decimal text and a time is ISO 8601. */
export const samples: readonly Sample[] = readdirSync(folder).flatMap((file) => {
  const variants: Record<string, unknown> = JSON.parse(readFileSync(new URL(file, folder), 'utf8'), revive);
  return Object.entries(variants).map(([name, answer]) => ({
    kind: file.replace('.json', '') as Answer['kind'],
    name,
    answer: answer as Answer,
  }));
});

export function sampleAnswer(kind: Answer['kind'], name: string): Answer {
  const found = samples.find((sample) => sample.kind === kind && sample.name === name);
  if (found === undefined) throw new Error(`There is no sample "${name}" of ${kind}.`);
  return found.answer;
}

const now = Date.parse('2026-11-24T05:05:00Z');

/** Two people in Seoul, on the same afternoon. */
export const readers: Readonly<Record<'en' | 'ko', Reader>> = {
  en: {
    language: 'en',
    locale: 'en-US',
    timeZone: 'Asia/Seoul',
    now,
    botId: '00000000-0000-4000-8000-00000000b071',
    teamsUser: '29:1grace',
  },
  ko: {
    language: 'ko',
    locale: 'ko-KR',
    timeZone: 'Asia/Seoul',
    now,
    botId: '00000000-0000-4000-8000-00000000b071',
    teamsUser: '29:1seoyeon',
  },
};

function revive(_key: string, value: unknown): unknown {
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value)) return Date.parse(value);
  if (typeof value !== 'object' || value === null || !('amount' in value) || !('currency' in value))
    return value;
  // What a form has besides makes it a form.
  if (Object.keys(value).length > 2) return value;
  const [of, read] = [currency(String(value.currency)), readDecimal(String(value.amount))];
  if (of === null || read === null)
    throw new Error(`A sample's amount cannot be read: ${JSON.stringify(value)}`);
  return money(read.microUnits, of);
}
