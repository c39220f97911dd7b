/** What may be stored: bigint amounts are written as decimal strings, for a JSON number keeps only 53 bits. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };
