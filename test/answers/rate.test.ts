import assert from 'node:assert/strict';
import type { RateAnswer } from '../../src/answers/rate.ts';
import type { PaidPrice } from '../../src/answers/rate-figures.ts';
import { type RateAsked, rateAnswer } from '../../src/answers/rate-readings.ts';
import type { Day } from '../../src/decision/time.ts';
import { toDecimal } from '../../src/money/money.ts';
import type { RateDeck } from '../../src/rates/rate-deck.ts';
import { deckOf, plainBilling, priced, usdDeck } from '../rates/decks.ts';

describe('the answer to a question for a rate', () => {
  it('has the ordinary numbers of a country, each with its price and the cost of an example', () => {
    const answer = answerTo({ regions: ['DE'] });
    assert.deepEqual(tariffs(answer), [
      ['fixed', '0.013', '0.13'],
      ['mobile', '0.024', '0.24'],
    ]);
    assert.deepEqual(answer.seconds, { count: 600, asked: false });
  });

  it('costs as many minutes as were asked for, as the list counts them', () => {
    const answer = answerTo({ regions: ['DE'], numberType: 'mobile', seconds: 61 });
    assert.deepEqual(tariffs(answer), [['mobile', '0.024', '0.048']]);
    assert.equal(answer.readings[0].tariffs[0]?.cost?.billedSeconds, 120);
  });

  it('has every kind of number where that was asked for, and says of each what the list says', () => {
    const told = answerTo({ regions: ['DE'], numberType: 'any' }).readings[0].tariffs;
    const statusOf = (type: string) => told.find(({ numberType }) => numberType === type)?.status;
    assert.equal(statusOf('premium'), 'blocked_by_default');
    assert.equal(statusOf('toll_free'), 'no_published_rate');
    const tollFree = told.find(({ numberType }) => numberType === 'toll_free');
    assert.deepEqual([tollFree?.perMinute, tollFree?.cost], [null, null]);
  });

  it('has each place that a name may mean', () => {
    const answer = answerTo({ regions: ['GE', 'US'] });
    assert.deepEqual([regions(answer), answer.further], [['GE', 'US'], []]);
  });

  it('names the places for which there is no room', () => {
    const answer = answerTo({ regions: ['US', 'CA', 'PR', 'DO', 'JM'] });
    assert.deepEqual(
      [regions(answer), answer.further],
      [
        ['US', 'CA', 'PR'],
        ['DO', 'JM'],
      ],
    );
  });

  it('tells of a toll-free number both ways unless one was named', () => {
    const both = answerTo({ regions: ['DE'], numberType: 'tollfree' });
    assert.deepEqual(directions(both), ['inbound_toll_free', 'outbound']);
    const inbound = answerTo({ regions: ['DE'], numberType: 'tollfree', service: 'inbound_tollfree' });
    assert.deepEqual(directions(inbound), ['inbound_toll_free']);
    assert.deepEqual(tariffs(inbound), [['toll_free', '0.059', '0.59']]);
  });

  it('has no tariff where the list names no such place, which is not a price of nothing', () => {
    assert.deepEqual(answerTo({ regions: ['AQ'] }).readings[0].tariffs, []);
  });

  it('has one tariff for a number, and how it was found', () => {
    const { readings } = answerTo({ regions: ['FR'], number: number('+336555012') });
    assert.deepEqual(readings[0].match, { prefix: '336', certain: true, ownRegion: true });
    assert.deepEqual([readings.length, readings[0].tariffs.length], [1, 1]);
  });

  it('warns where a neighbour stands in for the number’s own region', () => {
    const { readings } = answerTo({ regions: ['AI'], number: number('+12644972518') });
    assert.deepEqual([readings[0].region, readings[0].match?.ownRegion], ['AI', false]);
  });

  it('goes by the list where a number may belong to several regions', () => {
    const { readings, further } = answerTo({ regions: ['US', 'CA', 'JM'], number: number('+1876555') });
    assert.deepEqual([readings.map(({ region }) => region), further], [['JM'], []]);
  });
});

