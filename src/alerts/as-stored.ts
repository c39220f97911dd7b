import type { JsonValue } from '../decision/json.ts';

/**
 * The same value as JSON: amounts become decimal text, for a JSON number keeps only 53 bits.
 * @throws {TypeError} where it holds what is no value
 */
export function asStored(value: unknown): JsonValue {
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(asStored);
  if (typeof value !== 'object') throw new TypeError(`This cannot be stored: ${String(value)}.`);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asStored(inner)]));
}
