import assert from 'node:assert/strict';
import { priceCall } from '../../src/rates/price.ts';
import { longestPrefix, longestTollFreePrefix } from '../../src/rates/rate-deck.ts';
import { readRateDeck } from '../../src/rates/read-rate-deck.ts';
import { fixture, rateOf, taken, usdDeck } from './decks.ts';

const header =
  'rate_id,direction,iso2,destination_en,service_type,prefixes,rate_per_minute,connection_fee,increment_seconds,minimum_seconds,currency,status,effective_from';
const row: Readonly<Record<string, string>> = {
  rate_id: 'a',
  direction: 'outbound',
  iso2: 'DE',
  destination_en: 'Germany',
  service_type: 'fixed',
  prefixes: '49',
  rate_per_minute: '0.02',
  connection_fee: '0',
  increment_seconds: '60',
  minimum_seconds: '60',
  currency: 'USD',
  status: 'published',
  effective_from: '2026-01-01',
};

/** A list of rows that differ from a good one, with any further columns that they name. */
function list(...differences: readonly Readonly<Record<string, string>>[]): string {
  const further = differences.flatMap(Object.keys).filter((column) => !(column in row));
  const columns = [...header.split(','), ...new Set(further)];
  const lines = differences.map((one) => columns.map((column) => one[column] ?? row[column] ?? '').join(','));
  return [columns.join(','), ...lines].join('\n');
}

function refusal(csvText: string) {
  const read = readRateDeck(csvText);
  assert(!read.ok);
  return read;
}

describe('the published deck', () => {
  it('has a thousand rates of one currency and day', () => {
    assert.equal(usdDeck.rates.length, 1006);
    assert.equal(usdDeck.currency, 'USD');
    assert.equal(usdDeck.effectiveFrom, '2026-01-01');
  });

  it('gives each of its outbound prefixes its own rate', () => {
    for (const rate of usdDeck.rates) {
      if (rate.direction !== 'outbound') continue;
      for (const prefix of rate.prefixes) assert.equal(longestPrefix(usdDeck, `+${prefix}`)?.value, rate);
    }
  });

  it('reads each price exactly', () => {
    assert.equal(rateOf(usdDeck, 'USD-O-AD-376-premium').perMinute, 2_300_000n);
    assert.equal(rateOf(usdDeck, 'USD-O-AD-376-premium').billing.connectionFee, 500_000n);
  });

  it('keeps what has no published rate apart from what costs nothing', () => {
    const rates = usdDeck.rates.filter((rate) => rate.status === 'no_published_rate');
    assert.equal(rates.length, 140);
    for (const rate of rates) assert.equal(priceCall({ rate, durationSeconds: 60 }).kind, 'refused');
  });

  it('keeps what is blocked by default, with its price', () => {
    assert.equal(usdDeck.rates.filter((rate) => rate.status === 'blocked_by_default').length, 106);
  });

  it('prices calls to a toll-free number apart from calls that come in on one', () => {
    assert.equal(longestPrefix(usdDeck, '+18005550100')?.value.status, 'no_published_rate');
    const inbound = longestTollFreePrefix(usdDeck, '+18005550100')?.value ?? [];
    assert.deepEqual(inbound.map((rate) => rate.region).sort(), ['CA', 'DO', 'PR', 'US']);
  });
});

describe('an own-format list', () => {
  it('is the same deck in any order of its rows and columns, with and without a byte order mark', () => {
    const [first = '', ...rows] = fixture('rates.csv').trim().split('\n');
    const reversed = `\uFEFF${[first, ...rows.reverse()].join('\r\n')}\r\n`;
    assert.equal(taken(readRateDeck(reversed)).id, usdDeck.id);
  });

  it('is another deck when one price differs', () => {
    const one = taken(readRateDeck(list({})));
    const other = taken(readRateDeck(list({ rate_per_minute: '0.03' })));
    assert.notEqual(one.id, other.id);
  });

  it('bills the first increment as the next where it does not say otherwise', () => {
    const { billing } = rateOf(taken(readRateDeck(list({ increment_seconds: '6' }))), 'a');
    assert.deepEqual([billing.firstIncrementSeconds, billing.nextIncrementSeconds], [6, 6]);
  });

  it('rounds half up, one decimal beyond the minor unit, where it does not say otherwise', () => {
    const rounding = (code: string) =>
      rateOf(taken(readRateDeck(list({ currency: code }))), 'a').billing.rounding;
    assert.deepEqual(rounding('USD'), { mode: 'half_up', decimals: 3 });
    assert.deepEqual(rounding('KRW'), { mode: 'half_up', decimals: 1 });
  });

  it('may say each billing rule for each row', () => {
    const rules = {
      first_increment_seconds: '30',
      rounding: 'up',
      rounding_decimals: '2',
      maximum_charge: '9.5',
    };
    const { billing } = rateOf(taken(readRateDeck(list({ increment_seconds: '6', ...rules }))), 'a');
    assert.deepEqual(billing, {
      connectionFee: 0n,
      firstIncrementSeconds: 30,
      nextIncrementSeconds: 6,
      minimumSeconds: 60,
      maximumCharge: 9_500_000n,
      rounding: { mode: 'up', decimals: 2 },
    });
  });

  it('may have a price of zero, which is a price', () => {
    assert.equal(rateOf(taken(readRateDeck(list({ rate_per_minute: '0' }))), 'a').perMinute, 0n);
  });
});

