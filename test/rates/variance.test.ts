import assert from 'node:assert/strict';
import { parse as parseExactly } from 'lossless-json';
import { z } from 'zod';
import { toDecimal } from '../../src/money/money.ts';
import { readDecimal } from '../../src/money/read-decimal.ts';
import { type ChargedCall, variance, varianceReport } from '../../src/rates/variance.ts';
import { currencyOf, deckOf, eurDeck, fixture, priced, unpriced, usd, usdDeck } from './decks.ts';

const number = z.unknown().transform(String);
const page = z.object({
  value: z.array(
    z.object({
      id: z.string(),
      startDateTime: z.string(),
      calleeNumber: z.string(),
      usageCountryCode: z.string(),
      inventoryType: z.string(),
      licenseCapability: z.string(),
      duration: number,
      charge: number,
      currency: z.string(),
    }),
  ),
});

/** The calls of the sample pages that are paid from credits by the minute; the last page repeats a row of the first. */
function sampleCalls(): readonly ChargedCall[] {
  const rows = ['pstn-calls-page.json', 'pstn-calls-page-2.json'].flatMap(
    (name) => page.parse(parseExactly(fixture(name))).value,
  );
  const calls = rows
    .filter((row) => row.licenseCapability === 'MCOPSTNPP')
    .map((row): readonly [string, ChargedCall] => [
      row.id,
      {
        id: row.id,
        startedAt: Date.parse(row.startDateTime),
        currency: currencyOf(row.currency),
        direction: row.inventoryType === 'TollFree' ? 'inbound_toll_free' : 'outbound',
        number: row.calleeNumber,
        region: row.usageCountryCode,
        durationSeconds: Number(row.duration),
        charge: readDecimal(row.charge)?.microUnits ?? -1n,
      },
    ]);
  return [...new Map(calls).values()];
}

describe('the sample calls against the published decks', () => {
  const report = varianceReport([usdDeck, eurDeck], sampleCalls());

  it('are all compared', () => {
    assert.deepEqual(report.notCompared, []);
    assert.equal(report.compared, 44);
  });

  it('equal their charge, but for the masked, the float-noise and the reused-callId row', () => {
    assert.deepEqual(
      report.differing.map(({ call, difference }) => [call.number, toDecimal(difference)]),
      [
        ['+336555012***', '0.34'],
        ['+447700900123', '-0.141'],
        ['+821055501234', '0.017'],
      ],
    );
  });

  it('equal it to the last micro-unit', () => {
    const apart = sampleCalls().filter((call) => {
      const found = variance([usdDeck, eurDeck], call);
      return found.kind === 'compared' && found.difference.microUnits !== 0n;
    });
    assert.equal(apart.length, 3);
  });
});

describe('a variance', () => {
  const deck = deckOf([priced(), unpriced({ id: 'none', prefixes: ['49800'] })]);
  const call: ChargedCall = {
    id: 'call',
    startedAt: Date.parse('2026-10-01T00:00:00Z'),
    currency: usd,
    direction: 'outbound',
    number: '+4930555012',
    region: null,
    durationSeconds: 60,
    charge: 20_000n,
  };

  const borders: readonly [sentence: string, charge: bigint, listed: boolean][] = [
    ['of nothing is not listed', 20_000n, false],
    ['of one cent more is not listed', 30_000n, false],
    ['of more than one cent more is', 30_001n, true],
    ['of one cent less is not listed', 10_000n, false],
    ['of more than one cent less is', 9_999n, true],
  ];
  for (const [sentence, charge, listed] of borders) {
    it(sentence, () => {
      assert.equal(varianceReport([deck], [{ ...call, charge }]).differing.length, listed ? 1 : 0);
    });
  }

  it('is charged minus the deck’s price, and leaves the charge as it is', () => {
    const found = variance([deck], { ...call, charge: 5_000n });
    assert(found.kind === 'compared');
    assert.equal(found.difference.microUnits, -15_000n);
    assert.equal(found.call.charge, 5_000n);
  });

  const refusals: readonly [sentence: string, differences: Partial<ChargedCall>, code: string][] = [
    [
      'no price is published: a charge is not compared with zero',
      { number: '+498005550100' },
      'no-published-rate',
    ],
    ['no deck counted when the call began', { startedAt: 0 }, 'no-deck-yet'],
    ['no prefix matches', { number: '+33' }, 'no-matching-prefix'],
  ];
  for (const [sentence, differences, code] of refusals) {
    it(`is none where ${sentence}`, () => {
      const { notCompared, compared } = varianceReport([deck], [{ ...call, ...differences }]);
      assert.equal(compared, 0);
      assert.equal(notCompared[0]?.refusal.code, code);
    });
  }
});
