/** A pattern of any of the words, the longest first, for a regular expression. */
export function alternatives(words: readonly string[]): string {
  const escaped = words.map((word) => word.replace(/[$.*+?^()[\]{}|\\]/gu, '\\$&'));
  return escaped.sort((left, right) => right.length - left.length).join('|');
}
