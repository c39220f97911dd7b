import assert from 'node:assert/strict';
import followUps from '../../src/language/data/follow-up.json' with { type: 'json' };
import grammar from '../../src/language/data/intents.json' with { type: 'json' };
import english from '../../src/language/data/lexicon.en.json' with { type: 'json' };
import korean from '../../src/language/data/lexicon.ko.json' with { type: 'json' };
import time from '../../src/language/data/lexicon-time.json' with { type: 'json' };
import { questionSchema } from '../../src/language/question.ts';

/** What rules may name beside the concepts of the word lists: kinds of quantities and of times. */
const kinds = ['place', 'number', 'amount', 'moneyAmount', 'duration', 'period', 'until', 'date', 'item'];
const lexicons = { english, korean, time };

describe('the files that a translator edits', () => {
  it('name in rules only concepts that some word stands for', () => {
    const known = new Set([...kinds, ...Object.keys(english), ...Object.keys(korean)]);
    const named = grammar.rules.flatMap((rule) => [
      ...rule.when.flatMap((terms) => terms.split('|')),
      ...(rule.unless ?? []).flatMap((terms) => terms.split('&').map((term) => term.replace('!', ''))),
      ...(rule.only ?? []),
    ]);
    const unknown = new Set(
      [...named, ...grammar.asides, ...grammar.opaque].filter((term) => !known.has(term)),
    );
    assert.deepEqual([...unknown], []);
  });

  it('name in follow-ups only concepts that some word stands for', () => {
    const heads = Object.values(followUps.heads).flat();
    assert.deepEqual(
      heads.filter((concept) => !(concept in english)),
      [],
    );
  });

  it('have a rule for every intent', () => {
    const intents = questionSchema.options.map((option) => option.shape.intent.value);
    const ruled = new Set(grammar.rules.map(({ intent }) => intent));
    assert.deepEqual(
      intents.filter((intent) => !ruled.has(intent)),
      [],
    );
  });

  for (const [name, lexicon] of Object.entries(lexicons)) {
    it(`say each phrase once per concept, in small letters and one script (${name})`, () => {
      for (const [concept, phrases] of Object.entries(lexicon)) {
        assert.equal(new Set(phrases).size, phrases.length, concept);
        for (const phrase of phrases) {
          assert.equal(phrase, phrase.toLowerCase().trim(), concept);
          assert.ok(!(/[가-힣]/u.test(phrase) && /[a-z0-9]/u.test(phrase)), phrase);
        }
      }
    });
  }
});
