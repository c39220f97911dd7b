import assert from 'node:assert/strict';
import { IntlMessageFormat } from 'intl-messageformat';
import english from '../../cards/texts.en.json' with { type: 'json' };
import korean from '../../cards/texts.ko.json' with { type: 'json' };

const keys = Object.keys(english) as (keyof typeof english)[];
/** The way back for who cannot read the present language is written in the other one. */
const inTheirOwnLanguage = ['question.english', 'question.korean'];
/** Nothing but a value, or a value and a sign: there is nothing to translate. */
const wordless = /^[^\p{L}]*(?:\{\w+\}[^\p{L}]*)+$/u;

describe('the texts', () => {
  it('have the same keys in both languages, in the same order', () => {
    assert.deepEqual(Object.keys(korean), Object.keys(english));
  });

  it('name the same values in both languages', () => {
    const different = keys.filter(
      (key) => argumentsOf(korean[key], 'ko').join() !== argumentsOf(english[key], 'en').join(),
    );
    assert.deepEqual(different, []);
  });

  it('are in Korean in Hangul, and in English without', () => {
    const untranslated = keys
      .filter((key) => !inTheirOwnLanguage.includes(key))
      .filter((key) => {
        const isKorean = wordless.test(korean[key]) || /\p{Script=Hangul}/u.test(korean[key]);
        return !isKorean || /\p{Script=Hangul}/u.test(english[key]);
      });
    assert.deepEqual(untranslated, []);
  });

  it('keep the polite Korean of a product: no commands, no unsettled particles, no pronouns', () => {
    for (const text of Object.values(korean))
      assert.doesNotMatch(text, /십시오|을\(를\)|은\(는\)|이\(가\)|그녀/u);
  });

  it('are free of abbreviations that a screen reader garbles', () => {
    for (const text of Object.values(english))
      assert.doesNotMatch(text, /\b\d+\s?(?:hrs?|mins?|d|k)\b|e\.g\.|i\.e\.|▲|▼/iu);
  });
});

function argumentsOf(text: string, language: string): readonly string[] {
  const found = new Set<string>();
  const collect = (nodes: readonly unknown[]) => {
    for (const node of nodes as readonly {
      type: number;
      value?: string;
      options?: Record<string, { value: readonly unknown[] }>;
    }[]) {
      // 0 is literal text and 7 the number sign of a plural; all others name a value.
      if (node.type !== 0 && node.type !== 7) found.add(String(node.value));
      for (const option of Object.values(node.options ?? {})) collect(option.value);
    }
  };
  collect(new IntlMessageFormat(text, language).getAst() as readonly unknown[]);
  return [...found].sort();
}
