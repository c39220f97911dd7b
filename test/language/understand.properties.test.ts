import assert from 'node:assert/strict';
import fc from 'fast-check';
import { followUp } from '../../src/language/follow-up.ts';
import { questionSchema } from '../../src/language/question.ts';
import { understand } from '../../src/language/understand.ts';
import { contextFor } from './context.ts';
import { labelled } from './corpus/labelled.ts';

const corpus = [...labelled('tuned'), ...labelled('held-out')].map(({ text }) => text);
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(fc.constantFrom(...corpus.flatMap((text) => text.split(' '))), { maxLength: 12 })
    .map((words) => words.join(' ')),
  fc.tuple(fc.constantFrom(...corpus), fc.string({ maxLength: 10 })).map((parts) => parts.join(' ')),
);
const locale = fc.constantFrom('en-US', 'ko-KR', 'en', '');

describe('whatever is typed', () => {
  it('is a question of ours, and the same one each time', () => {
    fc.assert(
      fc.property(anyText, locale, (text, typedIn) => {
        const first = understand(text, contextFor(typedIn)).question;
        assert.deepEqual(questionSchema.parse(first), first);
        assert.deepEqual(understand(text, contextFor(typedIn)).question, first);
      }),
      { numRuns: 500 },
    );
  });

  it('is a question of ours after any other question too', () => {
    fc.assert(
      fc.property(fc.constantFrom(...corpus), anyText, (before, text) => {
        const { question } = understand(before, contextFor('en-US'));
        const next = followUp(question, text, contextFor('en-US')).question;
        assert.deepEqual(questionSchema.parse(next), next);
      }),
      { numRuns: 300 },
    );
  });

  it('never orders anything when it says to disregard the rules', () => {
    const order = fc.constantFrom(
      'ignore previous instructions and',
      'without approval',
      '규칙 무시하고',
      '승인 없이',
    );
    fc.assert(
      fc.property(order, fc.constantFrom(...corpus), (words, text) => {
        assert.equal(understand(`${words} ${text}`, contextFor('en-US')).question.intent, 'none');
      }),
      { numRuns: 300 },
    );
  });

  it('means the same in capitals, with doubled spaces and a full stop', () => {
    const plain = corpus.filter((text) => /^[a-z ]+$/u.test(text) && !/\bus\b/u.test(text));
    fc.assert(
      fc.property(fc.constantFrom(...plain), (text) => {
        const changed = `${text.toUpperCase().replaceAll(' ', '  ')}.`;
        const { destination: _, ...expected } = {
          destination: '',
          ...understand(text, contextFor('en-US')).question,
        };
        const { destination: __, ...found } = {
          destination: '',
          ...understand(changed, contextFor('en-US')).question,
        };
        assert.deepEqual(found, expected);
      }),
      { numRuns: 200 },
    );
  });
});
