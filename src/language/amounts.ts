import { microUnitsToDecimal } from '../money/money.ts';
import { readDecimal } from '../money/read-decimal.ts';
import units from './data/units.json' with { type: 'json' };
import { alternatives } from './word-pattern.ts';

/** An amount in a text; without a currency where none was said. */
export interface SpokenAmount {
  readonly start: number;
  readonly end: number;
  readonly amount: number;
  readonly currency: string | null;
}

const scales: Readonly<Record<string, number>> = units.scales;
const numerals: Readonly<Record<string, number>> = units.numerals;
const currencyOf: ReadonlyMap<string, string> = new Map([
  ...units.dollars.map((word) => [word, 'dollar'] as const),
  ...Object.entries(units.currencies).flatMap(([code, names]) => names.map((name) => [name, code] as const)),
]);
/** Tenants billed in another dollar mean that one when they say "dollars". */
const dollarCurrencies = new Set(['AUD', 'CAD', 'HKD', 'NZD', 'SGD', 'TWD', 'USD']);

const names = alternatives([...currencyOf.keys()]);
const figure = String.raw`(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+,\d{1,2}|\d+(?:\.\d+)?)`;
const latinScale = String.raw`(?:\s?(?:k|m)(?![a-z])|\s?(?:${alternatives(['thousand', 'grand', 'hundred', 'million', 'mil'])})(?![a-z]))`;
const hangulScale = String.raw`\s?[십백천만억]`;
const digits = String.raw`${figure}(?:(?:${hangulScale})+(?:\s?\d+(?:\.\d+)?(?:${hangulScale})+)*(?:\s?\d+(?=\s?(?:원|불|달러)))?|${latinScale})?`;
const spelledEnglish = String.raw`(?:(?:${alternatives(Object.keys(numerals).filter((word) => /^[a-z]/u.test(word)))}|hundred|thousand|grand|million|and)(?:\s|-|(?![a-z])))+`;
const spelledKorean = '[일이삼사오육칠팔구십백천만억]+';
/** What is written onto the number makes it something else: 3rd, 24h, 50%, 5명. */
const noUnitAfter = String.raw`(?![\w%]|[.,]?\d|\s?(?:명|건|번|개|일|월|년|시간|분|초|주|달|통|회|시|층|호|대|인|퍼센트|프로))`;

const withSign = new RegExp(String.raw`(?<![\w.,])(?<sign>${names})\s?(?<amount>${digits})(?![\w%]*\d)`, 'gu');
const withUnit = new RegExp(String.raw`(?<![\w.,+-])(?<amount>${digits})\s?-?(?<unit>${names})(?![a-z])`, 'gu');
const spelledWithUnit = new RegExp(
  String.raw`(?:(?<![a-z])(?<english>${spelledEnglish})\s?|(?<![가-힣])(?<korean>${spelledKorean})\s?)(?<unit>${names})(?![a-z])`,
  'gu',
);
const scaledOnly = new RegExp(
  String.raw`(?<![a-z])(?<english>(?:(?:${alternatives(Object.keys(numerals).filter((word) => /^[a-z]/u.test(word)))})[\s-])+(?:hundred|thousand|grand)(?:\s(?:and\s)?(?:${alternatives(Object.keys(numerals).filter((word) => /^[a-z]{3}/u.test(word)))}))*)(?![a-z])`,
  'gu',
);
const bare = new RegExp(String.raw`(?<![\w.,:/+*#-]|[가-힣]\d)(?<amount>${digits})${noUnitAfter}`, 'gu');

/** Amounts with a currency or spelled out, as people write them: "$1,500", "1500불", "150만원", "€2.5k", "two grand". */
export function spokenAmounts(text: string, tenantCurrency: string): readonly SpokenAmount[] {
  const found: SpokenAmount[] = [];
  for (const pattern of [withSign, withUnit, spelledWithUnit, scaledOnly]) {
    for (const match of text.matchAll(pattern)) {
      const { sign, unit, amount, english, korean } = match.groups ?? {};
      const value = amount === undefined ? spelled(english, korean) : read(amount);
      const named = currencyOf.get(sign ?? unit ?? '');
      if (value === null) continue;
      const currency = named === 'dollar' ? dollarOf(tenantCurrency) : (named ?? null);
      found.push({ start: match.index, end: match.index + match[0].trimEnd().length, amount: value, currency });
    }
  }
  return found;
}

/** Numbers that stand for themselves: the 500 of "top up 500". */
export function bareNumbers(text: string): readonly SpokenAmount[] {
  return [...text.matchAll(bare)].flatMap((match) => {
    const amount = read(match.groups?.amount ?? '');
    return amount === null
      ? []
      : [{ start: match.index, end: match.index + match[0].length, amount, currency: null }];
  });
}

function dollarOf(tenantCurrency: string): string {
  return dollarCurrencies.has(tenantCurrency) ? tenantCurrency : 'USD';
}

function spelled(english: string | undefined, korean: string | undefined): number | null {
  if (english !== undefined) return spelledEnglishNumber(english);
  return korean === undefined ? null : read(korean);
}

const part = /(?<figure>\d[\d,.]*)|(?<numeral>[일이삼사오육칠팔구])|(?<scale>[십백천만억]|[a-z]+)/gu;

/** Reads figures and scales to the micro-unit: "1.5만" is 15,000 and "2천5백만" 25,000,000. */
function read(text: string): number | null {
  let total = 0n;
  let section = 0n;
  let pending: bigint | null = null;
  for (const { groups } of text.matchAll(part)) {
    const { figure: written, numeral, scale } = groups ?? {};
    if (written !== undefined) {
      const decimal = readDecimal(plainFigure(written));
      if (decimal === null) return null;
      pending = decimal.microUnits;
    } else if (numeral !== undefined) {
      pending = BigInt(numerals[numeral] ?? 0) * 1_000_000n;
    } else {
      const factor = BigInt(scales[scale ?? ''] ?? 1);
      const counted = pending ?? (section === 0n ? 1_000_000n : 0n);
      if (factor >= 10_000n && scale !== 'million') {
        total += (section + counted) * factor;
        section = 0n;
      } else {
        section += counted * factor;
      }
      pending = null;
    }
  }
  const microUnits = total + section + (pending ?? 0n);
  return Number(microUnitsToDecimal(microUnits, 0));
}

/** "1,234.50" and "1.234,50" are the same figure. */
function plainFigure(written: string): string {
  const continental = /^\d{1,3}(?:\.\d{3})+,\d{1,2}$/u.test(written);
  const plain = continental ? written.replaceAll('.', '').replace(',', '.') : written.replaceAll(',', '');
  return plain.replace(/\.$/u, '');
}

function spelledEnglishNumber(text: string): number | null {
  let total = 0;
  let section = 0;
  for (const word of text.split(/[\s-]+/u)) {
    const numeral = numerals[word];
    const scale = scales[word];
    if (numeral !== undefined) section += numeral;
    else if (scale === 100) section = Math.max(section, 1) * scale;
    else if (scale !== undefined) {
      total += Math.max(section, 1) * scale;
      section = 0;
    }
  }
  return total + section === 0 ? null : total + section;
}