describe('a list that is not taken', () => {
  const cases: readonly [sentence: string, csvText: string, code: string, data: unknown][] = [
    ['has a broken quote', `${header}\n"a`, 'deck-not-csv', undefined],
    [
      'lacks columns',
      'Prefix,Price\n49,0.2',
      'deck-columns-missing',
      { missing: header.split(',').join(', '), found: 'Prefix, Price' },
    ],
    ['has no rows', header, 'deck-empty', undefined],
    ['is empty', '', 'deck-columns-missing', { missing: header.split(',').join(', '), found: '' }],
    [
      'mixes currencies',
      list({}, { rate_id: 'b', prefixes: '33', currency: 'EUR' }),
      'deck-currencies-mixed',
      { first: 'USD', other: 'EUR' },
    ],
    [
      'mixes days',
      list({}, { rate_id: 'b', effective_from: '2026-02-01' }),
      'deck-dates-mixed',
      { first: '2026-01-01', other: '2026-02-01' },
    ],
    ['names a row twice', list({}, { prefixes: '33' }), 'deck-id-twice', { id: 'a' }],
    [
      'gives a prefix to two rows',
      list({}, { rate_id: 'b', prefixes: '33 49' }),
      'deck-prefix-twice',
      { prefix: '49' },
    ],
    ['names a prefix twice in one row', list({ prefixes: '49 49' }), 'deck-prefix-twice', { prefix: '49' }],
  ];
  for (const [sentence, csvText, code, data] of cases) {
    it(sentence, () => {
      const read = refusal(csvText);
      assert.equal(read.refusal.code, code);
      assert.deepEqual(read.refusal.data, data);
    });
  }

  it('is too large to read at once', () => {
    assert.equal(refusal('x'.repeat(20_000_001)).refusal.code, 'deck-too-large');
  });

  const cells: readonly [column: string, text: string, code: string][] = [
    ['rate_id', '', 'text-missing'],
    ['direction', 'sideways', 'direction-unknown'],
    ['iso2', 'Germany', 'region-unreadable'],
    ['prefixes', '+49', 'prefix-unreadable'],
    ['prefixes', '49 0x', 'prefix-unreadable'],
    ['rate_per_minute', '-0.02', 'price-unreadable'],
    ['rate_per_minute', 'free', 'price-unreadable'],
    ['rate_per_minute', '0.1234567', 'price-unreadable'],
    ['rate_per_minute', '1e309', 'price-unreadable'],
    ['rate_per_minute', '', 'status-contradicts-rate'],
    ['status', 'no_published_rate', 'status-contradicts-rate'],
    ['status', 'sold_out', 'status-unknown'],
    ['increment_seconds', '0', 'increment-zero'],
    ['minimum_seconds', '-1', 'seconds-unreadable'],
    ['currency', 'Dollars', 'currency-unknown'],
    ['effective_from', '2026-02-30', 'day-unreadable'],
    ['effective_from', 'soon', 'day-unreadable'],
    ['zone', 'B', 'zone-unknown'],
    ['rounding', 'half_even', 'rounding-unknown'],
    ['rounding_decimals', '7', 'decimals-unreadable'],
  ];
  for (const [column, text, code] of cells) {
    it(`has "${text}" as ${column}`, () => {
      const read = refusal(list({ rate_id: 'good', prefixes: '33' }, { [column]: text }));
      assert.equal(read.refusal.code, 'deck-rows-invalid');
      assert.deepEqual(
        read.problems.map((problem) => [problem.row, problem.code]),
        [[2, code]],
      );
    });
  }

  it('names every bad cell of every row', () => {
    const read = refusal(list({ iso2: 'x', currency: 'y' }, { rate_id: 'b', prefixes: 'z' }));
    assert.deepEqual(read.problems, [
      { row: 1, column: 'iso2', code: 'region-unreadable' },
      { row: 1, column: 'currency', code: 'currency-unknown' },
      { row: 2, column: 'prefixes', code: 'prefix-unreadable' },
    ]);
  });

  it('breaks off in the middle of a row', () => {
    assert.equal(refusal(`${list({})}\nb,outbound`).refusal.code, 'deck-rows-invalid');
  });
});
