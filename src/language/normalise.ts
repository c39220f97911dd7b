/** A text made ready for reading: two strings of the same length, so that a place in one is a place in the other. */
export interface NormalisedText {
  /** As it was typed, in composed, normal-width characters and single spaces. */
  readonly typed: string;
  /** The same in small letters without accents. */
  readonly folded: string;
}

/** What is beyond is not read: a question is short, and a megabyte is not a question. */
const longestText = 1_000;

/** Takes away mentions, mark-up, invisible characters, differences of width and of composition, case and accents. */
export function normalise(text: string): NormalisedText {
  const typed = withCompatibilityJamo(
    text
      .slice(0, 4 * longestText)
      .replace(/<at\b[^>]*>.*?<\/at>/gisu, ' ')
      .replace(/<\/?[a-z][^>]*>/giu, ' ')
      .replace(/&nbsp;/giu, ' ')
      .replace(/&amp;/giu, '&')
      .normalize('NFKC'),
  )
    .replace(/\p{Cf}|[\u115f\u1160\u3164]|\ufe0f/gu, '')
    .replace(/[‘’ʼ`´]/gu, "'")
    .replace(/[‐‑‒–—−]/gu, '-')
    .replace(/\bu\.(?:s\.a|s|k|a\.e)\b\.?/giu, (name) => name.replaceAll('.', '').toUpperCase())
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, longestText);
  return { typed, folded: typed.replace(/[^ -~가-힣ㄱ-ㅣ]/gu, foldCharacter).toLowerCase() };
}

/** Accents fall away where that keeps the length; what would change it stays as it is. */
function foldCharacter(character: string): string {
  const bare = character.normalize('NFD').replace(/\p{Mn}/gu, '');
  const folded = bare.length === character.length ? bare : character;
  return folded.toLowerCase().length === folded.length ? folded : 'x'.repeat(folded.length);
}

const firstJamo = 0x3131;
const lastJamo = 0x3163;
const compatibilityJamo: ReadonlyMap<string, string> = new Map(
  Array.from({ length: lastJamo - firstJamo + 1 }, (_, index) => {
    const jamo = String.fromCharCode(firstJamo + index);
    return [jamo.normalize('NFKC'), jamo] as const;
  }),
);

/** NFKC turns a lone ㅎ or ㄳ, as people chat, into a conjoining letter: back to the letter that was typed. */
function withCompatibilityJamo(text: string): string {
  return text.replace(/[\u1100-\u11ff]/gu, (jamo) => compatibilityJamo.get(jamo) ?? jamo);
}
