import english from './data/requests.en.json' with { type: 'json' };
import korean from './data/requests.ko.json' with { type: 'json' };
import { editDistance } from './edit-distance.ts';
import { toJamo } from './jamo.ts';
import type { NormalisedText } from './normalise.ts';
import { type Token, tokens } from './tokens.ts';
import { vocabulary } from './vocabulary.ts';

/** By phrase; null for what only holds a sentence together. */
type Phrases = ReadonlyMap<string, string | null>;

const latin = phrasesOf(english, (phrase) => phrase);
const hangul = phrasesOf(korean, (phrase) => phrase.replaceAll(' ', ''));
const latinWords = new Set([...latin.keys()].flatMap((phrase) => phrase.split(' ')));
const hangulByLetters = new Map([...hangul.keys()].map((phrase) => [toJamo(phrase), phrase]));
const longestLatin = Math.max(...[...latin.keys()].map((phrase) => phrase.split(' ').length));
const longestHangul = Math.max(...[...hangul.keys()].map((phrase) => phrase.length));

/** What the words of a text stand for in requests, in their order; null where one of them is none of ours. */
export function requestConcepts(text: NormalisedText): readonly string[] | null {
  const concepts: string[] = [];
  for (const stretch of stretches(tokens(text))) {
    const words = stretch.map((token) => token.text.replace(tears, ''));
    const read = stretch[0]?.kind === 'hangul' ? readHangul(words) : readLatin(words);
    if (read === null) return null;
    concepts.push(...read);
  }
  return concepts;
}

/** Written onto a word, they say nothing. */
const tears = /[ㅋㅎㅠㅜㅡ]+$/u;

function phrasesOf(
  lexicon: Readonly<Record<string, readonly string[]>>,
  written: (phrase: string) => string,
): Phrases {
  return new Map(
    Object.entries(lexicon).flatMap(([concept, phrases]) =>
      phrases.map((phrase) => [written(phrase), concept === 'silent' ? null : concept] as const),
    ),
  );
}

/** Words of one script that stand together; a smile says nothing. */
function stretches(all: readonly Token[]): readonly (readonly Token[])[] {
  const found: Token[][] = [];
  for (const token of all) {
    if (token.kind === 'sign') continue;
    const last = found.at(-1);
    if (last?.[0]?.kind === token.kind) last.push(token);
    else found.push([token]);
  }
  return found;
}

/** The longest phrase from each word on. */
function readLatin(typed: readonly string[]): readonly string[] | null {
  const words = typed.map((word) => (latinWords.has(word) ? word : (nearestLatin(word) ?? word)));
  const concepts: string[] = [];
  for (let from = 0; from < words.length; ) {
    let to = Math.min(words.length, from + longestLatin);
    while (to > from && !latin.has(words.slice(from, to).join(' '))) to -= 1;
    if (to === from) return null;
    const concept = latin.get(words.slice(from, to).join(' '));
    if (concept) concepts.push(concept);
    from = to;
  }
  return concepts;
}

const nearLatin = { shortest: 4, twoEditsFrom: 7 };

/** A word that means something else elsewhere is no misspelling; null where none of ours is near. */
function nearestLatin(word: string): string | null {
  return vocabulary().latinWords.has(word) ? null : nearest(word, latinWords, nearLatin);
}

/** Written together or apart: phrases that cover all syllables, as few as can be. */
function readHangul(words: readonly string[]): readonly string[] | null {
  const covered = cover(words.join(''));
  if (covered !== null) return covered;
  const strange = words.flatMap((word, index) => (cover(word) === null ? [index] : []));
  const [index] = strange;
  if (index === undefined || strange.length > 1) return null;
  const mended = mend(words[index] ?? '');
  return mended === null ? null : cover(words.with(index, mended).join(''));
}

interface Covered {
  readonly concepts: readonly string[];
  readonly phrases: number;
}

function cover(syllables: string): readonly string[] | null {
  const upTo: (Covered | null)[] = [{ concepts: [], phrases: 0 }];
  for (let to = 1; to <= syllables.length; to += 1) {
    let best: Covered | null = null;
    for (let from = Math.max(0, to - longestHangul); from < to; from += 1) {
      const before = upTo[from];
      const concept = hangul.get(syllables.slice(from, to));
      if (!before || concept === undefined || (best !== null && best.phrases <= before.phrases + 1)) continue;
      const concepts = concept === null ? before.concepts : [...before.concepts, concept];
      best = { concepts, phrases: before.phrases + 1 };
    }
    upTo.push(best);
  }
  return upTo[syllables.length]?.concepts ?? null;
}

const longestMended = 12;

/** One phrase of a written word may be misspelt, where the rest of the word is known; compared letter by letter. */
function mend(word: string): string | null {
  if (word.length > longestMended) return null;
  for (let length = word.length; length > 0; length -= 1) {
    for (let from = 0; from + length <= word.length; from += 1) {
      const before = word.slice(0, from);
      const after = word.slice(from + length);
      if (cover(before) === null || cover(after) === null) continue;
      const meant = nearestHangul(word.slice(from, from + length));
      if (meant !== null) return before + meant + after;
    }
  }
  return null;
}

const nearLetters = { shortest: 5, twoEditsFrom: 9 };

function nearestHangul(syllables: string): string | null {
  if (vocabulary().hangul.has(syllables)) return null;
  const letters = nearest(toJamo(syllables), hangulByLetters.keys(), nearLetters);
  return letters === null ? null : (hangulByLetters.get(letters) ?? null);
}

/** The candidate that takes the fewest edits, of those that begin alike. */
function nearest(
  typed: string,
  candidates: Iterable<string>,
  { shortest, twoEditsFrom }: { readonly shortest: number; readonly twoEditsFrom: number },
): string | null {
  let best: string | null = null;
  let allowed = typed.length < shortest ? 0 : 2;
  for (const candidate of candidates) {
    if (candidate.length < shortest || candidate.charAt(0) !== typed.charAt(0)) continue;
    const limit = Math.min(allowed, candidate.length >= twoEditsFrom ? 2 : 1);
    const edits = editDistance(typed, candidate, limit);
    if (limit === 0 || edits > limit) continue;
    best = candidate;
    allowed = edits - 1;
  }
  return best;
}
