import units from './data/units.json' with { type: 'json' };
import { figureValue, spelledValue } from './numerals.ts';
import { alternatives } from './word-pattern.ts';

/** An amount in a text; without a currency where none was said. */
export interface SpokenAmount {
  readonly start: number;
  readonly end: number;
  readonly amount: number;
  readonly currency: string | null;
}

const currencyOf: ReadonlyMap<string, string> = new Map([
  ...units.dollars.map((word) => [word, 'dollar'] as const),
  ...Object.entries(units.currencies).flatMap(([code, names]) => names.map((name) => [name, code] as const)),
]);
/** Tenants billed in another dollar mean that one when they say "dollars". */
const dollarCurrencies = new Set(['AUD', 'CAD', 'HKD', 'NZD', 'SGD', 'TWD', 'USD']);

const names = alternatives([...currencyOf.keys()]);
const numeralWords = Object.keys(units.numerals).filter((word) => /^[a-z]/u.test(word));
const figure = '(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d{1,3}(?:\\.\\d{3})+,\\d{1,2}|\\d+(?:\\.\\d+)?)';
const latinScale = '(?:\\s?(?:k|m)(?![a-z])|\\s?(?:thousand|grand|hundred|million|mil)(?![a-z]))';
const hangulScale = '\\s?[십백천만억]';
const mixed = `(?:${hangulScale})+(?:\\s?\\d+(?:\\.\\d+)?(?:${hangulScale})+)*(?:\\s?\\d+(?=\\s?(?:원|불|달러)))?`;
const digits = `${figure}(?:${mixed}|${latinScale})?`;
const spelled = `(?:(?:${alternatives(numeralWords)}|hundred|thousand|grand|million|and)(?:\\s|-|(?![a-z])))+`;
const rounded = `(?:(?:${alternatives(numeralWords)})[\\s-])+(?:hundred|thousand|grand)`;
const afterRounded = `(?:\\s(?:and\\s)?(?:${alternatives(numeralWords.filter((word) => word.length > 2))}))*`;
/** What is written onto the number makes it something else: 3rd, 24h, 50%, 5명. */
const noUnitAfter =
  '(?![\\w%]|[.,]?\\d|\\s?(?:명|건|번|개|일|월|년|시간|분|초|주|달|통|회|시|층|호|대|인|퍼센트|프로))';

const withCurrency: readonly RegExp[] = [
  `(?<![\\w.,])(?<sign>${names})\\s?(?<amount>${digits})(?![\\w%]*\\d)`,
  `(?<![\\w.,+-])(?<amount>${digits})\\s?-?(?<unit>${names})(?![a-z])`,
  `(?:(?<![a-z])(?<words>${spelled})\\s?|(?<![가-힣])(?<amount>[일이삼사오육칠팔구십백천만억]+)\\s?)(?<unit>${names})(?![a-z])`,
  `(?<![a-z])(?<words>${rounded}${afterRounded})(?![a-z])`,
].map((source) => new RegExp(source, 'gu'));
const bare = new RegExp(`(?<![\\w.,:/+*#-]|[가-힣]\\d)(?<amount>${digits})${noUnitAfter}`, 'gu');

/** Amounts with a currency or spelled out, as people write them: "$1,500", "1500불", "150만원", "€2.5k", "two grand". */
export function spokenAmounts(text: string, tenantCurrency: string): readonly SpokenAmount[] {
  return withCurrency.flatMap((pattern) => amountsIn(text, pattern, tenantCurrency));
}

/** Numbers that stand for themselves: the 500 of "top up 500". */
export function bareNumbers(text: string): readonly SpokenAmount[] {
  return amountsIn(text, bare, '');
}

function amountsIn(text: string, pattern: RegExp, tenantCurrency: string): readonly SpokenAmount[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const { sign, unit, amount, words } = match.groups ?? {};
    const value = amount === undefined ? spelledValue(words ?? '') : figureValue(amount);
    if (value === null) return [];
    const end = match.index + match[0].trimEnd().length;
    return [
      { start: match.index, end, amount: value, currency: currencyNamed(sign ?? unit, tenantCurrency) },
    ];
  });
}

function currencyNamed(name: string | undefined, tenantCurrency: string): string | null {
  const named = currencyOf.get(name ?? '') ?? null;
  if (named !== 'dollar') return named;
  return dollarCurrencies.has(tenantCurrency) ? tenantCurrency : 'USD';
}
