import assert from 'node:assert/strict';
import { type ReadDecimal, readDecimal } from '../../src/money/read-decimal.ts';

describe('readDecimal', () => {
  const read: readonly [sentence: string, text: string, expected: ReadDecimal][] = [
    ['a whole number', '12', { microUnits: 12_000_000n, decimals: 0 }],
    ['zero', '0', { microUnits: 0n, decimals: 0 }],
    ['a report amount with its two decimals', '2.23', { microUnits: 2_230_000n, decimals: 2 }],
    ['trailing zeros, which say how finely it is known', '2.230', { microUnits: 2_230_000n, decimals: 3 }],
    ['an amount below zero', '-0.5', { microUnits: -500_000n, decimals: 1 }],
    [
      'the noise of a binary float, rounded off',
      '0.30000000000000004',
      { microUnits: 300_000n, decimals: 17 },
    ],
    ['half of a micro-unit, rounded up', '0.0000005', { microUnits: 1n, decimals: 7 }],
    ['half of a micro-unit below zero, rounded down', '-0.0000005', { microUnits: -1n, decimals: 7 }],
    ['less than half of a micro-unit', '0.00000049', { microUnits: 0n, decimals: 8 }],
    ['a positive exponent', '1.5e3', { microUnits: 1_500_000_000n, decimals: 0 }],
    ['a negative exponent', '26E-3', { microUnits: 26_000n, decimals: 3 }],
    ['an exponent with its plus', '1e+2', { microUnits: 100_000_000n, decimals: 0 }],
    ['a hundred million won, exactly', '100000000.000001', { microUnits: 100_000_000_000_001n, decimals: 6 }],
    ['the largest amount', '1000000000', { microUnits: 10n ** 15n, decimals: 0 }],
  ];
  for (const [sentence, text, expected] of read) {
    it(`reads ${sentence}: ${text}`, () => {
      assert.deepEqual(readDecimal(text), expected);
    });
  }

  const notRead: readonly [sentence: string, text: string][] = [
    ['what is not a number', 'NaN'],
    ['infinity', 'Infinity'],
    ['an exponent beyond all money', '1e309'],
    ['more than the largest amount', '1000000000.000001'],
    ['an empty text', ''],
    ['a sign alone', '-'],
    ['a plus sign', '+1'],
    ['digits missing before the point', '.5'],
    ['digits missing after the point', '5.'],
    ['groups of thousands', '1,234'],
    ['spaces around', ' 1 '],
    ['hexadecimal digits', '0x10'],
    ['full-width digits', '１２'],
  ];
  for (const [sentence, text] of notRead) {
    it(`does not read ${sentence}: "${text}"`, () => {
      assert.equal(readDecimal(text), null);
    });
  }
});
