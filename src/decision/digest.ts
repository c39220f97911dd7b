import { createHash } from 'node:crypto';

/** A digest of a request's parts, for telling a repetition from another request under the same key. */
export function digest(...parts: readonly string[]): string {
  // JSON keeps the borders between parts, which plain concatenation loses.
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
