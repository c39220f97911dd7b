import type { Language } from '../reader.ts';

/** Longest first line: what a notification and a phone show without a cut (Hangul is twice as wide). */
export const firstLineLimit: Readonly<Record<Language, number>> = { en: 60, ko: 35 };

/** The first of the candidates, best first, that is short enough; the last one where none is. */
export function fitting(language: Language, candidates: readonly string[]): string {
  const limit = firstLineLimit[language];
  return candidates.find((candidate) => [...candidate].length <= limit) ?? candidates.at(-1) ?? '';
}
