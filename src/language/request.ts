import grammar from './data/requests.json' with { type: 'json' };
import { normalise } from './normalise.ts';
import { requestConcepts } from './request-words.ts';

/** What a text may ask for that is no question: something to be told to others, tried or shown. */
export const spokenRequests = [
  'recharge-failed',
  'recharge-works',
  'drill',
  'settings',
  'preferences',
  'incidents',
] as const;
export type SpokenRequest = (typeof spokenRequests)[number];

interface Rule {
  readonly request: SpokenRequest;
  /** Something that is said to be so; with a question mark it is asked. */
  readonly statement: boolean;
  /** Of the concepts of the whole text, in their order. */
  readonly pattern: RegExp;
}

const rules: readonly Rule[] = grammar.rules.flatMap(({ request, statement, says }) =>
  says.map((pattern) => ({ request: known(request), statement, pattern: patternOf(pattern) })),
);

/** Who asks for something does so in a breath; what is longer tells a story. */
const longestRequest = 120;

/**
 * What a text asks for, in English, Korean or a mixture, where it is no question; null where it is one, or anything
 * else. Every word must be known here: a single other word ("if", "when", "last month") makes it another text.
 */
export function requestOf(text: string): SpokenRequest | null {
  const normal = normalise(text);
  if (normal.folded.length > longestRequest) return null;
  const concepts = requestConcepts(normal);
  if (concepts === null) return null;
  const isAsked = normal.folded.includes('?');
  const said = concepts.map((concept) => `${concept} `).join('');
  const rule = rules.find(({ statement, pattern }) => !(statement && isAsked) && pattern.test(said));
  return rule?.request ?? null;
}

function known(request: string): SpokenRequest {
  const found = spokenRequests.find((each) => each === request);
  if (found === undefined) throw new Error(`No request is called "${request}".`);
  return found;
}

/** "show? alert|incident open" is a sequence of concepts: "?" may be left out, "|" is one or the other. */
function patternOf(sequence: string): RegExp {
  const terms = sequence.split(' ').map((term) => {
    const isOptional = term.endsWith('?');
    return `(?:(?:${isOptional ? term.slice(0, -1) : term}) )${isOptional ? '?' : ''}`;
  });
  return new RegExp(`^${terms.join('')}$`, 'u');
}
