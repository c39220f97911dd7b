import assert from 'node:assert/strict';
import { bareNumbers, spokenAmounts } from '../../src/language/amounts.ts';

const amounts: readonly (readonly [text: string, amount: number, currency: string | null])[] = [
  ['$1,500', 1500, 'USD'],
  ['1500불', 1500, 'USD'],
  ['150만원', 1_500_000, 'KRW'],
  ['5천 달러', 5000, 'USD'],
  ['€2.5k', 2500, 'EUR'],
  ['1.5만원', 15_000, 'KRW'],
  ['2천5백만원', 25_000_000, 'KRW'],
  ['1만5천 달러', 15_000, 'USD'],
  ['오백 달러', 500, 'USD'],
  ['천오백불', 1500, 'USD'],
  ['삼백만 원', 3_000_000, 'KRW'],
  ['two thousand dollars', 2000, 'USD'],
  ['fifty bucks', 50, 'USD'],
  ['two hundred and fifty euros', 250, 'EUR'],
  ['five hundred', 500, null],
  ['200 quid', 200, 'GBP'],
  ['1.234,50 €', 1234.5, 'EUR'],
  ['usd450', 450, 'USD'],
  ['300 aud', 300, 'AUD'],
  ['₩500,000', 500_000, 'KRW'],
];

describe('an amount', () => {
  for (const [text, amount, currency] of amounts) {
    it(`is read as people write it: ${text}`, () => {
      const [found] = spokenAmounts(text, 'USD');
      assert.deepEqual({ amount: found?.amount, currency: found?.currency }, { amount, currency });
    });
  }

  it('without a currency is a number that stands for itself', () => {
    assert.deepEqual(
      bareNumbers('top up 500 or 2k').map(({ amount }) => amount),
      [500, 2000],
    );
  });

  for (const text of ['-500', '1e309', '3rd', '50%', '5명', '12번', '24시간', '10월']) {
    it(`is not seen in ${text}`, () => {
      assert.deepEqual([...bareNumbers(text), ...spokenAmounts(text, 'USD')], []);
    });
  }
});
