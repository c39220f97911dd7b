import grammar from './data/follow-up.json' with { type: 'json' };
import { intentOf, isOfAnotherSubject } from './intents.ts';
import type { Question } from './question.ts';
import type { Reading } from './reading.ts';
import { questionOf } from './slots.ts';
import { readIn, type UnderstandContext, type Understood, understood } from './understand.ts';
import { alternatives } from './word-pattern.ts';

/**
 * Reads a text that may lean on the question before it: "and to Japan?", "지난달은?", "by user". What was said anew
 * replaces what was said before; a text that asks for itself is taken by itself. How long a question is remembered,
 * and whose, is the caller's to say.
 */
export function followUp(previous: Question, text: string, context: UnderstandContext): Understood {
  const { reading, today } = readIn(context, text);
  const own = questionOf(intentOf(reading), reading, today);
  const { intent: _, ...said } = questionOf(previous.intent, reading, today);
  const leans = leansOn(previous, own, reading) && Object.keys(said).length > 0;
  const question = leans ? ({ ...withoutPlace(previous, said), ...said } as Question) : own;
  return understood(question, reading, today, context);
}

const connective = new RegExp(`^(?:${alternatives(grammar.connectives)})(?![a-z])`, 'u');
const heads: Readonly<Partial<Record<Question['intent'], readonly string[]>>> = grammar.heads;

/** Whether another text may lean on a question of this intent. */
export function canBeFollowed(intent: Question['intent']): boolean {
  return heads[intent] !== undefined;
}

/** A fragment: of the same kind, or of none with nothing strange in it, and without the words that would make it a question of its own. */
function leansOn(previous: Question, own: Question, reading: Reading): boolean {
  const ofItsOwn = heads[previous.intent];
  if (ofItsOwn === undefined || (own.intent !== 'none' && own.intent !== previous.intent)) return false;
  if (isOfAnotherSubject(reading) || (own.intent === 'none' && reading.strangeWords > 0)) return false;
  return connective.test(reading.text.folded) || !ofItsOwn.some((concept) => reading.concepts.has(concept));
}

/** Another place takes the former one with all that belonged to it. */
function withoutPlace(previous: Question, said: object): Question {
  if (previous.intent !== 'rate' || !('region' in said)) return previous;
  const {
    region: _region,
    alternatives: _alternatives,
    destination: _destination,
    number: _number,
    ...kept
  } = previous;
  return kept;
}
