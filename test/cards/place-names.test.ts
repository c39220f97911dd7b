import assert from 'node:assert/strict';
import { placeName } from '../../cards/place-names.ts';

describe("a destination's name", () => {
  for (const [sentence, name, korean] of [
    ['a country is named in Korean', 'South Korea', '대한민국'],
    ['whatever the case of its letters', 'JAPAN', '일본'],
    ['a kind of number stays as the report has it', 'South Korea Mobile', 'South Korea Mobile'],
    ['text that is no country stays', 'Zone 7', 'Zone 7'],
  ] as const) {
    it(`is for a Korean reader: ${sentence}`, () => assert.equal(placeName('ko', name), korean));
  }

  it('is for an English reader as the report has it', () => {
    assert.equal(placeName('en', 'South Korea'), 'South Korea');
  });
});
