import assert from 'node:assert/strict';
import { priceByDeck } from '../../src/sandbox/price-call.ts';

const deck = `direction,iso2,destination_en,prefixes,rate_per_minute,connection_fee,increment_seconds,minimum_seconds
outbound,KR,South Korea,82,0.012,0.000,6,30
outbound,KR,South Korea mobile,8210 8211,0.041,0.050,60,60
inbound_toll_free,US,United States,1800,0.020,0.000,60,60
inbound_toll_free,ZZ,Elsewhere,1800,0.500,0.000,60,60
`;

describe('price of a made-up call', () => {
  const price = priceByDeck(deck, { countryCode: 'US' });

  const cases: readonly [sentence: string, number: string, seconds: number, microUnits: bigint][] = [
    ['counts each started increment', '+82255501234', 61, 13_000n],
    ['counts at least the minimum', '+82255501234', 3, 6_000n],
    ['adds the connection fee once', '+821055501234', 61, 132_000n],
    ['of a call that nobody answered is zero', '+821055501234', 0, 0n],
  ];
  for (const [sentence, number, durationSeconds, expected] of cases) {
    it(sentence, () => {
      assert.equal(price({ direction: 'outbound', number, durationSeconds })?.chargeMicroUnits, expected);
    });
  }

  it('is that of the longest prefix', () => {
    const priced = price({ direction: 'outbound', number: '+821055501234', durationSeconds: 60 });
    assert.equal(priced?.destinationName, 'South Korea mobile');
  });

  it('of a toll-free number that countries share is that of the home country', () => {
    const priced = price({ direction: 'inbound-toll-free', number: '+18005550100', durationSeconds: 60 });
    assert.equal(priced?.chargeMicroUnits, 20_000n);
  });

  it('is unknown, and not zero, where the deck has no row', () => {
    assert.equal(price({ direction: 'outbound', number: '+447700900123', durationSeconds: 60 }), null);
  });
});
