import assert from 'node:assert/strict';
import { PrefixIndex } from '../../src/rates/prefix-index.ts';

const index = new PrefixIndex([
  ['1', 'United States'],
  ['1876', 'Jamaica'],
  ['7', 'Russia'],
  ['77', 'Kazakhstan'],
  ['44', 'United Kingdom'],
  ['447781', 'Guernsey'],
  ['33', 'France'],
  ['3365', 'France mobile'],
]);

describe('longest prefix', () => {
  const cases: readonly [sentence: string, number: string, value: string | null, certain: boolean][] = [
    ['the longer of two prefixes wins', '+18765550123', 'Jamaica', true],
    ['a number that leaves the longer way falls back to the shorter', '+18775550123', 'United States', true],
    ['Kazakhstan is not Russia', '+77015550123', 'Kazakhstan', true],
    ['Guernsey is not the United Kingdom', '+447781100123', 'Guernsey', true],
    ['a way that was begun and not ended falls back', '+447780100123', 'United Kingdom', true],
    ['a masked number matches by the digits that are left', '+336555012***', 'France mobile', true],
    ['a mask inside the prefixes leaves doubt', '+336***', 'France', false],
    ['a number cut short leaves doubt', '+44', 'United Kingdom', false],
    ['the whole prefix and no more is certain where none is longer', '+447781', 'Guernsey', true],
    ['an unknown code has none', '+99912345', null, true],
    ['a beginning of a prefix is none', '+4', null, true],
    ['a number as it is dialled is not guessed at', '0118765550123', null, true],
    ['nor one that lacks its plus', '18765550123', null, true],
    ['a text is not a number', 'Internal Revenue Service', null, true],
    ['nothing has no prefix', '', null, true],
    ['a plus alone has no prefix', '+', null, true],
  ];
  for (const [sentence, number, value, certain] of cases) {
    it(`${sentence}: "${number}"`, () => {
      const found = index.longest(number);
      assert.equal(found?.value ?? null, value);
      assert.equal(found?.certain ?? true, certain);
    });
  }

  it('names the prefix that matched', () => {
    assert.equal(index.longest('+447781100123')?.prefix, '447781');
  });

  it('finds nothing in an empty index', () => {
    assert.equal(new PrefixIndex([]).longest('+4930'), null);
  });

  for (const [sentence, prefix] of [
    ['empty', ''],
    ['with its plus sign', '+49'],
    ['with a space', '4 9'],
  ] as const) {
    it(`takes no prefix that is ${sentence}`, () => {
      assert.throws(() => new PrefixIndex([[prefix, 'x']]), RangeError);
    });
  }

  it('takes no prefix twice', () => {
    const twice: readonly [string, string][] = [
      ['49', 'x'],
      ['49', 'y'],
    ];
    assert.throws(() => new PrefixIndex(twice), RangeError);
  });
});
