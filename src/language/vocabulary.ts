import commonEnglish from './data/common-words.en.json' with { type: 'json' };
import grammar from './data/intents.json' with { type: 'json' };
import english from './data/lexicon.en.json' with { type: 'json' };
import korean from './data/lexicon.ko.json' with { type: 'json' };
import time from './data/lexicon-time.json' with { type: 'json' };
import koreanWords from './data/words.ko.json' with { type: 'json' };
import { stemForms } from './korean-stems.ts';
import { type PlaceReading, placeNames } from './places.ts';

/** What a phrase stands for. Without concepts and place it is an everyday word, or the ending of a Korean one. */
export interface Entry {
  readonly concepts: readonly string[];
  readonly place: PlaceReading | null;
  readonly ending: boolean;
}

/** Phrases by their parts: words in Latin script, syllables in Hangul. */
export interface PhraseTree {
  readonly next: Map<string, PhraseTree>;
  entry: Entry | null;
}

export interface Vocabulary {
  readonly latin: PhraseTree;
  readonly hangul: PhraseTree;
  /** Every single word in Latin script that occurs in some phrase. */
  readonly latinWords: ReadonlyMap<string, WordUse>;
  /** Every Hangul phrase that says something, without spaces. */
  readonly hangulPhrases: readonly string[];
}

/** What a word is to us; `part` of a longer name of a place. What comes first is the likelier meant. */
export type WordUse = 'keyword' | 'country' | 'city' | 'part' | 'common';

let built: Vocabulary | null = null;

/** Built from the data files when it is first needed. */
export function vocabulary(): Vocabulary {
  built ??= build();
  return built;
}

const hangul = /[가-힣ㄱ-ㅣ]/u;

function build(): Vocabulary {
  const latin: PhraseTree = { next: new Map(), entry: null };
  const hangulTree: PhraseTree = { next: new Map(), entry: null };
  const latinWords = new Map<string, WordUse>();
  const hangulPhrases: string[] = [];
  const transparent: string[] = [];

  const put = (phrase: string, entry: Entry, use: WordUse): void => {
    if (hangul.test(phrase)) {
      const syllables = phrase.replaceAll(' ', '');
      if (entry.concepts.length > 0 || entry.place !== null) hangulPhrases.push(syllables);
      insert(hangulTree, [...syllables], entry);
      return;
    }
    const words = phrase.replaceAll("'", '').split(/[ -]/u);
    const partly = words.length > 1 && entry.place !== null ? 'part' : use;
    for (const word of words) latinWords.set(word, likelier(partly, latinWords.get(word)));
    insert(latin, words, entry);
  };

  for (const { name, place, kind } of placeNames()) put(name, { concepts: [], place, ending: false }, kind);
  for (const lexicon of [english, korean, time]) {
    for (const [concept, phrases] of Object.entries(lexicon)) {
      for (const phrase of phrases.flatMap(spelledOut)) {
        put(phrase, { concepts: [concept], place: null, ending: false }, 'keyword');
        const turnsSense = opaque.has(concept) || concept.includes(':');
        if (!turnsSense && /[ -]/u.test(phrase)) transparent.push(phrase);
      }
    }
  }
  const everyday: Entry = { concepts: [], place: null, ending: false };
  for (const word of [...commonEnglish, ...koreanWords.common]) put(word, everyday, 'common');
  for (const ending of koreanWords.endings) put(ending, { ...everyday, ending: true }, 'common');
  for (const phrase of transparent) addInner(hangul.test(phrase) ? hangulTree : latin, phrase);
  return { latin, hangul: hangulTree, latinWords, hangulPhrases };
}

const likeliest: readonly WordUse[] = ['keyword', 'country', 'city', 'part', 'common'];

function likelier(use: WordUse, other: WordUse | undefined): WordUse {
  return other !== undefined && likeliest.indexOf(other) < likeliest.indexOf(use) ? other : use;
}

/** A Korean verb stem is marked by "~" in the data and stands for its forms. */
function spelledOut(phrase: string): readonly string[] {
  return phrase.endsWith('~') ? stemForms(phrase.slice(0, -1)) : [phrase];
}

const opaque: ReadonlySet<string> = new Set(grammar.opaque);

/**
 * A phrase also says what the phrases inside it say: "credits last" speaks of credits. Phrases that turn the sense of
 * their words around do not: "credit card".
 */
function addInner(tree: PhraseTree, phrase: string): void {
  const isHangul = hangul.test(phrase);
  const words = phrase.replaceAll("'", '').split(/[ -]/u);
  const whole = nodeOf(tree, parts(words, isHangul));
  for (let from = 0; from < words.length; from += 1) {
    for (let to = from + 1; to <= words.length && to - from < words.length; to += 1) {
      const inner = nodeOf(tree, parts(words.slice(from, to), isHangul))?.entry;
      const tooShort = isHangul && words.slice(from, to).join('').length < 2;
      if (!whole?.entry || !inner || tooShort) continue;
      const concepts = inner.concepts.filter((concept) => !opaque.has(concept) && !concept.includes(':'));
      whole.entry = { ...whole.entry, concepts: [...new Set([...whole.entry.concepts, ...concepts])] };
    }
  }
}

function parts(words: readonly string[], isHangul: boolean): readonly string[] {
  return isHangul ? [...words.join('')] : words;
}

function nodeOf(tree: PhraseTree, path: readonly string[]): PhraseTree | undefined {
  let node: PhraseTree | undefined = tree;
  for (const part of path) node = node?.next.get(part);
  return node;
}

/** One phrase may stand for several things: "cost" is a price and a spending, until the words around it tell. */
function insert(tree: PhraseTree, parts: readonly string[], entry: Entry): void {
  let node = tree;
  for (const part of parts) {
    let next = node.next.get(part);
    if (next === undefined) {
      next = { next: new Map(), entry: null };
      node.next.set(part, next);
    }
    node = next;
  }
  const before = node.entry;
  node.entry = {
    concepts: [...new Set([...(before?.concepts ?? []), ...entry.concepts])],
    place: entry.place ?? before?.place ?? null,
    ending: entry.ending || (before?.ending ?? false),
  };
}
