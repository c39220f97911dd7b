/**
 * Made-up facts for property tests, told to a ledger in any order: calls with their corrections, money that comes in,
 * figures that are read. Amounts are a few micro-units, so that a model can hold them one by one.
 */
import fc from 'fast-check';
import { dayMs, hourMs, type Instant } from '../../src/decision/time.ts';
import type { AccountCommand } from '../../src/ledger/account.ts';
import type { Funding, Observation } from '../../src/ledger/facts.ts';
import type { Charge } from '../../src/ledger/usage-batch.ts';
import { money } from '../../src/money/money.ts';
import { at, followedBy, type Ledger, ledger, row, usd } from './builders.ts';

/** A call as a report has it; a later version of the same row corrects it. No charge: the row draws on nothing. */
export interface Version {
  readonly startedAt: Instant;
  readonly microUnits: bigint;
}

export interface World {
  readonly rows: readonly (readonly Version[])[];
  readonly fundings: readonly Funding[];
  readonly observations: readonly Observation[];
}

/** One telling: what is told, and when the ledger hears it. */
export interface Telling {
  readonly fact:
    | { readonly kind: 'row'; readonly row: number }
    | { readonly kind: 'funding'; readonly funding: Funding }
    | { readonly kind: 'observation'; readonly observation: Observation }
    | { readonly kind: 'settle' };
  readonly now: Instant;
}

const start = at('2025-06-01');
const lengthDays = 500;
/** After all that happens in a world, so that nothing is refused as lying ahead. */
const earliestTelling = start + lengthDays * dayMs;
export const end = earliestTelling + 100 * dayMs;

const amount = fc.bigInt({ min: 0n, max: 40n });
// Few days and hours, so that much meets on one day and at one instant.
const instant = fc
  .tuple(fc.constantFrom(0, 1, 2, 30, 31, 363, 364, 365, 366, 367, 396, 397, lengthDays - 1), fc.nat(23))
  .map(([days, hours]) => start + days * dayMs + hours * hourMs);

export const worlds: fc.Arbitrary<World> = fc.record({
  rows: fc.array(
    fc.array(fc.record({ startedAt: instant, microUnits: amount }), { minLength: 1, maxLength: 3 }),
    {
      maxLength: 12,
    },
  ),
  fundings: fc
    .array(fc.record({ at: instant, microUnits: amount, isPurchase: fc.boolean() }), { maxLength: 6 })
    .map((told) =>
      told.map(({ at: fundedAt, microUnits, isPurchase }, index) => ({
        id: `F${index}`,
        kind: isPurchase ? ('purchase' as const) : ('recharge' as const),
        amount: money(microUnits + 1n, usd),
        at: fundedAt,
        recordedBy: 'buyer',
        reference: null,
      })),
    ),
  observations: fc
    .array(fc.record({ at: instant, microUnits: fc.bigInt({ min: -20n, max: 80n }) }), { maxLength: 4 })
    .map((told) =>
      told.map(({ at: readAt, microUnits }, index) => ({
        id: `O${index}`,
        amount: money(microUnits, usd),
        at: readAt,
        usageBefore: 0n,
        reason: null,
        by: 'reader',
      })),
    ),
});

/** All facts of a world in some order, heard at some times, with the passing of time told in between. */
export function tellings(world: World): fc.Arbitrary<readonly Telling[]> {
  const facts: readonly Telling['fact'][] = [
    ...world.rows.flatMap((versions, index) => versions.map(() => ({ kind: 'row' as const, row: index }))),
    ...world.fundings.map((funding) => ({ kind: 'funding' as const, funding })),
    ...world.observations.map((observation) => ({ kind: 'observation' as const, observation })),
    { kind: 'settle' },
    { kind: 'settle' },
  ];
  return fc
    .tuple(
      fc.shuffledSubarray([...facts], { minLength: facts.length, maxLength: facts.length }),
      fc.array(fc.nat(99), { minLength: facts.length, maxLength: facts.length }),
    )
    .map(([order, days]) =>
      order.map((fact, index) => ({ fact, now: earliestTelling + (days[index] ?? 0) * dayMs })),
    );
}

/** The ledger after a world was told and time went on to its end; `each` sees it after every command. */
export function told(
  world: World,
  order: readonly Telling[],
  each: (ledger: Ledger) => void = () => {},
): Ledger {
  const known = new Map<number, number>();
  let current = ledger(end);
  for (const [index, { fact, now }] of order.entries()) {
    current = followedBy(current, command(world, known, fact, index), now);
    if (fact.kind === 'row') known.set(fact.row, nextVersion(known, fact.row));
    each(current);
  }
  return followedBy(current, { type: 'settle' }, end);
}

function command(
  world: World,
  known: ReadonlyMap<number, number>,
  fact: Telling['fact'],
  index: number,
): AccountCommand {
  switch (fact.kind) {
    case 'row':
      return { type: 'recordUsage', batch: { id: `B${index}`, charges: chargesOf(world, known, fact.row) } };
    case 'funding':
      return { type: 'recordFunding', funding: fact.funding };
    case 'observation':
      return {
        type: 'observe',
        observation: { ...fact.observation, usageBefore: usageBefore(world, known, fact.observation.at) },
      };
    case 'settle':
      return { type: 'settle' };
  }
}

function nextVersion(known: ReadonlyMap<number, number>, number: number): number {
  return (known.get(number) ?? -1) + 1;
}

function chargesOf(world: World, known: ReadonlyMap<number, number>, number: number): readonly Charge[] {
  const versions = world.rows[number] ?? [];
  const next = nextVersion(known, number);
  const [before, now] = [versions[next - 1], versions[next]];
  const charge = (kind: Charge['kind'], version: Version | undefined, sign: bigint): readonly Charge[] =>
    version === undefined || version.microUnits === 0n
      ? []
      : [{ kind, rowId: row(number), startedAt: version.startedAt, microUnits: sign * version.microUnits }];
  return [...charge('reversal', before, -1n), ...charge('charge', now, 1n)];
}

function usageBefore(world: World, known: ReadonlyMap<number, number>, instantRead: Instant): bigint {
  let sum = 0n;
  for (const [number, version] of known) {
    const call = world.rows[number]?.[version];
    if (call !== undefined && call.startedAt < instantRead) sum += call.microUnits;
  }
  return sum;
}

/** The calls of a world as they are when all corrections are told. */
export function finalCalls(world: World): readonly Version[] {
  return world.rows.flatMap((versions) => versions.slice(-1)).filter(({ microUnits }) => microUnits > 0n);
}
