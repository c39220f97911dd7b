import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CurrenciesMixed, money, toDecimal } from '../../src/money/money.ts';
import { campaignCost, type MoneyRange, type PlannedCalls } from '../../src/rates/campaign.ts';
import { priceCall } from '../../src/rates/price.ts';
import { eur, eurDeck, priced, rateOf, unpriced, usd, usdDeck } from './decks.ts';

const korea = [rateOf(usdDeck, 'USD-O-KR-82-fixed'), rateOf(usdDeck, 'USD-O-KR-82-mobile')];

function cost(planned: readonly PlannedCalls[], balance: string | null = null) {
  const amount = balance === null ? null : money(BigInt(balance), usd);
  return campaignCost({ currency: usd, planned, balance: amount });
}

function range(of: MoneyRange | null): readonly string[] | null {
  return of && [toDecimal(of.low), toDecimal(of.high)];
}

describe('the cost of planned calls', () => {
  const hour = { shortest: 3600, longest: 3600 };
  const cases: readonly [sentence: string, planned: PlannedCalls[], total: string[]][] = [
    ['of none is nothing', [], ['0.00', '0.00']],
    [
      'of one destination and length is one figure',
      [{ rates: korea.slice(0, 1), calls: 10, seconds: hour }],
      ['7.20', '7.20'],
    ],
    [
      'is a range where the kind of number is open',
      [{ rates: korea, calls: 10, seconds: hour }],
      ['7.20', '23.40'],
    ],
    [
      'is a range where the length is open',
      [{ rates: korea.slice(0, 1), calls: 10, seconds: { shortest: 1800, longest: 3600 } }],
      ['3.60', '7.20'],
    ],
    [
      'adds up over destinations',
      [
        { rates: korea, calls: 10, seconds: hour },
        { rates: [priced()], calls: 3, seconds: hour },
      ],
      ['10.80', '27.00'],
    ],
    [
      'charges each call by itself, minimum and all',
      [{ rates: [priced()], calls: 100, seconds: { shortest: 1, longest: 1 } }],
      ['2.00', '2.00'],
    ],
  ];
  for (const [sentence, planned, total] of cases) {
    it(sentence, () => {
      const found = cost(planned);
      assert.deepEqual(range(found.total), total);
      assert.equal(found.complete, true);
      assert.equal(found.leftAfter, null);
    });
  }

  it('leaves out what has no published rate, and says that the total is too low', () => {
    const noRate = unpriced({ id: 'none' });
    const found = cost([
      { rates: [noRate], calls: 5, seconds: hour },
      { rates: [priced(), noRate], calls: 1, seconds: hour },
    ]);
    assert.equal(found.complete, false);
    assert.deepEqual(range(found.total), ['1.20', '1.20']);
    assert.deepEqual(
      found.parts.map((part) => [range(part.cost), part.unpriced]),
      [
        [null, [noRate]],
        [['1.20', '1.20'], [noRate]],
      ],
    );
  });

  it('says so too where only one of the rates that may apply is not published', () => {
    const found = cost([{ rates: [priced(), unpriced({ id: 'none' })], calls: 1, seconds: hour }]);
    assert.equal(found.complete, false);
  });

  it('names what a policy must first allow', () => {
    const premium = rateOf(usdDeck, 'USD-O-KR-82-premium');
    assert.deepEqual(cost([{ rates: [premium], calls: 1, seconds: hour }]).parts[0]?.blocked, [premium]);
  });

  it('says what is left of a balance, which may be too small', () => {
    const found = cost([{ rates: korea, calls: 10, seconds: hour }], '10000000');
    assert.deepEqual(range(found.leftAfter), ['-13.40', '2.80']);
  });

  it('is never reckoned over two currencies', () => {
    const euros = [{ rates: [rateOf(eurDeck, 'EUR-O-DE-49-fixed')], calls: 1, seconds: hour }];
    assert.throws(() => cost(euros), CurrenciesMixed);
    assert.throws(
      () => campaignCost({ currency: usd, planned: [], balance: money(0n, eur) }),
      CurrenciesMixed,
    );
  });

  for (const calls of [-1, 1.5, Number.NaN]) {
    it(`is a defect for ${calls} calls`, () => {
      assert.throws(() => cost([{ rates: korea, calls, seconds: hour }]), RangeError);
    });
  }

  it('of n calls of one rate and length is n times the price of one, for any of them', () => {
    const seconds = fc.integer({ min: 0, max: 20_000 });
    fc.assert(
      fc.property(fc.constantFrom(...korea), fc.nat(10_000), seconds, (rate, calls, durationSeconds) => {
        const one = priceCall({ rate, durationSeconds });
        assert(one.kind === 'priced');
        const plan = {
          rates: [rate],
          calls,
          seconds: { shortest: durationSeconds, longest: durationSeconds },
        };
        assert.equal(cost([plan]).total.high.microUnits, one.price.charge.microUnits * BigInt(calls));
      }),
    );
  });
});
