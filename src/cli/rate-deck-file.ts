import { readFile } from 'node:fs/promises';
import { InvalidArgumentError, Option } from 'commander';
import { type Day, utcDay } from '../decision/time.ts';
import { type Currency, currency } from '../money/currency.ts';
import { readDeckFile } from '../product.ts';
import type { DeckDateTaken } from '../rates/deck-import.ts';
import type { DeckRefused, RateDeck, RowProblem } from '../rates/rate-deck.ts';
import { Refused } from './refused.ts';

/** What a list of Azure Communication Services does not say of itself. */
export interface UnstatedOptions {
  readonly currency: Currency;
  readonly effectiveFrom?: Day;
}

export function currencyOption(): Option {
  return new Option('--currency <code>', 'of a list that does not name its own')
    .default('USD')
    .argParser((text) => {
      const known = currency(text);
      if (known === null) throw new InvalidArgumentError('Give an ISO 4217 code such as USD or EUR.');
      return known;
    });
}

export function effectiveFromOption(): Option {
  return new Option(
    '--effective-from <day>',
    'from when a list counts that does not say so (default: today)',
  ).argParser((text) => {
    const at = Date.parse(`${text}T00:00:00Z`);
    if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(at)) {
      throw new InvalidArgumentError('Give a day such as 2026-01-01.');
    }
    return utcDay(at);
  });
}

/** @throws {Refused} where the file cannot be read. */
export async function readDeckText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new Refused('file-unreadable', `${path} cannot be read. Check the path and its permissions.`);
  }
}

/** @throws {Refused} where the text is not a price list. */
export function deckOf(
  csvText: string,
  unstated: { readonly currency: Currency; readonly effectiveFrom: Day },
): RateDeck {
  const read = readDeckFile(csvText, unstated);
  if (!read.ok) throw deckRefused(read.refusal, read.problems);
  return read.deck;
}

const mostProblems = 10;

/** What a refused list is told: what is wrong, where, and what to do. */
export function deckRefused(
  { code, data = {} }: DeckRefused | DeckDateTaken,
  problems: readonly RowProblem[],
): Refused {
  const rows = problems
    .slice(0, mostProblems)
    .map(({ row, column, code: problem }) => `row ${row}, ${column}: ${problem}`)
    .join('; ');
  return new Refused(code, `${sentence(code, data)}${rows === '' ? '' : ` ${rows}.`}`);
}

function sentence(
  code: (DeckRefused | DeckDateTaken)['code'],
  data: Readonly<Record<string, string | number>>,
): string {
  switch (code) {
    case 'deck-not-csv':
      return 'The file is not CSV text. Save the price list as CSV, in UTF-8.';
    case 'deck-too-large':
      return `The file has ${data.found} characters, and at most ${data.maximum} are taken. Import one price list.`;
    case 'deck-columns-missing':
      return `The file is not a price list: it lacks the columns ${data.missing}. Found ${data.found || 'none'}.`;
    case 'deck-empty':
      return 'The price list has no rows.';
    case 'deck-rows-invalid':
      return `${data.problems} cells of the price list cannot be read, and a list is taken whole or not at all. Correct them and import it again.`;
    case 'deck-currencies-mixed':
      return `The price list mixes ${data.first} and ${data.other}. Import one list for each currency.`;
    case 'deck-dates-mixed':
      return `The price list counts from ${data.first} and from ${data.other}. Import one list for each day.`;
    case 'deck-id-twice':
      return `Two rows of the price list have the id ${data.id}. Give each its own.`;
    case 'deck-prefix-twice':
      return `Two rows of the price list have the prefix ${data.prefix}. One number can have one price only.`;
    case 'deck-date-taken':
      return `Another price list counts from ${data.effectiveFrom} (${data.deck}), and a list that counts is never edited. Import the correction with another day.`;
  }
}
