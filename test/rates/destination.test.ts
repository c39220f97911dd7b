import assert from 'node:assert/strict';
import {
  type AskedDestination,
  type AskedNumberType,
  type Destination,
  destination,
} from '../../src/rates/destination.ts';
import type { RateDeck } from '../../src/rates/rate-deck.ts';
import { deckOf, priced, unpriced, usdDeck } from './decks.ts';

function found(deck: RateDeck, asked: AskedDestination): Destination & { kind: 'found' } {
  const result = destination(deck, asked);
  assert(result.kind === 'found');
  return result;
}

function ids(result: Destination & { kind: 'found' }): readonly string[] {
  return result.tariffs.flatMap((tariff) => tariff.rates.map((rate) => rate.id));
}

function ofRegion(region: string, numberType: AskedNumberType = 'any'): AskedDestination {
  return { by: 'region', region, numberType, service: 'user_out' };
}

function ofNumber(number: string, region: string | null): AskedDestination {
  return { by: 'number', number, region, service: 'dial_out' };
}

describe('the rates of a region', () => {
  const cases: readonly [sentence: string, asked: AskedDestination, ids: string[]][] = [
    [
      'of any kind: fixed, mobile, then the special ones',
      ofRegion('AE'),
      ['fixed', 'mobile', 'shared_cost', 'uan', 'premium', 'toll_free'].map((type) => `USD-O-AE-971-${type}`),
    ],
    ['of fixed numbers', ofRegion('KR', 'fixed'), ['USD-O-KR-82-fixed']],
    ['of mobile numbers', ofRegion('KR', 'mobile'), ['USD-O-KR-82-mobile']],
    [
      'of mobile numbers, where the deck cannot tell them from fixed',
      ofRegion('US', 'mobile'),
      ['USD-O-US-1-fixed_or_mobile'],
    ],
    [
      'of fixed numbers, where the deck cannot tell them from mobile',
      ofRegion('US', 'fixed'),
      ['USD-O-US-1-fixed_or_mobile'],
    ],
    ['of premium numbers', ofRegion('KR', 'premium'), ['USD-O-KR-82-premium']],
    ['of toll-free numbers that are called', ofRegion('KR', 'tollfree'), ['USD-O-KR-82-toll_free']],
    [
      'of calls that come in on its toll-free numbers, whatever kind was asked',
      { by: 'region', region: 'KR', numberType: 'fixed', service: 'inbound_tollfree' },
      ['USD-I-KR-82-toll_free'],
    ],
  ];
  for (const [sentence, asked, expected] of cases) {
    it(`are those ${sentence}`, () => {
      assert.deepEqual(ids(found(usdDeck, asked)), expected);
    });
  }

  it('are one tariff where terms are equal, and a range where not, the cheaper first', () => {
    const deck = deckOf([
      priced({ id: 'dear', numberType: 'mobile', prefixes: ['491'], perMinute: 320_000n }),
      priced({ id: 'cheap', numberType: 'mobile', prefixes: ['492'], perMinute: 29_000n }),
      priced({ id: 'berlin', prefixes: ['4930'] }),
      priced({ id: 'germany', prefixes: ['49'] }),
    ]);
    const { tariffs } = found(deck, ofRegion('DE'));
    assert.deepEqual(
      tariffs.map((tariff) => tariff.rates.map((rate) => rate.id)),
      [['berlin', 'germany'], ['cheap'], ['dear']],
    );
  });

  it('tell ordinary numbers from special ones', () => {
    const { tariffs } = found(usdDeck, ofRegion('KR'));
    assert.deepEqual(
      tariffs.filter((tariff) => tariff.ordinary).map((tariff) => tariff.numberType),
      ['fixed', 'mobile'],
    );
  });

  it('are found without a price where none is published, after those with one, in whatever order they stand', () => {
    const published = priced({ id: 'published', prefixes: ['4930'] });
    for (const rates of [
      [unpriced(), published],
      [published, unpriced()],
    ]) {
      assert.deepEqual(
        found(deckOf(rates), ofRegion('DE')).tariffs.map((tariff) => tariff.rates[0].status),
        ['published', 'no_published_rate'],
      );
    }
  });

  for (const asked of [ofRegion('VA'), ofRegion('US', 'tollfree'), ofRegion('001', 'mobile')]) {
    it(`are refused where the deck has none: ${JSON.stringify(asked)}`, () => {
      const region = asked.region ?? '';
      const refused = { kind: 'refused', refusal: { code: 'no-rate-for-destination', data: { region } } };
      assert.deepEqual(destination(deckOf([priced()]), asked), refused);
    });
  }
});

describe('the rate of a number', () => {
  const cases: readonly [
    sentence: string,
    number: string,
    region: string | null,
    id: string,
    ownRegion: boolean,
  ][] = [
    ['of a Korean mobile', '+821055501234', 'KR', 'USD-O-KR-82-mobile', true],
    ['of Jamaica, not of the United States', '+18765550123', 'JM', 'USD-O-JM-1-fixed_or_mobile', true],
    ['of Kazakhstan, not of Russia', '+77015550123', 'KZ', 'USD-O-KZ-7-mobile', true],
    ['of Guernsey, not of the United Kingdom', '+447781100123', 'GG', 'USD-O-GG-44-mobile', true],
    ['of a masked number', '+336555012***', 'FR', 'USD-O-FR-33-mobile', true],
    ['of a number whose region nobody knows', '+4930555012', null, 'USD-O-DE-49-fixed', true],
    [
      'of a neighbour that stands in for an island, and it says so',
      '+12645550123',
      'AI',
      'USD-O-US-1-fixed_or_mobile',
      false,
    ],
  ];
  for (const [sentence, number, region, id, ownRegion] of cases) {
    it(`is that ${sentence}`, () => {
      const result = found(usdDeck, ofNumber(number, region));
      assert.deepEqual(ids(result), [id]);
      assert.equal(result.match?.ownRegion, ownRegion);
    });
  }

  it('says with which prefix, and whether more digits could change it', () => {
    const { match } = found(usdDeck, ofNumber('+82', 'KR'));
    assert.deepEqual(match, { prefix: '82', certain: false, ownRegion: true });
  });

  it('is refused where no prefix matches', () => {
    assert.equal(destination(deckOf([priced()]), ofNumber('+15550123', null)).kind, 'refused');
  });
});

describe('the rate of a toll-free number that is called from outside', () => {
  const tollFree = (number: string, region: string | null): AskedDestination => ({
    by: 'number',
    number,
    region,
    service: 'inbound_tollfree',
  });

  it('is that of its region', () => {
    assert.deepEqual(ids(found(usdDeck, tollFree('+18005550100', 'US'))), ['USD-I-US-1-toll_free']);
  });

  it('is that of every region it may belong to, where nobody knows which', () => {
    const result = found(usdDeck, tollFree('+18005550100', null));
    assert.equal(ids(result).length, 4);
    assert.equal(result.match?.ownRegion, true);
  });

  it('is that of its neighbours, and says so, where its own region has none', () => {
    const result = found(usdDeck, tollFree('+18005550100', 'JM'));
    assert.equal(ids(result).length, 4);
    assert.equal(result.match?.ownRegion, false);
  });

  it('is refused for a number that is not toll-free', () => {
    assert.equal(destination(usdDeck, tollFree('+4930555012', 'DE')).kind, 'refused');
  });
});
