import { type HangulWord, hangulWords } from './hangul-words.ts';
import type { NormalisedText } from './normalise.ts';
import { type Entry, longestPhrase, silent } from './phrase-book.ts';
import { type PlaceReading, regionByCode } from './places.ts';
import { corrected, correctedHangul } from './spelling.ts';
import type { Token } from './tokens.ts';
import { vocabulary } from './vocabulary.ts';

/** What the words of a text say. */
export interface Words {
  /** Phrases in the order of the text. */
  readonly phrases: readonly Phrase[];
  readonly concepts: ReadonlySet<string>;
  readonly places: readonly PlaceMention[];
  /** Words that nobody knows or that could belong to any subject: the more there are, the less it is about us. */
  readonly strangeWords: number;
}

interface Phrase {
  readonly start: number;
  readonly end: number;
  readonly concepts: readonly string[];
}

interface PlaceMention {
  readonly start: number;
  readonly end: number;
  readonly place: PlaceReading;
}

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
    strangeWords: found.filter(isStrange).length,
  };
}

/** A word that nobody knows, or that could belong to any subject. */
function isStrange({ entry }: Found): boolean {
  return entry === null || (entry.everyday && entry.concepts.length === 0 && entry.place === null);
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
    const apart = quantities.some(
      ({ start }) => last !== undefined && start >= last.end && start < word.start,
    );
    if (current === undefined || last === undefined || !sameScript || apart) all.push([word]);
    else current.push(word);
  }
  return all;
}

function latinFound(text: NormalisedText, words: readonly Token[]): readonly Found[] {
  const spelled = words.map(({ kind, text: word }) => (kind === 'latin' ? (corrected(word) ?? word) : word));
  const shouted = !/[a-z]/u.test(text.typed);
  const found: Found[] = [];
  for (let from = 0; from < words.length; ) {
    const { to, entry } = longestFrom(spelled, from);
    const first = words[from];
    const last = words[to - 1];
    if (first === undefined || last === undefined) break;
    const span = { start: first.start, end: last.end };
    const code = to - from === 1 && !shouted ? regionByCode(text.typed.slice(span.start, span.end)) : null;
    if (code !== null && (entry === null || entry.concepts.length === 0)) {
      found.push({ ...span, entry: { ...silent, place: { region: code, alternatives: [] } } });
    } else {
      found.push({ ...span, entry: entry ?? (first.kind === 'latin' ? null : silent) });
    }
    from = to;
  }
  return found;
}

function longestFrom(
  words: readonly string[],
  from: number,
): { readonly to: number; readonly entry: Entry | null } {
  const { latin } = vocabulary();
  for (let to = Math.min(words.length, from + longestPhrase); to > from; to -= 1) {
    const entry = latin.get(words.slice(from, to).join(' '));
    if (entry !== undefined) return { to, entry };
  }
  return { to: from + 1, entry: null };
}

function hangulFound(written: readonly Token[]): readonly Found[] {
  const asWritten = written.map(({ text }) => text);
  const divided = divide(asWritten);
  const mended = asWritten.map((text, index) => mend(text, divided[index] ?? []));
  const changed = mended.some((text, index) => text !== asWritten[index]);
  return (changed ? divide(mended) : divided).flatMap((words, index) =>
    spansOf(words, index, written, mended),
  );
}

/** The phrases of each written word; one that reaches into the next word belongs to the word in which it begins. */
function divide(written: readonly string[]): readonly (readonly HangulWord[])[] {
  const starts: number[] = [];
  let length = 0;
  for (const word of written) {
    starts.push(length);
    length += word.length;
  }
  const words = hangulWords(written.join(''), new Set(starts), vocabulary().hangul);
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? length;
    return words
      .filter(({ from }) => from >= start && from < end)
      .map(({ from, to, entry }) => ({ from: from - start, to: to - start, entry }));
  });
}

/** Where syllables of a written word are unknown, takes the nearest phrase for them, if one is near. */
function mend(written: string, words: readonly HangulWord[]): string {
  const firstUnknown = words.findIndex(({ entry }) => entry === null);
  if (firstUnknown === -1) return written;
  const lastUnknown = words.findLastIndex(({ entry }) => entry === null);
  const start = words[firstUnknown]?.from ?? 0;
  const end = words[lastUnknown]?.to ?? written.length;
  const saysNothing = words
    .slice(0, firstUnknown)
    .every(({ entry }) => entry?.concepts.length === 0 && entry.place === null);
  // 일봉 is read as 일 and an unknown 봉: what says nothing before it, and a syllable after it, may belong to the name.
  for (const from of new Set([saysNothing ? 0 : start, start])) {
    for (const to of new Set([end, Math.min(end + 1, written.length)])) {
      const meant = correctedHangul(written.slice(from, to));
      if (meant !== null) return written.slice(0, from) + meant + written.slice(to);
    }
  }
  return written;
}

/** Where the phrases of a written word stand in the text; a single unknown syllable is no unknown word. */
function spansOf(
  words: readonly HangulWord[],
  index: number,
  written: readonly Token[],
  mended: readonly string[],
): readonly Found[] {
  const found: Found[] = [];
  let unknown = 0;
  for (const { from, to, entry } of words) {
    unknown = entry === null ? unknown + 1 : 0;
    if (entry === null && unknown !== 2) continue;
    found.push({
      start: positionOf(from, index, written, mended),
      end: positionOf(to, index, written, mended),
      entry,
    });
  }
  return found;
}

/** The place in the text after so many syllables, counted from the beginning of a written word. */
function positionOf(
  syllables: number,
  index: number,
  written: readonly Token[],
  mended: readonly string[],
): number {
  let left = syllables;
  for (const [offset, token] of written.slice(index).entries()) {
    const length = mended[index + offset]?.length ?? 0;
    if (left <= length) return Math.min(token.start + left, token.end);
    left -= length;
  }
  return written.at(-1)?.end ?? 0;
}
