import assert from 'node:assert/strict';
import { currency, minorUnitDigits } from '../../src/money/currency.ts';
import { divideHalfUp, divideUp } from '../../src/money/divide.ts';
import { add, CurrenciesMixed, compare, money, subtract, toDecimal } from '../../src/money/money.ts';
import { currencyOf, moneyOf } from './builders.ts';

describe('money', () => {
  it('adds and subtracts in one currency', () => {
    assert.deepEqual(add(moneyOf('0.1'), moneyOf('0.2')), moneyOf('0.3'));
    assert.deepEqual(subtract(moneyOf('0.1'), moneyOf('0.2')), moneyOf('-0.1'));
  });

  for (const [name, combine] of Object.entries({ add, subtract, compare })) {
    it(`never lets two currencies meet: ${name}`, () => {
      assert.throws(() => combine(moneyOf('1', 'USD'), moneyOf('1', 'EUR')), CurrenciesMixed);
    });
  }

  const compared: readonly [left: string, right: string, expected: number][] = [
    ['1', '2', -1],
    ['2', '2', 0],
    ['0.000001', '-5', 1],
  ];
  for (const [left, right, expected] of compared) {
    it(`compares ${left} with ${right}`, () => {
      assert.equal(compare(moneyOf(left), moneyOf(right)), expected);
    });
  }
});

describe('toDecimal', () => {
  const written: readonly [sentence: string, microUnits: bigint, code: string, expected: string][] = [
    ['the currency’s own decimals', 412_800_000n, 'USD', '412.80'],
    ['finer amounts in full', 53_606_000n, 'USD', '53.606'],
    ['one micro-unit', 1n, 'USD', '0.000001'],
    ['no decimals where the currency has none', 1_234_000_000n, 'KRW', '1234'],
    ['a part of a won, which a rate may have', 1_234_500_000n, 'KRW', '1234.5'],
    ['three decimals for a dinar', 1_000_000n, 'KWD', '1.000'],
    ['an amount below zero', -500_000n, 'USD', '-0.50'],
    ['a hundred million won and a bit, exactly', 100_000_000_000_001n, 'KRW', '100000000.000001'],
  ];
  for (const [sentence, microUnits, code, expected] of written) {
    it(`writes ${sentence}: ${expected}`, () => {
      assert.equal(toDecimal(money(microUnits, currencyOf(code))), expected);
    });
  }
});

describe('currency', () => {
  it('knows ISO codes in any case and with spaces around', () => {
    assert.equal(currency(' krw '), 'KRW');
  });

  for (const text of ['', 'US', 'DOLLAR', 'QQQ', '$']) {
    it(`does not know "${text}"`, () => {
      assert.equal(currency(text), null);
    });
  }

  const decimals: readonly [code: string, digits: number][] = [
    ['USD', 2],
    ['KRW', 0],
    ['KWD', 3],
  ];
  for (const [code, digits] of decimals) {
    it(`has ${digits} decimals in ${code}`, () => {
      assert.equal(minorUnitDigits(currencyOf(code)), digits);
    });
  }
});

describe('division of integers', () => {
  const divided: readonly [dividend: bigint, divisor: bigint, halfUp: bigint, up: bigint][] = [
    [0n, 3n, 0n, 0n],
    [1n, 3n, 0n, 1n],
    [2n, 3n, 1n, 1n],
    [3n, 2n, 2n, 2n],
    [4n, 2n, 2n, 2n],
    [-1n, 3n, 0n, -1n],
    [-3n, 2n, -2n, -2n],
  ];
  for (const [dividend, divisor, halfUp, up] of divided) {
    it(`rounds ${dividend} / ${divisor} half away from zero to ${halfUp}, and a started unit to ${up}`, () => {
      assert.equal(divideHalfUp(dividend, divisor), halfUp);
      assert.equal(divideUp(dividend, divisor), up);
    });
  }
});
