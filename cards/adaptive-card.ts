import type { JsonValue } from '../src/decision/json.ts';

export type JsonObject = { readonly [key: string]: JsonValue };

/** An expanded card, in version 1.5: the one that Teams documents, charts included. */
export interface AdaptiveCardJson extends JsonObject {
  readonly type: 'AdaptiveCard';
  readonly version: string;
  readonly body: readonly JsonObject[];
}
