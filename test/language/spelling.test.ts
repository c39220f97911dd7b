import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editDistance } from '../../src/language/edit-distance.ts';
import { toJamo } from '../../src/language/jamo.ts';
import { stemForms } from '../../src/language/korean-stems.ts';
import { corrected, correctedHangul } from '../../src/language/spelling.ts';

describe('spelling', () => {
  const words: readonly (readonly [typed: string, meant: string | null, rule: string])[] = [
    ['balacne', 'balance', 'two letters exchanged'],
    ['blance', 'balance', 'a letter left out'],
    ['germeny', 'germany', 'a letter changed'],
    ['switzrlnd', 'switzerland', 'two letters left out of a long word'],
    ['hiiii', 'hi', 'a letter held too long'],
    ['bal', null, 'a word of three letters is taken as it stands'],
    ['chance', null, 'a word of everyday English is taken as it stands'],
    ['xylophone', null, 'nothing is near'],
  ];
  for (const [typed, meant, rule] of words) {
    it(`of ${typed}: ${rule}`, () => {
      assert.equal(corrected(typed), meant);
    });
  }

  it('of Korean is compared letter by letter', () => {
    assert.equal(correctedHangul('독닐'), '독일');
    assert.equal(toJamo('액').length, 3);
  });

  it('counts as many edits one way as the other', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (left, right) => {
        assert.equal(editDistance(left, right, 8), editDistance(right, left, 8));
        assert.equal(editDistance(left, right, 8) === 0, left === right);
      }),
    );
  });
});

describe('a Korean verb stem', () => {
  it('takes its shapes before the endings', () => {
    assert.deepEqual(stemForms('되'), ['되', '된', '될', '됨', '됩', '돼']);
    assert.deepEqual(stemForms('하'), ['하', '한', '할', '함', '합', '해']);
    assert.deepEqual(stemForms('떨어지'), ['떨어지', '떨어진', '떨어질', '떨어짐', '떨어집', '떨어져']);
  });

  it('keeps its shape where it ends in a consonant', () => {
    assert.deepEqual(stemForms('남'), ['남']);
  });
});
