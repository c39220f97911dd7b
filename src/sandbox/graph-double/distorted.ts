import type { JsonValue } from '../../decision/json.ts';
import type { GraphFault } from './faults.ts';

/** The body as a fault leaves it; whole where the fault is of another kind, or there is none. */
export function distorted(body: JsonValue, fault: GraphFault['kind'] | undefined): JsonValue {
  if (!isObject(body)) return body;
  const { value } = body;
  const items = isArray(value) ? value : [];
  switch (fault) {
    case 'repeated':
      return { ...body, value: [...items, ...[...items].reverse()] };
    case 'wrong-types':
      return { ...body, value: items.map(withObjectsForNumbers) };
    case 'foreign-link':
      return { ...body, '@odata.nextLink': 'https://graph.example.com/v1.0/next' };
    default:
      return body;
  }
}

function withObjectsForNumbers(item: JsonValue): JsonValue {
  if (!isObject(item)) return item;
  const entries = Object.entries(item).map(([name, value]) => {
    return [name, typeof value === 'number' ? { value } : value] as const;
  });
  return Object.fromEntries(entries);
}

function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
