import assert from 'node:assert/strict';
import {
  type IncludedPool,
  includedPools,
  type OwnedLicences,
  type PoolKey,
  poolDrawnOn,
  poolName,
  unknownPool,
} from '../../src/rates/included-minutes.ts';
import { licenceCover } from '../../src/rates/licence-cover.ts';

const holders = (servicePlan: string, ...countries: readonly (string | null)[]) =>
  countries.map((country) => ({ servicePlan, country }));
const owned = (told: Partial<OwnedLicences>): OwnedLicences => ({ bought: new Map(), holders: [], ...told });
const totals = (licences: Partial<OwnedLicences>) =>
  includedPools(owned(licences)).map((pool) => [poolName(pool), pool.minutesTotal]);

describe('included minutes', () => {
  it('of Audio Conferencing are sixty for each licence bought, over all countries', () => {
    const bought = new Map([['MCOMEETADV', 115]]);
    assert.deepEqual(totals({ bought, holders: holders('MCOMEETADV', 'US', 'GB') }), [
      ['MCOMEETADD||', 6_900],
    ]);
  });

  it('of a domestic plan go by the country of each holder', () => {
    assert.deepEqual(totals({ holders: holders('MCOPSTN1', 'US', 'US', 'DE', 'CA', 'GB') }), [
      ['MCOPSTN1||US', 6_000],
      ['MCOPSTN1||DE', 1_200],
      ['MCOPSTN1||CA', 3_000],
      ['MCOPSTN1||GB', 1_200],
    ]);
    assert.deepEqual(
      totals({ holders: [...holders('MCOPSTN5', 'FR', 'FR'), ...holders('MCOPSTN6', 'FR')] }),
      [
        ['MCOPSTN5||FR', 240],
        ['MCOPSTN6||FR', 240],
      ],
    );
  });

  it('of the United States and Puerto Rico are one pool', () => {
    assert.deepEqual(totals({ holders: holders('MCOPSTN1', 'US', 'PR') }), [['MCOPSTN1||US', 6_000]]);
    assert.equal(
      poolName(poolDrawnOn({ capability: 'MCOPSTN1', reach: 'domestic', country: 'PR' })),
      'MCOPSTN1||US',
    );
  });

  it('of an international plan are two pools', () => {
    assert.deepEqual(totals({ holders: holders('MCOPSTN2', 'DE', 'DE') }), [
      ['MCOPSTN2|domestic|DE', 2_400],
      ['MCOPSTN2|international|DE', 1_200],
    ]);
  });

  it('are not guessed where a number or a country is not known', () => {
    assert.deepEqual(totals({ bought: new Map([['MCOMEETADV', null]]) }), [['MCOMEETADD||', null]]);
    assert.deepEqual(totals({ holders: holders('MCOPSTN1', 'KR', null) }), [
      ['MCOPSTN1||KR', null],
      ['MCOPSTN1||', null],
    ]);
    assert.deepEqual(totals({ bought: new Map([['MCOMEETADV', 0]]) }), []);
  });

  it('that nobody shares have no sum', () => {
    const [pool] = includedPools(owned({ bought: new Map([['MCOPSTN8', 7]]) }));
    const expected: IncludedPool = {
      capability: 'MCOPSTN8',
      reach: null,
      country: null,
      sharing: 'person',
      licences: 7,
      minutesEach: 120,
      minutesTotal: null,
    };
    assert.deepEqual(pool, expected);
  });

  const draws: readonly [use: PoolKey, pool: string][] = [
    [{ capability: 'MCOMEETADD', reach: 'international', country: 'DE' }, 'MCOMEETADD||'],
    [{ capability: 'MCOPSTN5', reach: 'domestic', country: 'DE' }, 'MCOPSTN5||DE'],
    [{ capability: 'MCOPSTN2', reach: 'international', country: 'DE' }, 'MCOPSTN2|international|DE'],
    [{ capability: 'MCOPSTN8', reach: 'domestic', country: 'DE' }, 'MCOPSTN8||'],
    [{ capability: 'MCOPSTN9', reach: 'international', country: 'JP' }, 'MCOPSTN9|international|JP'],
  ];
  for (const [use, pool] of draws) {
    it(`of ${pool} are drawn on by ${use.capability} from ${use.country}`, () => {
      assert.equal(poolName(poolDrawnOn(use)), pool);
    });
  }

  it('of a licence that nobody knows of are not known', () => {
    const { licences, minutesTotal, sharing } = unknownPool({
      capability: 'MCOPSTN9',
      reach: null,
      country: 'JP',
    });
    assert.deepEqual([licences, minutesTotal, sharing], [null, null, 'country']);
  });

  it('are as many as the rules of what a licence covers say', () => {
    const call = { region: 'DE', numberType: 'geographic', zone: 'A', usageLocation: 'DE' } as const;
    const bought = new Map(['MCOMEETADV', 'MCOPSTN8'].map((plan) => [plan, 1]));
    const held = ['MCOPSTN5', 'MCOPSTN6'].flatMap((plan) => holders(plan, 'DE'));
    const each = new Map(
      includedPools(owned({ bought, holders: held })).map(({ capability, minutesEach }) => [
        capability,
        minutesEach,
      ]),
    );
    for (const [plan, use] of [
      ['MCOMEETADV', 'dial_out'],
      ['MCOPSTN5', 'user_out'],
      ['MCOPSTN6', 'user_out'],
      ['MCOPSTN8', 'user_out'],
    ] as const) {
      const [cover] = licenceCover([plan], { use, ...call });
      const expected = cover?.cover === 'pooled' ? cover.minutesPerMonth : undefined;
      assert.equal(each.get(plan === 'MCOMEETADV' ? 'MCOMEETADD' : plan), expected, plan);
    }
  });
});
