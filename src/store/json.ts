import type { JsonValue } from '../decision/json.ts';

/** Reads back what the store wrote; whoever asked for it checks its shape. */
export function readJson(text: string): JsonValue {
  return JSON.parse(text) as JsonValue;
}

/**
 * What somebody changed into no JSON at all is nothing that any reader takes for its own: each then says which event
 * or head it was, where an error from here would name none.
 */
export function readable(text: string): JsonValue {
  try {
    return readJson(text);
  } catch {
    return null;
  }
}
