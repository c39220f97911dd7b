import type { JsonValue } from '../decision/json.ts';

/** Reads back what the store wrote; whoever asked for it checks its shape. */
export function readJson(text: string): JsonValue {
  return JSON.parse(text) as JsonValue;
}
