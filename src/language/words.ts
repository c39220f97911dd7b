import { type HangulWord, hangulWords } from './hangul-words.ts';
import type { NormalisedText } from './normalise.ts';
import { regionByCode } from './places.ts';
import type { Phrase, PlaceMention, Reading } from './reading.ts';
import { corrected, correctedHangul } from './spelling.ts';
import type { Token } from './tokens.ts';
import { type Entry, type PhraseTree, vocabulary } from './vocabulary.ts';

type Words = Pick<Reading, 'phrases' | 'concepts' | 'places' | 'unknownWords'>;
interface Found {
  readonly start: number;
  readonly end: number;
  /** Null for a word nobody knows. */
  readonly entry: Entry | null;
}

/** Finds the phrases we know in the words of a text; no phrase reaches across a quantity. */
export function wordsRead(
  text: NormalisedText,
  words: readonly Token[],
  quantities: readonly { readonly start: number; readonly end: number }[],
): Words {
  const found = stretches(words, quantities).flatMap((stretch) =>
    stretch[0]?.kind === 'hangul' ? hangulFound(stretch) : latinFound(text, stretch),
  );
  const phrases: Phrase[] = [];
  const places: PlaceMention[] = [];
  for (const { start, end, entry } of found) {
    if (entry === null) continue;
    if (entry.concepts.length > 0) phrases.push({ start, end, concepts: entry.concepts });
    if (entry.place !== null) places.push({ start, end, place: entry.place });
  }
  return {
    phrases,
    places,
    concepts: new Set(phrases.flatMap((phrase) => phrase.concepts)),
    unknownWords: found.filter(({ entry }) => entry === null).length,
  };
}

/** Words of one script that stand together. */
function stretches(
  words: readonly Token[],
  quantities: readonly { readonly start: number; readonly end: number }[],
): readonly (readonly Token[])[] {
  const all: Token[][] = [];
  for (const word of words) {
    const current = all.at(-1);
    const last = current?.at(-1);
    const sameScript = (last?.kind === 'hangul') === (word.kind === 'hangul');
    const apart = quantities.some(({ start }) => last !== undefined && start >= last.end && start < word.start);
    if (current === undefined || last === undefined || !sameScript || apart) all.push([word]);
    else current.push(word);
  }
  return all;
}

function latinFound(text: NormalisedText, words: readonly Token[]): readonly Found[] {
  const spelled = words.map((word) => (word.kind === 'latin' ? (corrected(word.text) ?? word.text) : word.text));
  const shouted = !/[a-z]/u.test(text.typed);
  const found: Found[] = [];
  for (let from = 0; from < words.length; ) {
    const { to, entry } = longestPhrase(spelled, from);
    const first = words[from];
    const last = words[to - 1];
    if (first === undefined || last === undefined) break;
    const region = shouted ? null : regionByCode(text.typed.slice(first.start, first.end));
    const isCode = to - from === 1 && region !== null && (entry === null || entry.concepts.length === 0);
    const place = isCode ? { region: region ?? '', alternatives: [] } : null;
    const known = entry !== null || first.kind !== 'latin';
    if (place !== null) {
      found.push({ start: first.start, end: first.end, entry: { concepts: [], place, ending: false } });
    } else if (known) {
      found.push({ start: first.start, end: last.end, entry: entry ?? { concepts: [], place: null, ending: false } });
    } else {
      found.push({ start: first.start, end: first.end, entry: null });
    }
    from = to;
  }
  return found;
}

function longestPhrase(
  words: readonly string[],
  from: number,
): { readonly to: number; readonly entry: Entry | null } {
  let node: PhraseTree | undefined = vocabulary().latin;
  let longest: { readonly to: number; readonly entry: Entry | null } = { to: from + 1, entry: null };
  for (let to = from + 1; to <= words.length; to += 1) {
    node = node.next.get(words[to - 1] ?? '');
    if (node === undefined) break;
    if (node.entry !== null) longest = { to, entry: node.entry };
  }
  return longest;
}

function hangulFound(written: readonly Token[]): readonly Found[] {
  const first = divide(written.map(({ text }) => text));
  const mended = written.map(({ text }, index) => mend(text, first.byWord[index] ?? []));
  const changed = mended.some((text, index) => text !== written[index]?.text);
  const { byWord } = changed ? divide(mended) : first;
  return byWord.flatMap((words, index) => {
    const token = written[index];
    return token === undefined ? [] : inToken(words, token, changed ? (mended[index] ?? '') : token.text, written);
  });
}

interface Divided {
  /** The phrases by the written word in which they begin. */
  readonly byWord: readonly (readonly HangulWord[])[];
}

function divide(written: readonly string[]): Divided {
  const starts: number[] = [];
  let length = 0;
  for (const word of written) {
    starts.push(length);
    length += word.length;
  }
  const words = hangulWords([...written.join('')], new Set(starts), vocabulary().hangul);
  const byWord = starts.map((start, index) => {
    const end = starts[index + 1] ?? length;
    return words
      .filter(({ from }) => from >= start && from < end)
      .map(({ from, to, entry }) => ({ from: from - start, to: to - start, entry }));
  });
  return { byWord };
}

/** Where syllables of a written word are unknown, takes the nearest phrase for them, if one is near. */
function mend(written: string, words: readonly HangulWord[]): string {
  const firstUnknown = words.findIndex(({ entry }) => entry === null);
  if (firstUnknown === -1) return written;
  const lastUnknown = words.findLastIndex(({ entry }) => entry === null);
  const end = words[lastUnknown]?.to ?? written.length;
  const start = words[firstUnknown]?.from ?? 0;
  const before = words.slice(0, firstUnknown);
  const reach = before.every(({ entry }) => entry?.concepts.length === 0 && entry.place === null) ? 0 : start;
  for (const from of new Set([reach, start])) {
    for (const to of new Set([end, Math.min(end + 1, written.length)])) {
      const meant = correctedHangul(written.slice(from, to));
      if (meant !== null) return written.slice(0, from) + meant + written.slice(to);
    }
  }
  return written;
}

/** Unknown syllables side by side are one unknown word; a single one is left unsaid. */
function inToken(
  words: readonly HangulWord[],
  token: Token,
  divided: string,
  written: readonly Token[],
): readonly Found[] {
  const shift = divided.length - token.text.length;
  const found: Found[] = [];
  let unknown = 0;
  for (const { from, to, entry } of words) {
    unknown = entry === null ? unknown + 1 : 0;
    const start = token.start + from;
    const end = Math.min(endOf(to - shift, token, written), token.start + Math.max(to, to - shift));
    if (entry !== null) found.push({ start, end, entry });
    else if (unknown === 2) found.push({ start, end, entry: null });
  }
  return found;
}

/** A phrase may reach into the written words after the one it begins in. */
function endOf(to: number, token: Token, written: readonly Token[]): number {
  let left = to;
  for (const word of written.slice(written.indexOf(token))) {
    if (left <= word.text.length) return word.start + left;
    left -= word.text.length;
  }
  return token.end;
}
