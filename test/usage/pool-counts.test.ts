import assert from 'node:assert/strict';
import type { Day } from '../../src/decision/time.ts';
import { decideIntake } from '../../src/usage/intake.ts';
import { firstKnown } from '../../src/usage/known-row.ts';
import { type PoolField, poolField, poolModel, readPoolField } from '../../src/usage/pool-counts.ts';
import type { UsageRow } from '../../src/usage/usage-row.ts';
import { idOf, knownAfter, usageRow } from './samples.ts';

const pooled = (row: Partial<UsageRow> = {}) =>
  usageRow({ licenseCapability: 'MCOPSTN5', charge: 0n, usageCountryCode: 'DE', ...row });
const fieldOf = (row: Partial<UsageRow>) => poolField(firstKnown(pooled(row)));

describe('a call draws on included minutes', () => {
  const of: PoolField = {
    day: '2026-10-01' as Day,
    capability: 'MCOPSTN5',
    country: 'DE',
    reach: 'domestic',
  };
  const cases: readonly [sentence: string, row: Partial<UsageRow>, field: PoolField | null][] = [
    ['under a plan that includes some', {}, of],
    ['whatever the case of the capability', { licenseCapability: 'mcopstn5' }, of],
    [
      'from a meeting',
      { licenseCapability: 'MCOMEETADD', callType: 'conf_out' },
      { ...of, capability: 'MCOMEETADD' },
    ],
    ['to another country', { destinationName: 'France' }, { ...of, reach: 'international' }],
    ['to who knows where', { destinationName: null }, { ...of, reach: null }],
    ['from who knows where', { usageCountryCode: null }, { ...of, country: null, reach: null }],
    ['not where it came in', { callType: 'user_in' }, null],
    ['not where nobody answered', { durationSeconds: 0 }, null],
    ['not where credits pay', { licenseCapability: 'MCOPSTNPP', charge: 1n }, null],
    ['not where it is free without a pool', { licenseCapability: 'FREECALL' }, null],
    ['not under a licence for unlimited dial-out', { licenseCapability: 'MCOMEETADD_DIALOUT_US' }, null],
  ];
  for (const [sentence, row, field] of cases) {
    it(sentence, () => assert.deepEqual(fieldOf(row), field));
  }

  for (const [from, to, reach] of [
    ['US', 'Canada Mobile', 'domestic'],
    ['CA', 'United States', 'domestic'],
    ['PR', 'United States', 'domestic'],
    ['US', 'Mexico', 'international'],
    ['GB', 'Canada', 'international'],
  ] as const) {
    it(`from ${from} to ${to} as a ${reach} one`, () => {
      assert.equal(fieldOf({ usageCountryCode: from, destinationName: to })?.reach, reach);
    });
  }
});

describe('the read model of included minutes', () => {
  const countsOf = (rows: readonly UsageRow[], known = knownAfter()) =>
    decideIntake(rows, known).counts.filter(({ model }) => model.startsWith('pool:'));
  const field = '2026-10-01|MCOPSTN5|DE|domestic';
  const model = poolModel('2026-10');

  it('counts seconds with the rows that tell of them', () => {
    const rows = [pooled({ durationSeconds: 61 }), pooled({ id: idOf(2), durationSeconds: 30 })];
    assert.deepEqual(countsOf(rows), [{ model, field, by: 91n }]);
  });

  it('counts a row once, however often it is told', () => {
    assert.deepEqual(countsOf([pooled(), pooled()]), [{ model, field, by: 60n }]);
    assert.deepEqual(countsOf([pooled()], knownAfter([pooled()])), []);
  });

  it('is corrected with the row', () => {
    const known = knownAfter([pooled()]);
    assert.deepEqual(countsOf([pooled({ durationSeconds: 90 })], known), [{ model, field, by: 30n }]);
    assert.deepEqual(countsOf([pooled({ licenseCapability: 'MCOPSTNPP', charge: 5n })], known), [
      { model, field, by: -60n },
    ]);
    const other = '2026-10-01|MCOPSTN6|DE|domestic';
    assert.deepEqual(countsOf([pooled({ licenseCapability: 'MCOPSTN6' })], known), [
      { model, field, by: -60n },
      { model, field: other, by: 60n },
    ]);
  });

  it('gains the row that credits paid before', () => {
    const known = knownAfter([pooled({ licenseCapability: 'MCOPSTNPP', charge: 5n })]);
    assert.deepEqual(countsOf([pooled()], known), [{ model, field, by: 60n }]);
  });

  it('reads back its fields, and no others', () => {
    const unknown: PoolField = {
      day: '2026-10-01' as Day,
      capability: 'MCOMEETADD',
      country: null,
      reach: null,
    };
    assert.deepEqual(readPoolField('2026-10-01|MCOMEETADD|?|?'), unknown);
    assert.deepEqual(readPoolField(field), poolField(firstKnown(pooled())));
    for (const foreign of ['2026-10-01|MCOMEETADD', '2026-10-01|MCOMEETADD|?|far', `${field}|x`]) {
      assert.throws(() => readPoolField(foreign), RangeError);
    }
  });
});
