const longestWord = 64;
const rows = [0, 1, 2].map(() => new Uint8Array(longestWord + 1));

/**
 * Edits (a letter added, left out, changed, or two neighbours exchanged) from one word to another; `limit` + 1 where
 * it takes more than `limit`, or where a word is longer than 64 letters.
 */
export function editDistance(from: string, to: string, limit: number): number {
  const tooMany = limit + 1;
  if (Math.abs(from.length - to.length) > limit || to.length > longestWord) return tooMany;
  let [beforePrevious, previous, current] = rows as [Uint8Array, Uint8Array, Uint8Array];
  for (let column = 0; column <= to.length; column += 1) previous[column] = column;
  for (let row = 1; row <= from.length; row += 1) {
    const letter = from.charCodeAt(row - 1);
    const letterBefore = from.charCodeAt(row - 2);
    let best = row;
    current[0] = row;
    for (let column = 1; column <= to.length; column += 1) {
      const other = to.charCodeAt(column - 1);
      let edits = (previous[column - 1] as number) + (letter === other ? 0 : 1);
      edits = Math.min(edits, (previous[column] as number) + 1, (current[column - 1] as number) + 1);
      const exchanged = row > 1 && letter === to.charCodeAt(column - 2) && letterBefore === other;
      if (exchanged) edits = Math.min(edits, (beforePrevious[column - 2] as number) + 1);
      current[column] = edits;
      if (edits < best) best = edits;
    }
    if (best > limit) return tooMany;
    [beforePrevious, previous, current] = [previous, current, beforePrevious];
  }
  return Math.min(previous[to.length] as number, tooMany);
}
