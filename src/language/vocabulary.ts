import grammar from './data/intents.json' with { type: 'json' };
import english from './data/lexicon.en.json' with { type: 'json' };
import korean from './data/lexicon.ko.json' with { type: 'json' };
import time from './data/lexicon-time.json' with { type: 'json' };
import englishWords from './data/words.en.json' with { type: 'json' };
import koreanWords from './data/words.ko.json' with { type: 'json' };
import { stemForms } from './korean-stems.ts';
import { type Entry, emptyTree, entryOf, insert, type PhraseTree, silent } from './phrase-tree.ts';
import { placeNames } from './places.ts';

/** What a word is to us; `part` of a longer name of a place. What comes first is the likelier meant. */
export type WordUse = 'keyword' | 'country' | 'city' | 'part' | 'common';

export interface Vocabulary {
  readonly latin: PhraseTree;
  readonly hangul: PhraseTree;
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
  const trees = { latin: emptyTree(), hangul: emptyTree() };
  const latinWords = new Map<string, WordUse>();
  const hangulPhrases: string[] = [];
  const put = ({ phrase, entry, use }: Listed): void => {
    const { script, words, parts } = split(phrase);
    insert(trees[script], parts, entry);
    if (script === 'hangul' && use !== 'common') hangulPhrases.push(parts.join(''));
    if (script === 'hangul') return;
    const partly = words.length > 1 && entry.place !== null ? 'part' : use;
    for (const word of words) latinWords.set(word, likelier(partly, latinWords.get(word)));
  };

  const concepts = [...listedConcepts()];
  for (const listed of [...listedPlaces(), ...concepts, ...listedWords()]) put(listed);
  for (const { phrase, entry } of concepts) {
    if (!entry.concepts.some(turnsSense)) sayInner(trees[split(phrase).script], phrase);
  }
  return { ...trees, latinWords, hangulPhrases };
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
    for (const phrase of everyday) yield { phrase, entry: { ...silent, everyday: true }, use: 'common' };
  }
  for (const phrase of koreanWords.endings) {
    yield { phrase, entry: { ...silent, ending: true }, use: 'common' };
  }
}

/** A Korean verb stem is marked by "~" in the data and stands for its forms. */
function spelledOut(phrase: string): readonly string[] {
  return phrase.endsWith('~') ? stemForms(phrase.slice(0, -1)) : [phrase];
}

interface Split {
  readonly script: 'latin' | 'hangul';
  readonly words: readonly string[];
  /** The steps of the phrase in its tree. */
  readonly parts: readonly string[];
}

function split(phrase: string): Split {
  const words = phrase.replaceAll("'", '').split(/[ -]/u);
  return /[가-힣ㄱ-ㅣ]/u.test(phrase)
    ? { script: 'hangul', words, parts: [...words.join('')] }
    : { script: 'latin', words, parts: words };
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
function sayInner(tree: PhraseTree, phrase: string): void {
  const { script, words, parts } = split(phrase);
  for (let from = 0; from < words.length; from += 1) {
    for (let to = from + 1; to <= words.length; to += 1) {
      const inner = script === 'hangul' ? [...words.slice(from, to).join('')] : words.slice(from, to);
      // A single syllable is a word only where it stands alone.
      if (inner.length === parts.length || (script === 'hangul' && inner.length < 2)) continue;
      const concepts = entryOf(tree, inner)?.concepts.filter((concept) => !turnsSense(concept)) ?? [];
      if (concepts.length > 0) insert(tree, parts, { ...silent, concepts });
    }
  }
}
