import type { Day, Instant } from '../decision/time.ts';
import { type PoolStanding, poolStanding } from '../forecast/minute-pool.ts';
import type { Licensing } from '../people/licensed-person.ts';
import {
  type IncludedPool,
  includedPools,
  type PoolKey,
  poolDrawnOn,
  poolName,
  unknownPool,
} from '../rates/included-minutes.ts';
import { readPoolField } from '../usage/pool-counts.ts';

/** The minutes that licences include in this calendar month, and when calls begin to draw on credits. */
export interface IncludedMinutes {
  /** Of the calendar month, in UTC. */
  readonly firstDay: Day;
  /** The fullest first, then those whose size is not known. */
  readonly pools: readonly MinutePool[];
  /** Start of the latest call that is known, whoever paid it; null where no call was ever reported. */
  readonly reportedUntil: Instant | null;
}

export interface MinutePool extends IncludedPool, PoolStanding {}

/** The read models of included minutes, and what they are seen with. */
export interface MinutesQuestion {
  readonly models: readonly ReadonlyMap<string, bigint>[];
  readonly knownSince: Day | null;
  readonly reportedUntil: Instant | null;
  readonly firstDay: Day;
  readonly now: Instant;
  readonly seed: number;
}

/** Every pool that licences make, and every other one that calls of the month drew on. */
export function includedMinutes(licensing: Licensing, question: MinutesQuestion): IncludedMinutes {
  const { models, firstDay, reportedUntil } = question;
  const uses = usesByPool(models);
  const pools = new Map<string, IncludedPool>();
  for (const pool of includedPools(ownedLicences(licensing))) pools.set(poolName(pool), pool);
  for (const [name, { pool }] of uses) if (!pools.has(name)) pools.set(name, unknownPool(pool));
  return {
    firstDay,
    pools: [...pools]
      .map(([name, pool]) => standing(pool, uses.get(name)?.secondsByDay ?? new Map(), question))
      .filter(({ licences, minutesUsed }) => licences !== null || minutesUsed > 0)
      .sort(fullestFirst),
    reportedUntil,
  };
}

interface UseOfPool {
  readonly pool: PoolKey;
  readonly secondsByDay: Map<Day, bigint>;
}

function usesByPool(models: MinutesQuestion['models']): ReadonlyMap<string, UseOfPool> {
  const uses = new Map<string, UseOfPool>();
  for (const [field, seconds] of models.flatMap((model) => [...model])) {
    const { day, ...drawn } = readPoolField(field);
    const pool = poolDrawnOn(drawn);
    const use = uses.get(poolName(pool)) ?? { pool, secondsByDay: new Map<Day, bigint>() };
    use.secondsByDay.set(day, (use.secondsByDay.get(day) ?? 0n) + seconds);
    uses.set(poolName(pool), use);
  }
  return uses;
}

function ownedLicences({ bought, people }: Licensing) {
  const holders = people.flatMap(({ servicePlans, usageLocation }) =>
    [...servicePlans].map((servicePlan) => ({ servicePlan, country: usageLocation })),
  );
  return { bought, holders };
}

function standing(
  pool: IncludedPool,
  secondsByDay: ReadonlyMap<Day, bigint>,
  { knownSince, now, seed }: MinutesQuestion,
): MinutePool {
  const { minutesTotal } = pool;
  return { ...pool, ...poolStanding({ secondsByDay, minutesTotal, knownSince, now, seed }) };
}

function fullestFirst(left: MinutePool, right: MinutePool): number {
  const fuller = (right.usedBasisPoints ?? -1) - (left.usedBasisPoints ?? -1);
  return fuller || (poolName(left) < poolName(right) ? -1 : 1);
}
