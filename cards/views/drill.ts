import type { DrillAnswer } from '../../src/answers/drill.ts';
import type { Words } from '../words.ts';
import { action } from './action.ts';
import { questions } from './questions.ts';

/** What a drill does and whom it reaches, and the tap that begins it. */
export function drillView({ people }: DrillAnswer, words: Words) {
  return {
    line: words.say('drill.line', { people }),
    paragraphs: [words.say('drill.text'), words.say('drill.end')],
    actions: [action({ title: words.say('drill.run'), verb: 'alert.drill', data: {}, style: 'positive' })],
    questions: questions(words, 'question.incidents', 'question.help'),
  };
}
