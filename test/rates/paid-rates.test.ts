import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type PaidCount, paidAgainstPublished, paidPerMinute, paidRate } from '../../src/rates/paid-rates.ts';
import { priceCall } from '../../src/rates/price.ts';
import { currencyOf, plainBilling, priced, unpriced, usd, usdDeck } from './decks.ts';

function counts(...pairs: readonly (readonly [perMinute: bigint, calls: number])[]): readonly PaidCount[] {
  return pairs.map(([perMinute, calls]) => ({ perMinute, calls }));
}

describe('the price per minute that a charge amounts to', () => {
  const call = {
    charge: 60_000n,
    connectionFee: 0n,
    currency: usd,
    durationSeconds: 150,
    billing: plainBilling,
  };
  const cases: readonly [sentence: string, differences: Partial<typeof call>, perMinute: bigint | null][] = [
    ['goes by the seconds that are billed', {}, 20_000n],
    ['leaves the connection fee out', { charge: 110_000n, connectionFee: 50_000n }, 20_000n],
    ['is rounded to a tenth of a cent, so that equal prices meet', { charge: 61_000n }, 20_000n],
    ['is rounded to a tenth of a won', { charge: 61_000_000n, currency: currencyOf('KRW') }, 20_300_000n],
    ['is zero for a call that was free', { charge: 0n }, 0n],
    ['is none for a call of no length', { durationSeconds: 0 }, null],
  ];
  for (const [sentence, differences, perMinute] of cases) {
    it(sentence, () => {
      assert.equal(paidPerMinute({ ...call, ...differences }), perMinute);
    });
  }

  it('is the published rate, to its rounding, for every call that was charged by the deck', () => {
    const rates = usdDeck.rates.filter((rate) => rate.status !== 'no_published_rate');
    fc.assert(
      fc.property(fc.constantFrom(...rates), fc.integer({ min: 1, max: 7_200 }), (rate, durationSeconds) => {
        const result = priceCall({ rate, durationSeconds });
        assert(result.kind === 'priced');
        const { charge, connectionFee, perMinute } = result.price;
        const paid = paidPerMinute({
          charge: charge.microUnits,
          connectionFee: connectionFee.microUnits,
          currency: usd,
          durationSeconds,
          billing: rate.billing,
        });
        assert(paid !== null);
        const distance = paid - perMinute.microUnits;
        assert(distance >= -1_000n && distance <= 1_000n);
      }),
    );
  });
});

describe('what was really paid', () => {
  const cases: readonly [sentence: string, counts: readonly PaidCount[], expected: unknown][] = [
    ['is nothing where nothing was called', [], null],
    ['is nothing where counts came to zero', counts([20_000n, 0]), null],
    ['is one price with no spread', counts([20_000n, 3]), [3, 20_000n, 20_000n, 20_000n]],
    [
      'is the middle call, not the middle price',
      counts([90_000n, 1], [20_000n, 8], [10_000n, 1]),
      [10, 10_000n, 20_000n, 20_000n],
    ],
    [
      'is the lower of the two in the middle',
      counts([30_000n, 1], [20_000n, 1]),
      [2, 20_000n, 20_000n, 30_000n],
    ],
    [
      'has a spread from the tenth to the ninetieth of a hundred calls',
      counts([10_000n, 9], [20_000n, 81], [30_000n, 10]),
      [100, 20_000n, 20_000n, 20_000n],
    ],
  ];
  for (const [sentence, given, expected] of cases) {
    it(sentence, () => {
      const paid = paidRate(given, usd);
      assert.deepEqual(
        paid && [paid.calls, paid.low.microUnits, paid.median.microUnits, paid.high.microUnits],
        expected,
      );
    });
  }

  it('lies, for any counts, where a sorted list of the calls has it', () => {
    const count = fc.record({
      perMinute: fc.bigInt({ min: 0n, max: 50n }),
      calls: fc.integer({ min: 0, max: 5 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(count, { selector: (one) => one.perMinute }), (given) => {
        const calls = given.flatMap((one) => new Array<bigint>(one.calls).fill(one.perMinute));
        calls.sort((left, right) => Number(left - right));
        const paid = paidRate(given, usd);
        assert.equal(paid?.calls ?? 0, calls.length);
        for (const [percent, found] of [
          [10, paid?.low],
          [50, paid?.median],
          [90, paid?.high],
        ] as const) {
          assert.equal(found?.microUnits, calls[Math.max(0, Math.ceil((calls.length * percent) / 100) - 1)]);
        }
      }),
    );
  });
});

describe('paid against published', () => {
  const rate = priced({ perMinute: 100_000n });
  const cases: readonly [
    sentence: string,
    perMinute: bigint,
    calls: number,
    kind: string,
    difference: bigint,
  ][] = [
    ['the published price', 100_000n, 5, 'as-published', 0n],
    ['less than a tenth above, as published', 109_999n, 5, 'as-published', 9_999n],
    ['a tenth above, dearer', 110_000n, 5, 'dearer', 10_000n],
    ['a tenth below, cheaper', 90_000n, 5, 'cheaper', -10_000n],
    ['less than a tenth below, as published', 90_001n, 5, 'as-published', -9_999n],
    ['twice the price in four calls, too few to tell', 200_000n, 4, 'too-few-calls', 100_000n],
  ];
  for (const [sentence, perMinute, calls, kind, difference] of cases) {
    it(`is, for ${sentence}`, () => {
      const found = paidAgainstPublished(paidRate(counts([perMinute, calls]), usd), rate);
      assert(found.kind !== 'no-calls' && found.kind !== 'no-published-rate');
      assert.equal(found.kind, kind);
      assert.equal(found.difference.microUnits, difference);
      assert.equal(found.published.microUnits, 100_000n);
    });
  }

  it('takes any payment for a destination published as free as dearer, and none as published', () => {
    const free = priced({ perMinute: 0n });
    assert.equal(paidAgainstPublished(paidRate(counts([1_000n, 9]), usd), free).kind, 'dearer');
    assert.equal(paidAgainstPublished(paidRate(counts([0n, 9]), usd), free).kind, 'as-published');
  });

  it('compares nothing where nothing was called or nothing is published', () => {
    assert.deepEqual(paidAgainstPublished(null, rate), { kind: 'no-calls' });
    assert.deepEqual(paidAgainstPublished(paidRate(counts([1n, 9]), usd), unpriced()), {
      kind: 'no-published-rate',
    });
  });
});
