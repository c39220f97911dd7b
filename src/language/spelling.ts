import { editDistance } from './edit-distance.ts';
import { toJamo } from './jamo.ts';
import { type Vocabulary, vocabulary, type WordUse } from './vocabulary.ts';

/** Among words equally near. */
const penaltyOf: Readonly<Record<WordUse, number>> = {
  keyword: 0,
  country: 0,
  city: 0.2,
  part: 0.25,
  common: 0.3,
};
const shortestCorrected = 4;
const twoEditsFrom = 7;
const shortestJamo = 5;
const twoEditsFromJamo = 9;

/**
 * The word that was probably meant: at most one edit away, two for longer words; words of three letters or fewer and
 * words we know are taken as they stand. Null where none is near enough.
 */
export function corrected(word: string): string | null {
  const { latinWords } = vocabulary();
  if (latinWords.has(word)) return null;
  const plain = word.replace(/(?<letter>.)\k<letter>{2,}/gu, '$<letter>');
  if (plain !== word && latinWords.has(plain)) return plain;
  if (word.length < shortestCorrected) return null;

  let best: string | null = null;
  let bestPenalty = Number.POSITIVE_INFINITY;
  for (const candidate of index().latin.get(word.charAt(0)) ?? []) consider(candidate);
  for (const candidate of index().latinByEnd.get(word.slice(-2)) ?? []) consider(candidate);
  return best;

  function consider(candidate: string): void {
    const sameFirst = candidate.charAt(0) === word.charAt(0);
    const isLong = candidate.length >= twoEditsFrom && word.length >= twoEditsFrom - 1;
    const limit = isLong && sameFirst ? 2 : 1;
    if (Math.abs(candidate.length - word.length) > limit) return;
    const edits = editDistance(word, candidate, limit);
    if (edits > limit) return;
    const use = latinWords.get(candidate) ?? 'common';
    if (use === 'common' && edits > 1) return;
    const penalty = edits + penaltyOf[use] + (sameFirst ? 0 : 0.4);
    if (penalty >= bestPenalty) return;
    best = candidate;
    bestPenalty = penalty;
  }
}

/** The Hangul phrase that was probably meant, compared letter by letter. */
export function correctedHangul(syllables: string): string | null {
  const letters = toJamo(syllables);
  if (letters.length < shortestJamo) return null;
  let best: string | null = null;
  let bestEdits = Number.POSITIVE_INFINITY;
  for (const [candidate, candidateLetters] of index().hangul) {
    const limit = Math.min(candidateLetters.length >= twoEditsFromJamo ? 2 : 1, bestEdits - 1);
    if (limit < 1 || Math.abs(candidateLetters.length - letters.length) > limit) continue;
    if (candidateLetters.charAt(0) !== letters.charAt(0) && limit < 2) continue;
    const edits = editDistance(letters, candidateLetters, limit);
    if (edits > limit) continue;
    best = candidate;
    bestEdits = edits;
  }
  return best;
}

interface SpellingIndex {
  readonly latin: ReadonlyMap<string, readonly string[]>;
  readonly latinByEnd: ReadonlyMap<string, readonly string[]>;
  readonly hangul: readonly (readonly [phrase: string, letters: string])[];
}

let built: SpellingIndex | null = null;

function index(): SpellingIndex {
  built ??= build(vocabulary());
  return built;
}

function build({ latinWords, hangulPhrases }: Vocabulary): SpellingIndex {
  const words = [...latinWords.keys()].filter((word) => word.length >= shortestCorrected);
  const phrases = [...new Set(hangulPhrases)].map((phrase) => [phrase, toJamo(phrase)] as const);
  return {
    latin: grouped(words, (word) => word.charAt(0)),
    latinByEnd: grouped(words, (word) => word.slice(-2)),
    hangul: phrases.filter(([phrase, letters]) => phrase.length > 1 && letters.length >= shortestJamo),
  };
}

function grouped(
  words: readonly string[],
  key: (word: string) => string,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const word of words) {
    const group = groups.get(key(word));
    if (group === undefined) groups.set(key(word), [word]);
    else group.push(word);
  }
  return groups;
}
