import time from './data/lexicon-time.json' with { type: 'json' };
import { alternatives } from './word-pattern.ts';

/** A date or month in a text, with the parts that were said. */
export type SpokenDate =
  | {
      readonly kind: 'day';
      readonly start: number;
      readonly end: number;
      readonly year: number | null;
      readonly month: number | null;
      readonly day: number;
    }
  | {
      readonly kind: 'month';
      readonly start: number;
      readonly end: number;
      readonly year: number | null;
      readonly month: number;
    }
  /** "last 7 days", "최근 30일"; null where it is no span of whole days. */
  | { readonly kind: 'lastDays'; readonly start: number; readonly end: number; readonly days: number };

const monthOf: ReadonlyMap<string, number> = new Map(
  Object.entries(time)
    .filter(([concept]) => concept.startsWith('month:'))
    .flatMap(([concept, names]) =>
      names.map((name) => [name, Number(concept.slice('month:'.length))] as const),
    )
    .concat([['may', 5]]),
);
const monthNames = alternatives([...monthOf.keys()].filter((name) => !name.includes(' ')));
const th = '(?:st|nd|rd|th)?';

const patterns: readonly RegExp[] = [
  /(?<!\d)(?<year>20\d{2})[-./](?<month>\d{1,2})(?:[-./](?<day>\d{1,2}))?(?!\d)/gu,
  /(?:(?<year>20\d{2})년\s?)?(?<!\d)(?<month>\d{1,2})월(?:\s?(?<day>\d{1,2})일)?/gu,
  /(?<lastYear>작년|지난해)\s?(?<month>\d{1,2})월/gu,
  /(?<!\d)(?<month>\d{1,2})\/(?<year>20\d{2})(?!\d)/gu,
  /(?<![\d/])(?<month>\d{1,2})\/(?<day>\d{1,2})(?![\d/])/gu,
  new RegExp(String.raw`(?<![a-z])(?<name>${monthNames})\s(?<year>20\d{2})(?!\d)`, 'gu'),
  new RegExp(
    String.raw`(?<![a-z])(?<name>${monthNames})\.?\s(?:the\s)?(?<day>\d{1,2})${th}(?:,?\s(?<year>20\d{2}))?(?![\d:])`,
    'gu',
  ),
  new RegExp(
    String.raw`(?<!\d)(?<day>\d{1,2})${th}\s(?:of\s)?(?<name>${monthNames})(?:,?\s(?<year>20\d{2}))?(?![a-z])`,
    'gu',
  ),
  /(?<![\d월]\s?)(?<day>\d{1,2})일(?=까지|날까지| 까지)/gu,
  /(?<!\d)the\s(?<day>\d{1,2})(?:st|nd|rd|th)(?![a-z])/gu,
];
const lastDays = [
  /(?<![a-z])(?:last|past|previous|prior|trailing|latest)\s(?<count>\d{1,3})\s?-?(?<unit>days?|weeks?|months?)(?![a-z])/gu,
  /(?:최근|지난|직전|요)\s?(?<count>\d{1,3})\s?(?<unit>일|주일?|개월|달)/gu,
];
const unitDays: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, 일: 1, 주: 7, 개: 30, 달: 30 };

/** Dates, months and "last N days", in the order of the text. */
export function spokenDates(text: string): readonly SpokenDate[] {
  const found: SpokenDate[] = [];
  for (const pattern of lastDays) {
    for (const match of text.matchAll(pattern)) {
      const { count = '', unit = '' } = match.groups ?? {};
      const days = Number(count) * (unitDays[unit.charAt(0)] ?? 1);
      found.push({ kind: 'lastDays', start: match.index, end: match.index + match[0].length, days });
    }
  }
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const date = dateOf(match);
      if (date !== null && !found.some((other) => date.start < other.end && other.start < date.end))
        found.push(date);
    }
  }
  return found.sort((left, right) => left.start - right.start);
}

function dateOf(match: RegExpExecArray): SpokenDate | null {
  const { year, month, day, name } = match.groups ?? {};
  const span = { start: match.index, end: match.index + match[0].length };
  const saidYear = year === undefined ? null : Number(year);
  const saidMonth = name === undefined ? numberOrNull(month) : (monthOf.get(name) ?? null);
  if (saidMonth !== null && (saidMonth < 1 || saidMonth > 12)) return null;
  if (day !== undefined) {
    const saidDay = Number(day);
    return saidDay < 1 || saidDay > 31
      ? null
      : { kind: 'day', ...span, year: saidYear, month: saidMonth, day: saidDay };
  }
  return saidMonth === null ? null : { kind: 'month', ...span, year: saidYear, month: saidMonth };
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}
