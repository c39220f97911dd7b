import assert from 'node:assert/strict';
import fc from 'fast-check';
import { utcDay } from '../../src/decision/time.ts';
import { toDecimal } from '../../src/money/money.ts';
import { readAcsDeck } from '../../src/rates/read-acs-deck.ts';
import { type DialledNumber, dialledNumber, rateNumber } from '../../src/workflows/rate-numbers.ts';
import { fixture, taken, usd, usdDeck } from '../rates/decks.ts';

const acsDeck = taken(
  readAcsDeck(fixture('acs-pstn-rates.csv'), { currency: usd, effectiveFrom: utcDay(0) }),
);

describe('a number that is dialled', () => {
  const cases: readonly [typed: string, home: string, e164: string | null, region: string | null][] = [
    ['010-5550-1234', 'KR', '+821055501234', 'KR'],
    ['02-555-0123', 'KR', '+8225550123', 'KR'],
    ['00182 10 5550 1234', 'KR', '+821055501234', 'KR'],
    ['011 82 10 5550 1234', 'US', '+821055501234', 'KR'],
    ['+82 (0)10-5550-1234', 'US', '+821055501234', 'KR'],
    ['080-555-0123', 'KR', '+82805550123', 'KR'],
    ['1588-1234', 'KR', '+8215881234', 'KR'],
    ['876-555-0123', 'US', '+18765550123', 'JM'],
    ['8 701 555 01 23', 'KZ', '+77015550123', 'KZ'],
    ['07781 100123', 'GB', '+447781100123', 'GG'],
    ['00 263 77 555 0123', 'GB', '+263775550123', 'ZW'],
    ['+336555012***', 'ES', '+336555012', 'FR'],
    ['493055501420', 'US', '+493055501420', 'DE'],
    ['+870 773 111 632', 'US', '+870773111632', '001'],
    ['112', 'KR', null, null],
    ['Internal Revenue Service', 'US', null, null],
    ['', 'US', null, null],
    ['+1', 'US', null, null],
  ];
  for (const [typed, home, e164, region] of cases) {
    it(`is, for "${typed}" at home in ${home}, ${e164 ?? 'none'}`, () => {
      const dialled = dialledNumber(typed, home);
      assert.deepEqual([dialled?.e164 ?? null, dialled?.regions[0] ?? null], [e164, region]);
    });
  }

  it('may belong to several regions where they share a code and the number does not tell', () => {
    assert.deepEqual(dialled('+1200555').regions.slice(0, 2), ['US', 'CA']);
  });

  it('belongs nowhere where no plan has its code', () => {
    assert.deepEqual(dialled('+999123456').regions, []);
  });
});

describe('the rate of a number', () => {
  const cases: readonly [sentence: string, number: string, expected: readonly unknown[]][] = [
    ['is that of its longest prefix', '+4915155501234', ['DE', 'mobile', '0.024', 'published', '4915']],
    [
      'is none where none is published',
      '+498001234567',
      ['DE', 'toll_free', null, 'no_published_rate', '49800'],
    ],
    ['may be blocked', '+49900123456', ['DE', 'premium', '1.47', 'blocked_by_default', '49900']],
    [
      'is none where the list has no such prefix',
      '+999123456',
      [null, null, null, 'no_published_rate', null],
    ],
    ['is a satellite’s, of no country', '+870773111632', ['001', 'satellite', '6.90', 'published', '870']],
  ];
  for (const [sentence, number, expected] of cases) {
    it(sentence, () => {
      const { region, numberType, perMinute, status, prefix } = rateNumber(usdDeck, dialled(number));
      assert.deepEqual([region, numberType, perMinute && toDecimal(perMinute), status, prefix], expected);
    });
  }

  it('says where a neighbour stands in', () => {
    const { region, ownRegion } = rateNumber(usdDeck, dialled('+12644972518'));
    assert.deepEqual([region, ownRegion], ['AI', false]);
  });

  it('says where a mask hides what decides', () => {
    assert.equal(rateNumber(usdDeck, dialled('+4918****')).certain, false);
    assert.equal(rateNumber(usdDeck, dialled('+3365550****')).certain, true);
  });

  it('is, for each prefix of a list of thousands, the price of that prefix', () => {
    for (const { prefixes, perMinute } of acsDeck.rates) {
      const number = `+${prefixes[0]}`;
      const found = rateNumber(acsDeck, { e164: number, written: number, regions: [] });
      assert.deepEqual([found.prefix, found.perMinute?.microUnits], [prefixes[0], perMinute]);
    }
  });

  it('is, for any number, that of the longest prefix that the number begins with', () => {
    const prices = new Map(acsDeck.rates.map((rate) => [rate.prefixes[0] ?? '', rate.perMinute]));
    const prefixes = [...prices.keys()];
    const numbers = fc
      .tuple(fc.constantFrom(...prefixes), fc.stringMatching(/^\d{4}$/))
      .map(([prefix, rest]) => `${prefix}${rest}`.slice(0, 15));
    fc.assert(
      fc.property(numbers, (digits) => {
        const own = rateNumber(acsDeck, { e164: `+${digits}`, written: `+${digits}`, regions: [] });
        const longest = [...digits]
          .map((_, index) => digits.slice(0, index + 1))
          .findLast((one) => prices.has(one));
        assert.deepEqual([own.prefix, own.perMinute?.microUnits], [longest, prices.get(longest ?? '')]);
      }),
    );
  });
});

function dialled(typed: string): DialledNumber {
  return dialledNumber(typed, 'US') ?? assert.fail(`${typed} is no number`);
}
