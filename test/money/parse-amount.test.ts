import assert from 'node:assert/strict';
import { parseAmount } from '../../src/money/parse-amount.ts';
import { currencyOf } from './builders.ts';

const usd = currencyOf('USD');
const krw = currencyOf('KRW');

describe('parseAmount', () => {
  const taken: readonly [sentence: string, text: string, code: string, microUnits: bigint][] = [
    ['a plain amount', '412.80', 'USD', 412_800_000n],
    ['a whole amount', '412', 'USD', 412_000_000n],
    ['fewer decimals than the currency has', '412.8', 'USD', 412_800_000n],
    ['groups of thousands', '1,234,567.50', 'USD', 1_234_567_500_000n],
    ['the symbol before it', '$ 412.80', 'USD', 412_800_000n],
    ['the code after it', '412.80 USD', 'USD', 412_800_000n],
    ['the code in lower case', 'usd 5', 'USD', 5_000_000n],
    ['the way Koreans write dollars', 'US$412.80', 'USD', 412_800_000n],
    ['full-width digits', '４１２.８０', 'USD', 412_800_000n],
    ['won with its sign', '₩550,000', 'KRW', 550_000_000_000n],
    ['full-width won', '￦550,000', 'KRW', 550_000_000_000n],
    ['three decimals where the currency has them', '1.234', 'KWD', 1_234_000n],
    ['zero, a balance that is read', '0', 'USD', 0n],
    ['spaces around it', '  7.5 ', 'USD', 7_500_000n],
    ['the largest amount', '1,000,000,000', 'USD', 10n ** 15n],
  ];
  for (const [sentence, text, code, microUnits] of taken) {
    it(`takes ${sentence}: "${text}"`, () => {
      const of = currencyOf(code);
      assert.deepEqual(parseAmount(text, of), { ok: true, amount: { currency: of, microUnits } });
    });
  }

  const refused: readonly [sentence: string, text: string, code: string][] = [
    ['an exponent', '1e309', 'amount-not-a-number'],
    ['what is not a number', 'NaN', 'amount-not-a-number'],
    ['an empty text', '', 'amount-not-a-number'],
    ['words', 'four hundred', 'amount-not-a-number'],
    ['a comma as decimal sign, which could be a thousand', '412,8', 'amount-not-a-number'],
    ['groups that are not of three', '12,34.00', 'amount-not-a-number'],
    ['two points', '1.2.3', 'amount-not-a-number'],
    ['the sign of another currency', '€5', 'amount-not-a-number'],
    ['a megabyte of digits', '9'.repeat(1_000_000), 'amount-not-a-number'],
    ['what is neither negative nor a number', '-five', 'amount-not-a-number'],
    ['an amount below zero', '-5', 'amount-negative'],
    ['a typographer’s minus', '−5', 'amount-negative'],
    ['more decimals than the currency has', '12.3456789', 'amount-too-precise'],
    ['too many decimals, though they are zero', '1.000', 'amount-too-precise'],
    ['more than the largest amount', '1000000000.01', 'amount-too-large'],
  ];
  for (const [sentence, text, code] of refused) {
    it(`refuses ${sentence}: "${text.slice(0, 20)}"`, () => {
      const parsed = parseAmount(text, usd);
      assert.equal(parsed.ok ? 'taken' : parsed.refusal.code, code);
    });
  }

  it('refuses a part of a won', () => {
    const parsed = parseAmount('550000.5', krw);
    assert.equal(parsed.ok ? 'taken' : parsed.refusal.code, 'amount-too-precise');
  });

  for (const code of ['USD', 'KRW', 'KWD', 'EUR', 'JPY']) {
    it(`gives with a refusal an example that it takes: ${code}`, () => {
      const parsed = parseAmount('NaN', currencyOf(code));
      assert.ok(!parsed.ok);
      assert.equal(parseAmount(parsed.refusal.data.example, currencyOf(code)).ok, true);
    });
  }
});
