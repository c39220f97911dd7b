const firstSyllable = 0xac00;
const finals = 28;
const vowels = 21;
const finalNieun = 4;
const finalRieul = 8;
const finalMieum = 16;
const finalBieup = 17;
const stemHa = '하';
const contractedHa = '해';
/** Vowels by their number in the syllable block, and what they become before -어: 지 → 져, 되 → 돼, 쓰 → 써. */
const contractions: ReadonlyMap<number, number> = new Map([
  [20, 6],
  [18, 4],
  [13, 14],
  [8, 9],
  [11, 10],
]);

/**
 * The shapes that a verb stem takes before its endings: 소진되 gives 소진되-, 소진됩-, 소진될, 소진된, 소진됨 and 소진돼-.
 * A stem that ends in a consonant keeps its shape. The past tense is another word to us, for it asks something else.
 */
export function stemForms(stem: string): readonly string[] {
  const last = stem.charAt(stem.length - 1);
  const start = stem.slice(0, -1);
  const index = last.charCodeAt(0) - firstSyllable;
  if (index % finals !== 0) return [stem];
  const withFinal = (final: number): string => start + String.fromCharCode(firstSyllable + index + final);
  const forms = [stem, ...[finalNieun, finalRieul, finalMieum, finalBieup].map(withFinal)];
  const contracted = last === stemHa ? contractedHa : contract(index);
  return contracted === null ? forms : [...forms, start + contracted];
}

function contract(index: number): string | null {
  const vowel = Math.floor(index / finals) % vowels;
  const becomes = contractions.get(vowel);
  return becomes === undefined
    ? null
    : String.fromCharCode(firstSyllable + index + (becomes - vowel) * finals);
}
