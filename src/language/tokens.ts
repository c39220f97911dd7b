import type { NormalisedText } from './normalise.ts';

export interface Token {
  readonly kind: 'latin' | 'hangul' | 'digits' | 'sign';
  /** Folded, without apostrophes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Written onto what stands before it: 가 in "balance가". */
  readonly glued: boolean;
}

const pattern =
  /(?<latin>[a-z](?:[a-z']*[a-z])?)|(?<hangul>[가-힣ㄱ-ㅣ]+)|(?<digits>\d+)|(?<sign>\p{Extended_Pictographic})/gu;
/** Laughter, tears and the like say nothing: ㅋㅋ, ㅠㅠ, ㅎㅎ. */
const chatter = /^(?:ㅋ+|ㅎ+|ㅠ+|ㅜ+|ㅡ+|ㅇㅇ)$/u;

/** The words, numbers and signs of a text; punctuation falls away. */
export function tokens(text: NormalisedText): readonly Token[] {
  const found: Token[] = [];
  let previousEnd = -1;
  for (const match of text.folded.matchAll(pattern)) {
    const start = match.index;
    const end = start + match[0].length;
    const kind = kindOf(match.groups ?? {});
    if (kind === 'hangul' && chatter.test(match[0])) continue;
    found.push({ kind, text: match[0].replaceAll("'", ''), start, end, glued: start === previousEnd });
    previousEnd = end;
  }
  return found;
}

function kindOf(groups: Record<string, string | undefined>): Token['kind'] {
  if (groups.latin !== undefined) return 'latin';
  if (groups.hangul !== undefined) return 'hangul';
  return groups.digits !== undefined ? 'digits' : 'sign';
}
