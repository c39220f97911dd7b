import type { Entry, PhraseTree } from './phrase-tree.ts';

/** A phrase found in a stretch of Hangul, by syllables; `entry` is null for syllables that nobody knows. */
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
const everydayCost = 0.95;
const endingCost = 0.6;
const unknownCost = 1.6;
const insideCost = 0.5;

/**
 * Divides a stretch of Hangul into the phrases we know, at the least cost: Korean is written with or without spaces
 * and with particles and endings attached, so a word may begin where a known word or an ending stops. The name of a
 * place begins only at a space or after a keyword and is never followed by an unknown syllable: 인도 is not in 할인도.
 *
 * @param wordStarts Where a written word begins, by syllable.
 */
export function hangulWords(
  syllables: readonly string[],
  wordStarts: ReadonlySet<number>,
  phrases: PhraseTree,
): readonly HangulWord[] {
  const paths: Paths[] = Array.from({ length: syllables.length + 1 }, () => ({}));
  paths[0] = { space: { cost: 0, word: null, previous: null } };
  for (let from = 0; from < syllables.length; from += 1) {
    const here = paths[from] ?? {};
    if (wordStarts.has(from)) bringToSpace(here);
    for (const before of Object.keys(here) as Before[]) {
      const path = here[before];
      if (path !== undefined) extend(paths, { from, before, path }, syllables, wordStarts, phrases);
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

function extend(
  paths: readonly Paths[],
  at: { readonly from: number; readonly before: Before; readonly path: Path },
  syllables: readonly string[],
  wordStarts: ReadonlySet<number>,
  phrases: PhraseTree,
): void {
  const step = (to: number, entry: Entry | null, after: Before, cost: number): void => {
    const total = at.path.cost + cost;
    const target = paths[to];
    const rival = target?.[after];
    if (target === undefined || (rival !== undefined && rival.cost <= total)) return;
    target[after] = { cost: total, word: { from: at.from, to, entry }, previous: at.path };
  };

  step(at.from + 1, null, 'unknown', unknownCost);
  let node: PhraseTree | undefined = phrases;
  for (let to = at.from + 1; to <= syllables.length; to += 1) {
    node = node.next.get(syllables[to - 1] ?? '');
    if (node === undefined) return;
    if (node.entry === null) continue;
    const length = to - at.from;
    const endsWord = wordStarts.has(to) || to === syllables.length;
    const cost = costOf(node.entry, at.before, length);
    if (cost === null) continue;
    const says = node.entry.concepts.length > 0 || node.entry.place !== null;
    const followed = endsWord || canFollow(node.entry, syllables.slice(to), phrases);
    if (followed) step(to, node.entry, says ? 'keyword' : 'other', cost);
  }
}

/** Null where such a phrase cannot stand. */
function costOf(entry: Entry, before: Before, length: number): number | null {
  const says = entry.concepts.length > 0 || entry.place !== null;
  if (entry.ending && before !== 'space') return endingCost - 0.02 * length;
  if (!says) return before === 'unknown' ? null : everydayCost - 0.02 * length;
  if (before === 'unknown' && (length === 1 || entry.place !== null)) return null;
  if (entry.place !== null && entry.concepts.length === 0 && before === 'other') return null;
  if (length === 1 && before === 'other') return null;
  const inside = before === 'unknown' ? insideCost : 0;
  return keywordCost + inside - 0.05 * length;
}

/** After a name, or a word of one syllable, only something known may follow in the same written word. */
function canFollow(entry: Entry, rest: readonly string[], phrases: PhraseTree): boolean {
  if (entry.place === null) return true;
  let node: PhraseTree | undefined = phrases;
  for (const syllable of rest.slice(0, 6)) {
    node = node.next.get(syllable);
    if (node === undefined) return false;
    if (node.entry !== null) return true;
  }
  return false;
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