describe('what was paid, beside the price', () => {
  const call = (differing: Partial<PaidPrice> = {}): PaidPrice => ({
    direction: 'out',
    digits: '49305550',
    perMinute: 13_000n,
    calls: 10,
    ...differing,
  });
  const paidFor = (paid: readonly PaidPrice[], asked: Partial<RateAsked> = {}, deck = usdDeck) =>
    answerTo({ regions: ['DE'], numberType: 'fixed', ...asked }, { paid, deck }).readings[0].tariffs[0]?.paid;

  it('is nothing without calls', () => {
    assert.equal(paidFor([]), null);
  });

  it('is of the calls that fall under the tariff, by the longest prefix', () => {
    assert.equal(paidFor([call(), call({ digits: '49151234', calls: 99 })])?.calls, 10);
    assert.equal(paidFor([call({ digits: '33655501' })]), null);
  });

  it('keeps calls that came in apart from calls that went out', () => {
    const tollFree = call({ direction: 'in', digits: '49800555', perMinute: 59_000n });
    assert.equal(paidFor([tollFree]), null);
    const inbound = { numberType: null, service: 'inbound_tollfree' } as const;
    assert.equal(paidFor([tollFree, call({ digits: '49800555' })], inbound)?.calls, 10);
  });

  const verdicts: readonly [sentence: string, perMinute: bigint, verdict: string][] = [
    ['as published', 13_000n, 'as-published'],
    ['dearer', 20_000n, 'dearer'],
    ['cheaper', 6_000n, 'cheaper'],
  ];
  for (const [sentence, perMinute, verdict] of verdicts) {
    it(`is held against the published price: ${sentence}`, () => {
      assert.equal(paidFor([call({ perMinute })])?.verdict, verdict);
    });
  }

  it('says where calls are too few', () => {
    assert.equal(paidFor([call({ calls: 4 })])?.verdict, 'too-few-calls');
  });

  it('is not held against a price that counts time or fees in another way', () => {
    const steps = { ...plainBilling, firstIncrementSeconds: 6, nextIncrementSeconds: 6, minimumSeconds: 30 };
    const fee = { ...plainBilling, connectionFee: 500_000n };
    for (const billing of [steps, fee]) {
      assert.equal(paidFor([call()], {}, deckOf([priced({ billing })]))?.verdict, 'not-comparable');
    }
  });
});

describe('what a licence includes', () => {
  const coversOf = (asked: Partial<RateAsked>) =>
    answerTo({ regions: ['DE'], ...asked }).readings[0].covers.map(
      ({ servicePlan, cover, where }) => `${servicePlan} ${cover} ${where}`,
    );

  it('is told licence by licence, for a person and for a conference', () => {
    assert.deepEqual(coversOf({}), [
      'MCOPSTN1 pooled at-home',
      'MCOPSTN5 pooled at-home',
      'MCOPSTN6 pooled at-home',
      'MCOPSTN8 pooled at-home',
      'MCOPSTN2 pooled anywhere',
      'MCOPSTN3 credits anywhere',
      'MCOMEETADV pooled anywhere',
      'MCOMEETACPEA credits anywhere',
    ]);
  });

  it('is told for the kind of call that was named', () => {
    assert.deepEqual(coversOf({ service: 'dial_out' }), [
      'MCOMEETADV pooled anywhere',
      'MCOMEETACPEA credits anywhere',
    ]);
  });

  it('is credits alone for toll-free calls that come in', () => {
    for (const cover of coversOf({ service: 'inbound_tollfree' })) assert.match(cover, / credits anywhere$/);
  });

  it('is no pool for premium numbers', () => {
    for (const cover of coversOf({ numberType: 'premium' })) assert.match(cover, / credits anywhere$/);
  });

  it('is at home nowhere for networks of no country, and unknown where no source tells', () => {
    const covers = coversOf({ regions: ['001'] });
    assert(covers.includes('MCOPSTN1 credits anywhere'));
    assert(covers.includes('MCOPSTN2 unknown anywhere'));
  });
});

function answerTo(
  asked: Partial<RateAsked>,
  known: { readonly paid?: readonly PaidPrice[]; readonly deck?: RateDeck } = {},
): RateAnswer {
  return rateAnswer(
    { regions: ['DE'], number: null, numberType: null, service: null, seconds: null, ...asked },
    { deck: usdDeck, paid: [], paidSince: '2026-08-26' as Day, ...known },
  );
}

function number(e164: string): RateAsked['number'] {
  return { e164, typed: e164 };
}

function tariffs({ readings: [first] }: RateAnswer): readonly unknown[] {
  return first.tariffs.map(({ numberType, perMinute, cost }) => [
    numberType,
    perMinute && toDecimal(perMinute),
    cost && toDecimal(cost.charge),
  ]);
}

function regions({ readings }: RateAnswer): readonly string[] {
  return readings.map(({ region }) => region);
}

function directions({ readings }: RateAnswer): readonly string[] {
  return readings.map(({ direction }) => direction);
}
