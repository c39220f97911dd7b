import assert from 'node:assert/strict';
import { includedMinutes, type MinutesQuestion } from '../../src/answers/included-minutes.ts';
import type { Day } from '../../src/decision/time.ts';
import type { LicensedPerson, Licensing } from '../../src/people/licensed-person.ts';

const holder = (id: string, usageLocation: string, ...plans: readonly string[]): LicensedPerson => ({
  id,
  displayName: id,
  userPrincipalName: `${id}@example.com`,
  mail: `${id}@example.com`,
  enabled: true,
  guest: false,
  servicePlans: new Set(plans),
  usageLocation,
});

const licensing: Licensing = {
  credits: null,
  bought: new Map([['MCOMEETADV', 10]]),
  people: [holder('a', 'GB', 'MCOPSTN5', 'MCOMEETADV'), holder('b', 'KR', 'MCOPSTN2')],
};

const question = (seconds: Readonly<Record<string, bigint>>): MinutesQuestion => ({
  models: [new Map(Object.entries(seconds))],
  knownSince: '2026-09-01' as Day,
  reportedUntil: null,
  firstDay: '2026-11-01' as Day,
  now: Date.parse('2026-11-18T09:00:00Z'),
  seed: 1,
});

const shown = (seconds: Readonly<Record<string, bigint>>) =>
  includedMinutes(licensing, question(seconds)).pools.map(
    ({ capability, reach, country, minutesUsed, minutesTotal }) =>
      [capability, reach, country, minutesUsed, minutesTotal] as const,
  );

describe('the minutes that licences include', () => {
  it('are told for each pool, the fullest first, and those without a size last', () => {
    const pools = shown({
      '2026-11-02|MCOMEETADD|GB|domestic': 600n,
      '2026-11-03|MCOMEETADD|KR|international': 600n,
      '2026-11-03|MCOPSTN5|GB|domestic': 6_000n,
      '2026-11-04|MCOPSTN2|KR|domestic': 120n,
    });
    assert.deepEqual(pools, [
      ['MCOPSTN5', null, 'GB', 100, 120],
      ['MCOMEETADD', null, null, 20, 600],
      ['MCOPSTN2', 'international', 'KR', 0, 600],
      ['MCOPSTN2', 'domestic', 'KR', 2, null],
    ]);
  });

  it('are told of calls whose licence nobody knows, as long as there were some this month', () => {
    const strangers = (seconds: Readonly<Record<string, bigint>>) =>
      shown(seconds).filter(([capability]) => capability === 'MCOPSTN9');
    assert.deepEqual(strangers({ '2026-11-04|MCOPSTN9|JP|?': 61n }), [['MCOPSTN9', null, 'JP', 2, null]]);
    assert.deepEqual(strangers({ '2026-10-04|MCOPSTN9|JP|?': 61n }), []);
    assert.deepEqual(strangers({ '2026-11-04|MCOPSTN9|JP|?': 0n }), []);
  });

  it('are not shared where each person has some', () => {
    const own: Licensing = { ...licensing, bought: new Map([['MCOPSTN8', 3]]), people: [] };
    const { pools } = includedMinutes(own, question({ '2026-11-04|MCOPSTN8|GB|domestic': 60n }));
    const [pool] = pools;
    assert.equal(pools.length, 1);
    assert.deepEqual(
      [pool?.sharing, pool?.minutesEach, pool?.minutesUsed, pool?.state],
      ['person', 120, 1, 'unknown'],
    );
  });
});
