import type { JsonValue } from '../src/decision/json.ts';
import type { AdaptiveCardJson, JsonObject } from './adaptive-card.ts';
import type { Reader } from './reader.ts';
import { wordsFor } from './words.ts';

/** The card with all its facts and nothing that can be tapped or filled in, because a later one took its place. */
export function inert(card: AdaptiveCardJson, reader: Reader): AdaptiveCardJson {
  const { actions: _actions, refresh: _refresh, ...rest } = card;
  const text = wordsFor(reader).say('inert.newer');
  const note = { type: 'TextBlock', text, wrap: true, isSubtle: true, size: 'Small' };
  return { ...rest, type: 'AdaptiveCard', version: card.version, body: [note, ...card.body.flatMap(still)] };
}

function still(element: JsonObject): readonly JsonObject[] {
  if (element.type === 'ActionSet' || String(element.type).startsWith('Input.')) return [];
  const { selectAction: _selectAction, ...rest } = element;
  const kept = Object.entries(rest).map(([key, value]) => [
    key,
    isElements(value) ? value.flatMap(still) : value,
  ]);
  return [Object.fromEntries(kept)];
}

/** Lists of elements: the items of a container, the columns of a set, the rows and cells of a table. */
function isElements(value: JsonValue | undefined): value is readonly JsonObject[] {
  return (
    Array.isArray(value) &&
    value.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item) && 'type' in item)
  );
}
