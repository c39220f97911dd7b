const longestName = 40;

/** A name that others chose, for a heading or a fact, where cards read a subset of Markdown: without its signs. */
export function plainName(name: string): string {
  const bare = name
    .replace(/[*_[\]()<>`~#\\\p{Cc}\p{Cf}]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = [...bare];
  return characters.length <= longestName ? bare : `${characters.slice(0, longestName - 1).join('')}…`;
}
