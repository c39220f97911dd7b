import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'lossless-json';
import { parseWithNumberText } from '../../src/usage/number-text.ts';
import { jsonText } from './json-text.ts';

describe('JSON whose numbers stay text', () => {
  it('is read as it is letter by letter', () => {
    fc.assert(fc.property(jsonText, isReadTheSame), { numRuns: 1_000 });
  });

  it('is refused where it is refused letter by letter', () => {
    fc.assert(fc.property(brokenText, isReadTheSame), { numRuns: 3_000 });
  });

  const told: readonly (readonly [what: string, text: string, value: unknown])[] = [
    ['an exponent', '[1e2,1.0E+2,-1e-7]', ['1e2', '1.0E+2', '-1e-7']],
    ['zeros', '[0,-0,0.0,12.340]', ['0', '-0', '0.0', '12.340']],
    ['more digits than a double has', '[0.12345678901234567890]', ['0.12345678901234567890']],
    ['a number alone', ' 7 ', '7'],
    ['digits in a string', '{"a:1":"b\\\\\\":2,[3"}', { 'a:1': 'b\\":2,[3' }],
    ['a string that ends with a backslash', '["\\\\",1]', ['\\', '1']],
    ['a name with the same value twice', '{"a":1,"a":1}', { a: '1' }],
  ];
  for (const [what, text, value] of told) {
    it(`is read with ${what}`, () => assert.deepEqual(parseWithNumberText(text), value));
  }

  const refused: readonly (readonly [what: string, text: string])[] = [
    ['a number for a name', '{1:2}'],
    ['a number with a sign or a zero before it', '[+1,01]'],
    ['half a number', '[1.]'],
    ['two numbers without a comma', '[1 2]'],
    ['a string beside a number', '["a"1]'],
    ['a name with two values', '{"charge":1,"charge":2}'],
    ['a string that never ends', '["a'],
    ['nothing', ''],
  ];
  for (const [what, text] of refused) {
    it(`is refused with ${what}`, () => assert.throws(() => parseWithNumberText(text)));
  }

  it('is read however deep its objects lie, and its names counted', () => {
    const deep = (inner: string) => `${'{"a":['.repeat(300)}${inner}${']}'.repeat(300)}`;

    assert.doesNotThrow(() => parseWithNumberText(deep('1')));
    assert.throws(() => parseWithNumberText(deep('{"b":1,"b":2}')), SyntaxError);
  });
});

function isReadTheSame(text: string): void {
  const letterByLetter = outcome(() => parse(text, null, (number) => number));
  assert.deepEqual(
    outcome(() => parseWithNumberText(text)),
    letterByLetter,
  );
}

function outcome(read: () => unknown): unknown {
  try {
    return { value: read() };
  } catch {
    return 'refused';
  }
}

/** A text with one place of it changed, which mostly is no JSON any more. */
const brokenText = fc
  .record({
    text: jsonText,
    at: fc.nat(),
    instead: fc.constantFrom('', '"', '\\', '0', '1', '-', '.', 'e', ':', ',', '{', ']', ' ', 'n', '\u0001'),
    taken: fc.nat({ max: 2 }),
  })
  .map(({ text, at, instead, taken }) => {
    const place = at % (text.length + 1);
    return text.slice(0, place) + instead + text.slice(place + taken);
  });
