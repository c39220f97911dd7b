/** One line of JSON on standard output. */
export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** One line, whatever is in it: names come from outside, and a terminal obeys control characters. */
export function printLine(line: string): void {
  process.stdout.write(`${line.replace(/\p{Cc}+/gu, ' ')}\n`);
}

/** ISO 8601 in UTC. */
export function isoTime(at: number): string {
  return new Date(at).toISOString();
}
