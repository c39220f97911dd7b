/** Lots as one would play them with coins on a table: written to be plainly right, not quick. */
import { addMonths, type Day, dayMs, type Instant, startOfDay, utcDay } from '../../src/decision/time.ts';
import { finalCalls, type World } from './world.ts';

export interface ModelLot {
  readonly id: string;
  remaining: number;
  expired: number;
  writtenOff: number;
  readonly consumedByDay: Record<string, number>;
}

export interface Model {
  readonly lots: readonly ModelLot[];
  readonly deficit: number;
}

interface Coin {
  readonly lot: ModelLot;
  readonly lastDay: Day;
}

/** Why a coin was taken: for the calls of a day, or because an admin no longer saw it. */
type Cause = Day | 'written off';

interface Happening {
  readonly at: Instant;
  /** How many figures of the same day were read before it. */
  readonly part: number;
  /** In a part of a day money comes in, calls take it, a figure ends it. */
  readonly rank: number;
  readonly id: string;
  readonly play: (table: Table) => void;
}

interface Table {
  readonly lots: ModelLot[];
  coins: Coin[];
  debts: Cause[];
}

export function modelLots(world: World, asOf: Instant): Model {
  const table: Table = { lots: [], coins: [], debts: [] };
  const happenings = allHappenings(world);
  const first = Math.min(asOf, ...happenings.map(({ at }) => at));

  for (let day = startOfDay(utcDay(first)); day <= asOf; day += dayMs) {
    for (const happening of happenings.filter(({ at }) => at >= day && at < day + dayMs))
      happening.play(table);
    if (day + dayMs <= asOf) lapse(table, utcDay(day));
  }
  return { lots: table.lots, deficit: table.debts.length };
}

function allHappenings(world: World): readonly Happening[] {
  const figures = [...world.observations].sort(
    (left, right) => left.at - right.at || (left.id < right.id ? -1 : 1),
  );
  const readOn = (day: Day) => figures.filter(({ at }) => utcDay(at) === day);
  const partOf = (at: Instant) => readOn(utcDay(at)).filter((figure) => figure.at <= at).length;

  const happenings: Happening[] = [
    ...world.fundings.map(({ id, at, amount }) => ({
      at,
      part: partOf(at),
      rank: 0,
      id,
      play: (table: Table) => put(table, `funding:${id}`, at, Number(amount.microUnits)),
    })),
    ...finalCalls(world).map(({ startedAt, microUnits }) => ({
      at: startedAt,
      part: partOf(startedAt),
      rank: 1,
      id: '',
      play: (table: Table) => take(table, utcDay(startedAt), Number(microUnits)),
    })),
    ...figures.map(({ id, at, amount }) => ({
      at,
      part: readOn(utcDay(at)).findIndex((figure) => figure.id === id),
      rank: 2,
      id,
      play: (table: Table) => {
        const missing = Number(amount.microUnits) - (table.coins.length - table.debts.length);
        if (missing > 0) put(table, `observation:${id}`, at, missing);
        else take(table, 'written off', -missing);
      },
    })),
  ];
  return happenings.sort(
    (left, right) =>
      startOfDay(utcDay(left.at)) - startOfDay(utcDay(right.at)) ||
      left.part - right.part ||
      left.rank - right.rank ||
      (left.rank === 1 ? 0 : left.at - right.at) ||
      (left.id < right.id ? -1 : 1),
  );
}

function put(table: Table, id: string, at: Instant, coins: number): void {
  const lot: ModelLot = { id, remaining: 0, expired: 0, writtenOff: 0, consumedByDay: {} };
  table.lots.push(lot);
  for (let coin = 0; coin < coins; coin += 1) {
    lot.remaining += 1;
    table.coins.push({ lot, lastDay: utcDay(addMonths(at, 12)) });
    const debt = table.debts.shift();
    if (debt !== undefined) take(table, debt, 1);
  }
}

function take(table: Table, cause: Cause, coins: number): void {
  for (let taken = 0; taken < coins; taken += 1) {
    const coin = table.coins.shift();
    if (coin === undefined) {
      table.debts.push(cause);
      continue;
    }
    coin.lot.remaining -= 1;
    if (cause === 'written off') coin.lot.writtenOff += 1;
    else coin.lot.consumedByDay[cause] = (coin.lot.consumedByDay[cause] ?? 0) + 1;
  }
}

function lapse(table: Table, day: Day): void {
  for (const { lot, lastDay } of table.coins) {
    if (lastDay !== day) continue;
    lot.remaining -= 1;
    lot.expired += 1;
  }
  table.coins = table.coins.filter(({ lastDay }) => lastDay !== day);
}
