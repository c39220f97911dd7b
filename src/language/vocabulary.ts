import grammar from './data/intents.json' with { type: 'json' };
import english from './data/lexicon.en.json' with { type: 'json' };
import korean from './data/lexicon.ko.json' with { type: 'json' };
import time from './data/lexicon-time.json' with { type: 'json' };
import englishWords from './data/words.en.json' with { type: 'json' };
import koreanWords from './data/words.ko.json' with { type: 'json' };
import { stemForms } from './korean-stems.ts';
import { type Entry, enter, type PhraseBook, silent } from './phrase-book.ts';
import { placeNames } from './places.ts';

/** What a word is to us; `part` of a longer name of a place. What comes first is the likelier meant. */
export type WordUse = 'keyword' | 'country' | 'city' | 'part' | 'common';

export interface Vocabulary {
  readonly latin: PhraseBook;
  readonly hangul: PhraseBook;
  /** Every single word in Latin script that occurs in some phrase. */
  readonly latinWords: ReadonlyMap<string, WordUse>;
  /** Every Hangul phrase that says something, without spaces. */
  readonly hangulPhrases: readonly string[];
}

let built: Vocabulary | null = null;

/** Built from the data files when it is first needed. */
export function vocabulary(): Vocabulary {
  built ??= build();
  return built;
}

function build(): Vocabulary {
  const books = { latin: new Map<string, Entry>(), hangul: new Map<string, Entry>() };
  const latinWords = new Map<string, WordUse>();
  const hangulPhrases: string[] = [];
  const put = ({ phrase, entry, use }: Listed): void => {
    const { script, words, key } = split(phrase);
    enter(books[script], key, entry);
    if (script === 'hangul' && use !== 'common') hangulPhrases.push(key);
    if (script === 'hangul') return;
    const partly = words.length > 1 && entry.place !== null ? 'part' : use;
    for (const word of words) latinWords.set(word, likelier(partly, latinWords.get(word)));
  };

  const concepts = [...listedConcepts()];
  for (const listed of [...listedPlaces(), ...concepts, ...listedWords()]) put(listed);
  for (const { phrase, entry } of concepts) {
    const parts = split(phrase);
    const speaks = parts.words.length > 1 && !entry.concepts.some(turnsSense);
    if (speaks) sayInner(books[parts.script], parts);
  }
  return { ...books, latinWords, hangulPhrases };
}

interface Listed {
  readonly phrase: string;
  readonly entry: Entry;
  readonly use: WordUse;
}

function* listedPlaces(): Generator<Listed> {
  for (const { name, place, kind } of placeNames()) {
    yield { phrase: name, entry: { ...silent, place }, use: kind };
  }
}

function* listedConcepts(): Generator<Listed> {
  for (const lexicon of [english, korean, time]) {
    for (const [concept, phrases] of Object.entries(lexicon)) {
      const entry = { ...silent, concepts: [concept] };
      for (const phrase of phrases.flatMap(spelledOut)) yield { phrase, entry, use: 'keyword' };
    }
  }
}

function* listedWords(): Generator<Listed> {
  for (const { function: particles, everyday } of [englishWords, koreanWords]) {
    for (const phrase of particles) yield { phrase, entry: silent, use: 'common' };
    for (const phrase of everyday) yield { phrase, entry: ofAnySubject, use: 'common' };
  }
  for (const phrase of koreanWords.endings) yield { phrase, entry: koreanEnding, use: 'common' };
}

const ofAnySubject: Entry = { ...silent, everyday: true };
const koreanEnding: Entry = { ...silent, ending: true };

/** A Korean verb stem is marked by "~" in the data and stands for its forms. */
function spelledOut(phrase: string): readonly string[] {
  return phrase.endsWith('~') ? stemForms(phrase.slice(0, -1)) : [phrase];
}

interface Split {
  readonly script: 'latin' | 'hangul';
  readonly words: readonly string[];
  /** As the phrase stands in its book. */
  readonly key: string;
}

const firstHangul = 'ㄱ';

function split(phrase: string): Split {
  const script = phrase.charAt(0) >= firstHangul && phrase.charAt(0) <= '힣' ? 'hangul' : 'latin';
  if (!/[ '-]/u.test(phrase)) return { script, words: [phrase], key: phrase };
  const words = phrase.replaceAll("'", '').split(/[ -]/u);
  return { script, words, key: words.join(script === 'hangul' ? '' : ' ') };
}

const likeliest: readonly WordUse[] = ['keyword', 'country', 'city', 'part', 'common'];

function likelier(use: WordUse, other: WordUse | undefined): WordUse {
  return other !== undefined && likeliest.indexOf(other) < likeliest.indexOf(use) ? other : use;
}

const opaque: ReadonlySet<string> = new Set(grammar.opaque);

/** "credit card" is no credit, and "last month" does not last. */
function turnsSense(concept: string): boolean {
  return opaque.has(concept) || concept.includes(':');
}

/** A phrase also says what the phrases inside it say: "credits left" speaks of credits. */
function sayInner(book: Map<string, Entry>, { script, words, key }: Split): void {
  const separator = script === 'hangul' ? '' : ' ';
  for (let from = 0; from < words.length; from += 1) {
    for (let to = from + 1; to <= words.length; to += 1) {
      const inner = words.slice(from, to).join(separator);
      // A single syllable is a word only where it stands alone.
      if (inner === key || (script === 'hangul' && inner.length < 2)) continue;
      const concepts = book.get(inner)?.concepts.filter((concept) => !turnsSense(concept)) ?? [];
      if (concepts.length > 0) enter(book, key, { ...silent, concepts });
    }
  }
}
