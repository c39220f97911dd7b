import { type Entry, longestPhrase, type PhraseBook } from './phrase-book.ts';

/** A phrase found in a stretch of Hangul, by syllables; `entry` is null for a syllable that nobody knows. */
export interface HangulWord {
  readonly from: number;
  readonly to: number;
  readonly entry: Entry | null;
}

/** What the syllable before belongs to: it decides what may follow. */
type Before = 'space' | 'keyword' | 'other' | 'unknown';
interface Path {
  readonly cost: number;
  readonly word: HangulWord | null;
  readonly previous: Path | null;
}
type Paths = Partial<Record<Before, Path>>;

const keywordCost = 1;
const otherCost = 0.95;
const endingCost = 0.6;
const unknownCost = 1.6;
/** A keyword that begins after a syllable nobody knows is likely a part of another word. */
const insideCost = 0.5;

/**
 * Divides a stretch of Hangul into the phrases we know, at the least cost: Korean is written with or without spaces
 * and with particles and endings attached, so a word may begin where a known word or an ending stops. The name of a
 * place begins only at a space or after a keyword and is never followed by an unknown syllable: 인도 is not in 할인도.
 *
 * @param wordStarts Where a written word begins, by syllable.
 */
export function hangulWords(
  syllables: string,
  wordStarts: ReadonlySet<number>,
  book: PhraseBook,
): readonly HangulWord[] {
  const paths: Paths[] = Array.from({ length: syllables.length + 1 }, () => ({}));
  paths[0] = { space: { cost: 0, word: null, previous: null } };
  for (let from = 0; from < syllables.length; from += 1) {
    const here = paths[from] ?? {};
    if (wordStarts.has(from)) bringToSpace(here);
    const words = wordsFrom(from, syllables, wordStarts, book);
    for (const before of Object.keys(here) as Before[]) {
      const path = here[before];
      if (path === undefined) continue;
      for (const word of words) extend(paths[word.to] ?? {}, path, before, word);
    }
  }
  return words(cheapest(paths[syllables.length] ?? {}));
}

/** At a space it no longer matters what stood before. */
function bringToSpace(here: Paths): void {
  const best = cheapest(here);
  for (const before of Object.keys(here) as Before[]) delete here[before];
  if (best !== null) here.space = best;
}

/** All that may be read from a syllable on, the syllable alone as unknown among it. */
function wordsFrom(
  from: number,
  syllables: string,
  wordStarts: ReadonlySet<number>,
  book: PhraseBook,
): readonly HangulWord[] {
  const found: HangulWord[] = [{ from, to: from + 1, entry: null }];
  const furthest = Math.min(syllables.length, from + longestPhrase);
  for (let to = from + 1; to <= furthest; to += 1) {
    const entry = book.get(syllables.slice(from, to));
    if (entry === undefined) continue;
    const endsWord = wordStarts.has(to) || to === syllables.length;
    if (entry.place === null || endsWord || goesOn(syllables, to, book)) found.push({ from, to, entry });
  }
  return found;
}

/** Whether something known follows in the same written word. */
function goesOn(syllables: string, from: number, book: PhraseBook): boolean {
  for (let to = from + 1; to <= Math.min(syllables.length, from + longestPhrase); to += 1) {
    if (book.has(syllables.slice(from, to))) return true;
  }
  return false;
}

function extend(target: Paths, path: Path, before: Before, word: HangulWord): void {
  const cost = costOf(word, before);
  if (cost === null) return;
  const after = word.entry === null ? 'unknown' : says(word.entry) ? 'keyword' : 'other';
  const total = path.cost + cost;
  const rival = target[after];
  if (rival === undefined || rival.cost > total) target[after] = { cost: total, word, previous: path };
}

/** Null where such a phrase cannot stand. */
function costOf({ entry, from, to }: HangulWord, before: Before): number | null {
  if (entry === null) return unknownCost;
  const length = to - from;
  if (entry.ending && before !== 'space') return endingCost - 0.02 * length;
  if (!says(entry)) return before === 'unknown' ? null : otherCost - 0.02 * length;
  const isName = entry.place !== null;
  if (before === 'unknown' && (length === 1 || isName)) return null;
  if (before === 'other' && (length === 1 || (isName && entry.concepts.length === 0))) return null;
  return keywordCost + (before === 'unknown' ? insideCost : 0) - 0.05 * length;
}

function says(entry: Entry): boolean {
  return entry.concepts.length > 0 || entry.place !== null;
}

function cheapest(paths: Paths): Path | null {
  let best: Path | null = null;
  for (const path of Object.values(paths)) if (best === null || path.cost < best.cost) best = path;
  return best;
}

function words(end: Path | null): readonly HangulWord[] {
  const found: HangulWord[] = [];
  for (let path = end; path?.word; path = path.previous) found.push(path.word);
  return found.reverse();
}
