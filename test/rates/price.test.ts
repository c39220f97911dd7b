import assert from 'node:assert/strict';
import { toDecimal } from '../../src/money/money.ts';
import { billedSeconds, priceCall } from '../../src/rates/price.ts';
import type { BillingRules, Rate } from '../../src/rates/rate.ts';
import { plainBilling, priced, rateOf, unpriced, usdDeck } from './decks.ts';

function charge(rate: Rate, durationSeconds: number): string {
  const result = priceCall({ rate, durationSeconds });
  assert(result.kind === 'priced');
  return toDecimal(result.price.charge);
}

function billedAt(rules: Partial<BillingRules>): Rate {
  return priced({ billing: { ...plainBilling, ...rules } });
}

describe('price of a call by the published deck', () => {
  const cases: readonly [sentence: string, rate: string, seconds: number, charge: string][] = [
    ['a second counts as a minute where the increment is one', 'USD-O-AD-376-fixed', 1, '0.114'],
    ['a full minute is one minute', 'USD-O-AD-376-fixed', 60, '0.114'],
    ['a minute and a second are two minutes', 'USD-O-AD-376-fixed', 61, '0.228'],
    ['the minimum of half a minute holds for a shorter call', 'USD-O-KR-82-fixed', 7, '0.006'],
    ['beyond the minimum six seconds are the step', 'USD-O-KR-82-mobile', 31, '0.023'],
    ['a sum that is not exact is rounded half up to a tenth of a cent', 'USD-O-KR-82-mobile', 33, '0.023'],
    ['the connection fee is added once', 'USD-O-KR-82-premium', 600, '30.20'],
    ['a destination that is blocked by default has a price all the same', 'USD-O-AD-376-premium', 90, '5.10'],
    ['an inbound toll-free minute has its own price', 'USD-I-US-1-toll_free', 271, '0.10'],
    ['satellites are dear', 'USD-O-001-881-satellite', 145, '22.20'],
  ];
  for (const [sentence, id, seconds, expected] of cases) {
    it(`${sentence}: ${id} for ${seconds} s`, () => {
      assert.equal(charge(rateOf(usdDeck, id), seconds), expected);
    });
  }
});

describe('price of a call by its row’s own rules', () => {
  const cases: readonly [sentence: string, rules: Partial<BillingRules>, seconds: number, charge: string][] =
    [
      ['a call that nobody answered costs nothing, not even the fee', { connectionFee: 50_000n }, 0, '0.00'],
      ['an answered call costs the fee', { connectionFee: 50_000n }, 1, '0.07'],
      [
        'the first increment is charged whole',
        { firstIncrementSeconds: 30, nextIncrementSeconds: 6, minimumSeconds: 0 },
        5,
        '0.01',
      ],
      [
        'then each started further one',
        { firstIncrementSeconds: 30, nextIncrementSeconds: 6, minimumSeconds: 0 },
        31,
        '0.012',
      ],
      [
        'a minimum above the first increment wins',
        { firstIncrementSeconds: 1, nextIncrementSeconds: 1, minimumSeconds: 120 },
        61,
        '0.04',
      ],
      [
        'rounding up takes any rest',
        {
          firstIncrementSeconds: 1,
          nextIncrementSeconds: 1,
          minimumSeconds: 0,
          rounding: { mode: 'up', decimals: 2 },
        },
        1,
        '0.01',
      ],
      [
        'rounding down leaves it',
        {
          firstIncrementSeconds: 1,
          nextIncrementSeconds: 1,
          minimumSeconds: 0,
          rounding: { mode: 'down', decimals: 2 },
        },
        59,
        '0.01',
      ],
      [
        'half up takes a half',
        {
          firstIncrementSeconds: 1,
          nextIncrementSeconds: 1,
          minimumSeconds: 0,
          rounding: { mode: 'half_up', decimals: 2 },
        },
        15,
        '0.01',
      ],
      [
        'half up leaves less than a half',
        {
          firstIncrementSeconds: 1,
          nextIncrementSeconds: 1,
          minimumSeconds: 0,
          rounding: { mode: 'half_up', decimals: 2 },
        },
        14,
        '0.00',
      ],
      [
        'six decimals are exact to the micro-unit',
        {
          firstIncrementSeconds: 1,
          nextIncrementSeconds: 1,
          minimumSeconds: 0,
          rounding: { mode: 'half_up', decimals: 6 },
        },
        1,
        '0.000333',
      ],
      ['no decimals round to the major unit', { rounding: { mode: 'up', decimals: 0 } }, 60, '1.00'],
      [
        'the limit per call caps fee and minutes together',
        { connectionFee: 50_000n, maximumCharge: 100_000n },
        600,
        '0.10',
      ],
      ['a charge at the limit is left as it is', { maximumCharge: 100_000n }, 300, '0.10'],
    ];
  for (const [sentence, rules, seconds, expected] of cases) {
    it(sentence, () => {
      assert.equal(charge(billedAt(rules), seconds), expected);
    });
  }
});

describe('what a price says beside the charge', () => {
  it('has the parts that its formula is printed from', () => {
    const rate = billedAt({ connectionFee: 50_000n });
    const result = priceCall({ rate, durationSeconds: 61 });
    assert(result.kind === 'priced');
    const { billedSeconds, perMinute, connectionFee, limited } = result.price;
    assert.deepEqual(
      [billedSeconds, perMinute.microUnits, connectionFee.microUnits],
      [120, 20_000n, 50_000n],
    );
    assert.equal(limited, false);
  });

  it('says that the limit took the place of the formula’s result', () => {
    const result = priceCall({ rate: billedAt({ maximumCharge: 30_000n }), durationSeconds: 120 });
    assert(result.kind === 'priced');
    assert.equal(result.price.limited, true);
  });

  it('does not say so where the formula comes to the very limit', () => {
    const result = priceCall({ rate: billedAt({ maximumCharge: 40_000n }), durationSeconds: 120 });
    assert(result.kind === 'priced');
    assert.equal(result.price.limited, false);
  });

  it('shows no fee for a call that nobody answered', () => {
    const result = priceCall({ rate: billedAt({ connectionFee: 50_000n }), durationSeconds: 0 });
    assert(result.kind === 'priced');
    assert.equal(result.price.connectionFee.microUnits, 0n);
  });

  it('refuses a price where none is published, for calls of any length', () => {
    const rate = unpriced({ id: 'free-phone', numberType: 'toll_free' });
    const refusal = {
      code: 'no-published-rate',
      data: { rate: 'free-phone', region: 'DE', numberType: 'toll_free' },
    };
    assert.deepEqual(priceCall({ rate, durationSeconds: 0 }), { kind: 'refused', refusal });
    assert.deepEqual(priceCall({ rate, durationSeconds: 60 }), { kind: 'refused', refusal });
  });
});

describe('a duration that no call can have', () => {
  for (const seconds of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    it(`is a defect: ${seconds}`, () => {
      assert.throws(() => billedSeconds(plainBilling, seconds), RangeError);
    });
  }
});
