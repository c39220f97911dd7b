import assert from 'node:assert/strict';
import fc from 'fast-check';
import { maxMicroUnits, microUnitsToDecimal, money, toDecimal } from '../../src/money/money.ts';
import { parseAmount } from '../../src/money/parse-amount.ts';
import { readDecimal } from '../../src/money/read-decimal.ts';
import { currencyOf } from './builders.ts';

const microUnits = fc.bigInt({ min: -maxMicroUnits, max: maxMicroUnits });
const currencies = fc.constantFrom('USD', 'EUR', 'KRW', 'JPY', 'KWD').map(currencyOf);

describe('money as text', () => {
  it('is read back as it was written, to the micro-unit', () => {
    fc.assert(
      fc.property(microUnits, currencies, (amount, currency) => {
        assert.equal(readDecimal(toDecimal(money(amount, currency)))?.microUnits, amount);
      }),
    );
  });

  it('is read from any decimal as exact arithmetic says', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 9n }),
        fc.integer({ min: 0, max: 6 }),
        (digits, decimals) => {
          const text = digits.toString().padStart(decimals + 1, '0');
          const point = text.length - decimals;
          const decimal = decimals === 0 ? text : `${text.slice(0, point)}.${text.slice(point)}`;
          assert.deepEqual(readDecimal(decimal), {
            microUnits: digits * 10n ** BigInt(6 - decimals),
            decimals,
          });
        },
      ),
    );
  });

  it('is never an exception, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), currencies, (text, currency) => {
        readDecimal(text);
        const parsed = parseAmount(text, currency);
        assert.equal(parsed.ok ? parsed.amount.currency : parsed.refusal.data.currency, currency);
      }),
    );
  });

  it('of a double is within half a micro-unit of it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), (double) => {
        const read = readDecimal(String(double));
        assert.ok(read !== null);
        assert.ok(Math.abs(Number(microUnitsToDecimal(read.microUnits, 0)) - double) <= 0.000_000_500_001);
      }),
    );
  });
});
