/** A row of a set of facts. */
export interface Fact {
  readonly title: string;
  readonly value: string;
}

/** What the narrower column of a phone has room for; a longer title would be broken inside a word. */
const roomForTitle = 16;

/** A short title stays on one line, so that on a phone the value is what wraps. */
export function fact(title: string, value: string): Fact {
  return { title: title.length > roomForTitle ? title : title.replaceAll(' ', '\u00a0'), value };
}
