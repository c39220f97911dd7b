import grammar from './data/intents.json' with { type: 'json' };
import type { Intent } from './question.ts';
import type { Reading } from './reading.ts';

interface Rule {
  readonly intent: Intent;
  /** Each must hold; "a|b" holds where either concept was read. */
  readonly when: readonly (readonly string[])[];
  /** None may hold; "a&!b" holds where a was read and b was not. */
  readonly unless: readonly (readonly string[])[];
  /** Where given, nothing else may have been read but asides, and no strange word. */
  readonly only: ReadonlySet<string> | null;
  /** How many words may be of another subject. */
  readonly strange: number;
}

const rules: readonly Rule[] = grammar.rules.map((rule) => ({
  intent: rule.intent as Intent,
  when: rule.when.map((terms) => terms.split('|')),
  unless: (rule.unless ?? []).map((terms) => terms.split('&')),
  only: rule.only === undefined ? null : new Set([...rule.only, ...grammar.asides]),
  strange: rule.only === undefined ? (rule.strange ?? Number.POSITIVE_INFINITY) : 0,
}));

/** What a text is about: the first rule of `data/intents.json` that holds, else `none`. */
export function intentOf(reading: Reading): Intent {
  return firstRule(reading)?.intent ?? 'none';
}

/** Whether a text is `none` because a rule says so, and not because nobody could tell what it is about. */
export function isOfAnotherSubject(reading: Reading): boolean {
  return firstRule(reading)?.intent === 'none';
}

function firstRule(reading: Reading): Rule | undefined {
  const said = saidIn(reading);
  return rules.find((rule) => holds(rule, said, reading.strangeWords));
}

function holds(rule: Rule, said: ReadonlySet<string>, strangeWords: number): boolean {
  if (strangeWords > rule.strange) return false;
  if (!rule.when.every((terms) => terms.some((term) => said.has(term)))) return false;
  if (rule.unless.some((terms) => terms.every((term) => isSaid(term, said)))) return false;
  return rule.only === null || [...said].every((concept) => rule.only?.has(concept));
}

function isSaid(term: string, said: ReadonlySet<string>): boolean {
  return term.startsWith('!') ? !said.has(term.slice(1)) : said.has(term);
}

/** The concepts of the words, and what kinds of quantities stand among them. */
function saidIn(reading: Reading): ReadonlySet<string> {
  const said = new Set<string>();
  for (const concept of reading.concepts) {
    const [kind = concept, value] = concept.split(':');
    said.add(value === undefined ? concept : (kindsOfTime[kind] ?? kind));
  }
  if (reading.places.length > 0) said.add('place');
  if (reading.numbers.some(({ e164 }) => e164 !== null)) said.add('number');
  if (reading.numbers.some(({ e164 }) => e164 === null)) said.add('place');
  if (reading.amounts.length > 0) said.add('moneyAmount').add('amount');
  if (reading.bareNumbers.length > 0) said.add('amount');
  if ([...reading.amounts, ...reading.bareNumbers].some(({ amount }) => amount === 0)) said.add('zero');
  if (itemNumber.test(reading.text.folded)) said.add('item');
  if (reading.durations.length > 0) said.add('duration');
  for (const { kind } of reading.dates) said.add(kind === 'day' ? 'until' : 'period');
  return said;
}

/** One of a list by its number: "request 42", "12번". */
const itemNumber = /(?:request|number|no\.?|item|#|ticket)\s?#?\d|\d\s?번(?!호)/u;

/** "end:month" and "day:friday" point ahead, "period:last_week" and "month:10" back. */
const kindsOfTime: Readonly<Record<string, string>> = {
  end: 'until',
  day: 'until',
  span: 'until',
  period: 'period',
  month: 'period',
};
