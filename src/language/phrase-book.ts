import type { PlaceReading } from './places.ts';

/** What a phrase stands for; without concepts and place it only holds a sentence together. */
export interface Entry {
  readonly concepts: readonly string[];
  readonly place: PlaceReading | null;
  /** A Korean particle or ending: it may follow a word without a space. */
  readonly ending: boolean;
  /** A word that could belong to any subject: "meeting", "office". */
  readonly everyday: boolean;
}

export const silent: Entry = { concepts: [], place: null, ending: false, everyday: false };

/** Entries by phrase: words in Latin script with single spaces between them, Hangul without spaces. */
export type PhraseBook = ReadonlyMap<string, Entry>;

/** No phrase has more words, or more syllables. */
export const longestPhrase = 14;

/** One phrase may stand for several things: "cost" is a price and a spending, until the words around it tell. */
export function enter(book: Map<string, Entry>, phrase: string, entry: Entry): void {
  const before = book.get(phrase);
  const isNew = before === undefined;
  book.set(
    phrase,
    isNew
      ? entry
      : {
          concepts: union(before.concepts, entry.concepts),
          place: entry.place ?? before.place,
          ending: entry.ending || before.ending,
          everyday: entry.everyday && before.everyday,
        },
  );
}

function union(some: readonly string[], others: readonly string[]): readonly string[] {
  const added = others.filter((other) => !some.includes(other));
  return added.length === 0 ? some : [...some, ...added];
}
