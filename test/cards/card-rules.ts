import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { AdaptiveCardJson } from '../../cards/adaptive-card.ts';
import type { Rendered } from '../../cards/render.ts';
import { firstLineLimit } from '../../cards/views/fitting.ts';

/** Largest card that is sent, of the 28 KB that connectors take. */
const largestCardBytes = 20 * 1024;
const mostActions = 6;

const schema: unknown = JSON.parse(readFileSync(new URL('schema/card.schema.json', import.meta.url), 'utf8'));
const fitsSchema = new Ajv({ allErrors: true, strict: false }).compile(schema as object);

/** Every rule for all cards that this one breaks, in words; an empty list where it keeps them all. */
export function brokenRules({ card, text, speak }: Rendered): readonly string[] {
  const json = JSON.stringify(card);
  // What asks for a refresh is no button, and who cannot refresh is told by edits.
  const { refresh: _refresh, ...seen } = card;
  const nodes = nodesOf(seen);
  const line = text.split('\n')[0] ?? '';
  const language = card.lang === 'ko' ? 'ko' : 'en';
  const execute = nodes.filter((node) => node.type === 'Action.Execute');
  const actions = nodes.filter(
    (node) => String(node.type).startsWith('Action.') && !isFallback(node, execute),
  );
  return [
    ...(fitsSchema(card)
      ? []
      : (fitsSchema.errors ?? []).map(({ instancePath, message }) => `schema: ${instancePath} ${message}`)),
    ...broken(Buffer.byteLength(json) > largestCardBytes, `the card has ${Buffer.byteLength(json)} bytes`),
    ...broken(json.includes('${'), 'an expression was not filled in'),
    ...broken([...line].length > firstLineLimit[language], `the first line is too long: ${line}`),
    ...broken(line === '', 'the first line is empty'),
    ...broken(actions.length > mostActions, `there are ${actions.length} actions`),
    ...broken(
      !speak.startsWith(line.replace(/[?.]$/, '')),
      'what is spoken does not begin with the first line',
    ),
    ...broken(/\[[은이을과으][^\]]*\/|을\(를\)|은\(는\)|이\(가\)/u.test(json), 'a particle was not settled'),
    ...execute
      .filter((node) => !fallbackCarriesVerb(node))
      .map((node) => `the fallback of ${String(node.verb)} does not carry its verb`),
  ];
}

type Node = Readonly<Record<string, unknown>>;

function nodesOf(value: unknown): readonly Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(nodesOf);
  return Array.isArray(value) ? inner : [value as Node, ...inner];
}

function isFallback(node: Node, execute: readonly Node[]): boolean {
  return execute.some((action) => action.fallback === node);
}

function fallbackCarriesVerb(action: Node): boolean {
  const fallback = action.fallback as { readonly data?: { readonly verb?: unknown } } | undefined;
  return fallback?.data?.verb === action.verb;
}

function broken(isBroken: boolean, rule: string): readonly string[] {
  return isBroken ? [rule] : [];
}

/** All elements and actions of a card, in reading order. */
export function elementsOf(card: AdaptiveCardJson): readonly Node[] {
  return nodesOf(card).filter((node) => typeof node.type === 'string');
}
