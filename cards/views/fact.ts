/** A row of a set of facts. */
export interface Fact {
  readonly title: string;
  readonly value: string;
}

/** The title stays on one line, so that on a phone the value is what wraps. */
export function fact(title: string, value: string): Fact {
  return { title: title.replaceAll(' ', '\u00a0'), value };
}
