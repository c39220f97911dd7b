import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays, type Day, utcDay } from '../../src/decision/time.ts';
import { type PoolUse, poolStanding } from '../../src/forecast/minute-pool.ts';

const day = (text: string) => text as Day;
const now = Date.parse('2026-11-18T09:00:00Z');
const firstDay = day('2026-09-01');

/** So many minutes on each day that is reported, from September on. */
function evenUse(minutes: number, until = day('2026-11-16')): Map<Day, bigint> {
  const seconds = new Map<Day, bigint>();
  for (let at = firstDay; at <= until; at = addDays(at, 1)) seconds.set(at, BigInt(minutes * 60));
  return seconds;
}

const use = (told: Partial<PoolUse> = {}): PoolUse => ({
  secondsByDay: evenUse(10),
  minutesTotal: 1_000,
  knownSince: firstDay,
  now,
  seed: 1,
  ...told,
});

describe('a pool of included minutes', () => {
  it('counts the calendar month alone', () => {
    const { minutesUsed, minutesLeft, usedBasisPoints, state } = poolStanding(use());
    assert.deepEqual([minutesUsed, minutesLeft, usedBasisPoints, state], [160, 840, 1_600, 'fine']);
  });

  const states: readonly [minutesTotal: number, state: string][] = [
    [201, 'fine'],
    [200, 'at-80'],
    [161, 'at-80'],
    [160, 'exhausted'],
    [100, 'exhausted'],
  ];
  for (const [minutesTotal, state] of states) {
    it(`of ${minutesTotal} minutes is ${state} when 160 are used`, () => {
      assert.equal(poolStanding(use({ minutesTotal })).state, state);
    });
  }

  it('that lasts a day of the month is used up on that day by an even pace', () => {
    const { overageFrom } = poolStanding(use({ minutesTotal: 250 }));
    assert.deepEqual(overageFrom, { p10: '2026-11-25', p50: '2026-11-25', p90: '2026-11-25' });
  });

  it('counts the days that are not reported yet at the usual pace, so that overage may have begun', () => {
    const { state, overageFrom } = poolStanding(use({ minutesTotal: 170 }));
    assert.equal(state, 'at-80');
    assert.equal(overageFrom?.p50, '2026-11-17');
  });

  it('knows the weekdays', () => {
    const seconds = new Map<Day, bigint>();
    for (const at of evenUse(1).keys()) if (new Date(`${at}T00:00Z`).getUTCDay() === 1) seconds.set(at, 600n);
    // Mondays of November: 2, 9, 16, 23 and 30.
    const { overageFrom } = poolStanding(use({ secondsByDay: seconds, minutesTotal: 40 }));
    assert.equal(overageFrom?.p50, '2026-11-23');
  });

  it('that lasts has no such day', () => {
    assert.deepEqual(poolStanding(use({ minutesTotal: 301 })).overageFrom, {
      p10: null,
      p50: null,
      p90: null,
    });
  });

  it('that is used up tells the day on which it was', () => {
    const { overageFrom, exhaustedOn, minutesLeft } = poolStanding(use({ minutesTotal: 95 }));
    assert.deepEqual([overageFrom, exhaustedOn, minutesLeft], [null, '2026-11-10', 0]);
  });

  it('is full again on the first of a month', () => {
    const secondsByDay = evenUse(10, day('2026-11-29'));
    const first = poolStanding(
      use({ secondsByDay, now: Date.parse('2026-12-01T00:30:00Z'), minutesTotal: 200 }),
    );
    assert.deepEqual([first.minutesUsed, first.state], [0, 'fine']);
    assert.equal(first.overageFrom?.p50, '2026-12-20');
  });

  it('says nothing of the future below two weeks of complete days', () => {
    assert.equal(poolStanding(use({ knownSince: day('2026-11-03') })).overageFrom, null);
    assert.notEqual(poolStanding(use({ knownSince: day('2026-11-02') })).overageFrom, null);
    assert.equal(poolStanding(use({ knownSince: null })).overageFrom, null);
  });

  it('of a size that is not known tells what is used alone', () => {
    assert.deepEqual(poolStanding(use({ minutesTotal: null })), {
      minutesUsed: 160,
      minutesLeft: null,
      usedBasisPoints: null,
      state: 'unknown',
      overageFrom: null,
      exhaustedOn: null,
    });
  });

  it('counts a minute that was begun, and does not say that the last one is used before it is', () => {
    const secondsByDay = new Map([[day('2026-11-02'), 59n * 60n + 1n]]);
    const { minutesUsed, minutesLeft, usedBasisPoints, state } = poolStanding(
      use({ secondsByDay, minutesTotal: 60 }),
    );
    assert.deepEqual([minutesUsed, minutesLeft, usedBasisPoints, state], [60, 0, 9_836, 'at-80']);
  });
});

describe('more use of a pool', () => {
  const arbitraryUse = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 60, maxLength: 79 });
  const asMap = (seconds: readonly number[]) =>
    new Map(seconds.map((count, index) => [addDays(firstDay, index), BigInt(count)]));

  it('never leaves more minutes, and never brings a later overage', () => {
    fc.assert(
      fc.property(
        arbitraryUse,
        fc.nat({ max: 78 }),
        fc.integer({ min: 1, max: 50_000 }),
        fc.integer({ min: 1, max: 20_000 }),
        (seconds, index, more, minutesTotal) => {
          const before = asMap(seconds);
          const grown = addDays(firstDay, index);
          const after = new Map(before).set(grown, (before.get(grown) ?? 0n) + BigInt(more));
          const less = poolStanding(use({ secondsByDay: before, minutesTotal }));
          const greater = poolStanding(use({ secondsByDay: after, minutesTotal }));
          assert.ok(Number(greater.minutesLeft) <= Number(less.minutesLeft));
          assert.ok(Number(greater.usedBasisPoints) >= Number(less.usedBasisPoints));
          for (const quantile of ['p10', 'p50', 'p90'] as const) {
            // Calls that are still to be reported may use a pool up before the day on which reported calls show it.
            const isShownSince = greater.exhaustedOn !== null && less.exhaustedOn === null;
            const latest = isShownSince
              ? later(beginsAt(less, quantile), utcDay(now))
              : beginsAt(less, quantile);
            assert.ok(beginsAt(greater, quantile) <= latest, quantile);
          }
        },
      ),
    );
  });

  it('is more in a smaller pool', () => {
    fc.assert(
      fc.property(arbitraryUse, fc.integer({ min: 2, max: 20_000 }), (seconds, minutesTotal) => {
        const secondsByDay = asMap(seconds);
        const larger = poolStanding(use({ secondsByDay, minutesTotal }));
        const smaller = poolStanding(use({ secondsByDay, minutesTotal: minutesTotal - 1 }));
        assert.ok(Number(smaller.minutesLeft) <= Number(larger.minutesLeft));
        assert.ok(beginsAt(smaller, 'p50') <= beginsAt(larger, 'p50'));
      }),
    );
  });
});

/** A day of the month as text, which sorts; after the month where there is none. */
function beginsAt(
  { exhaustedOn, overageFrom }: ReturnType<typeof poolStanding>,
  quantile: 'p10' | 'p50' | 'p90',
): string {
  return exhaustedOn ?? overageFrom?.[quantile] ?? utcDay(Date.parse('2026-12-01T00:00:00Z'));
}

function later(left: string, right: string): string {
  return left < right ? right : left;
}
