import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RowId } from '../../src/decision/ids.ts';
import { decideIntake, type IntakeDecision } from '../../src/usage/intake.ts';
import type { KnownRow } from '../../src/usage/known-row.ts';
import type { UsageRow } from '../../src/usage/usage-row.ts';
import { contentOf, eur, idOf, knownAfter, spent, usageRow, usagesIn, usd } from './samples.ts';

/** A call as it truly was: the charge in thousandths, as Graph knows it. */
const calls = fc.uniqueArray(
  fc.record({
    number: fc.nat({ max: 30 }),
    thousandths: fc.oneof(fc.constant(0), fc.nat({ max: 20 }), fc.nat({ max: 100_000 })),
    startedAt: fc.integer({ min: 1_790_000_000_000, max: 1_790_400_000_000 }),
    currency: fc.constantFrom(usd, eur, null),
    capability: fc.constantFrom('MCOPSTNPP', 'MCOMEETACPEA', 'MCOPSTN1', 'FREECALL', 'MCOPSTN10', null),
    user: fc.constantFrom('anna', 'bora', null),
  }),
  { selector: (call) => call.number, minLength: 1, maxLength: 20 },
);
type Call = typeof calls extends fc.Arbitrary<readonly (infer One)[]> ? One : never;

function asGraph(call: Call): UsageRow {
  return usageRow({
    ...commonOf(call),
    source: 'graph',
    charge: BigInt(call.thousandths) * 1_000n,
    chargeDecimals: 6,
    tenantCountryCode: 'US',
  });
}

/** Rounded half up, as the export does. */
function asReport(call: Call): UsageRow {
  return usageRow({
    ...commonOf(call),
    source: 'report',
    charge: BigInt(Math.floor((call.thousandths + 5) / 10)) * 10_000n,
    chargeDecimals: 2,
  });
}

function asReportInWholeSeconds(call: Call): UsageRow {
  return { ...asReport(call), startedAt: call.startedAt - (call.startedAt % 1_000) };
}

function commonOf(call: Call): Partial<UsageRow> {
  return {
    id: idOf(call.number),
    startedAt: call.startedAt,
    currency: call.currency,
    licenseCapability: call.capability,
    userId: call.user,
  };
}

/** The same calls told by each source, in an order, and cut into batches. */
const tellings = calls.chain((world) => {
  const rows = world.flatMap((call) => [asGraph(call), asReport(call), asReportInWholeSeconds(call)]);
  const orders = fc.tuple(
    fc.shuffledSubarray(rows, { minLength: rows.length }),
    fc.integer({ min: 1, max: 25 }),
  );
  return fc.record({ world: fc.constant(world), first: orders, second: orders });
});

function inBatches([rows, size]: readonly [readonly UsageRow[], number]): readonly (readonly UsageRow[])[] {
  const batches: (readonly UsageRow[])[] = [];
  for (let start = 0; start < rows.length; start += size) batches.push(rows.slice(start, start + size));
  return batches;
}

describe('whatever the order of imports', () => {
  it('the known rows end the same', () => {
    fc.assert(
      fc.property(tellings, ({ first, second }) => {
        const once = knownAfter(...inBatches(first));
        assert.deepEqual(contentOf(knownAfter(...inBatches(second))), contentOf(once));
      }),
    );
  });

  it('the known rows come to what Graph alone would tell', () => {
    fc.assert(
      fc.property(tellings, ({ world, first }) => {
        assert.deepEqual(
          sorted(spent(knownAfter(...inBatches(first)))),
          sorted(spent(knownAfter(world.map(asGraph)))),
        );
      }),
    );
  });

  it('importing all of it again changes nothing', () => {
    fc.assert(
      fc.property(tellings, ({ first, second }) => {
        const known = knownAfter(...inBatches(first));
        for (const batch of inBatches(second)) assert.equal(decideIntake(batch, known).records.size, 0);
      }),
    );
  });

  it('the samples ten times in any order end the same', async () => {
    const names = ['pstn-usage-export.csv', 'pstn-calls-page.json', 'pstn-calls-page-2.json'];
    const batches = await Promise.all(names.map(usagesIn));
    const expected = contentOf(knownAfter(...batches));
    fc.assert(
      fc.property(
        fc.shuffledSubarray(Array.from({ length: 10 }, () => batches).flat(), { minLength: 30 }),
        (order) => {
          assert.deepEqual(contentOf(knownAfter(...order)), expected);
        },
      ),
      { numRuns: 20 },
    );
  });
});

/** Rows that contradict each other too. */
const anyRows = fc.array(
  fc
    .record({
      call: calls.map(([call]) => call as Call),
      number: fc.nat({ max: 4 }),
      how: fc.constantFrom(asGraph, asReport),
    })
    .map(({ call, number, how }) => how({ ...call, number })),
  { maxLength: 30 },
);

const dimensions = ['destination', 'user', 'call-type', 'number', 'service'];
type Key = (currency: string) => string;
const moneyKeys: readonly Key[] = [
  (currency) => `ledger:${currency}`,
  (currency) => `amounts:${currency}`,
  ...dimensions.map((dimension) => (currency: string) => `usage:${currency}:day-${dimension}`),
];
const callKeys: readonly Key[] = [
  (currency) => `charged:${currency}`,
  ...dimensions.map((dimension) => (currency: string) => `calls:${currency}:day-${dimension}`),
];

/** What is known after the batches, and the sums of all that their decisions moved. */
function booked(batches: readonly (readonly UsageRow[])[]) {
  const known = new Map<RowId, KnownRow>();
  const sums = new Map<string, bigint>();
  for (const batch of batches) {
    const decision = decideIntake(batch, known);
    for (const [id, row] of decision.records) known.set(id, row);
    for (const [key, by] of movementsOf(decision)) sums.set(key, (sums.get(key) ?? 0n) + by);
  }
  return { known, sums };
}

function movementsOf({ charges, amounts, counts }: IntakeDecision): readonly (readonly [string, bigint])[] {
  return [
    ...[...charges].flatMap(([currency, moved]) =>
      moved.flatMap(({ kind, microUnits }) => [
        [`ledger:${currency}`, microUnits] as const,
        [`charged:${currency}`, kind === 'charge' ? 1n : -1n] as const,
      ]),
    ),
    ...[...amounts].map(
      ([currency, moved]) => [`amounts:${currency}`, moved.new + moved.known + moved.changed] as const,
    ),
    // What was paid where is another model, with a test of its own.
    ...counts.filter(({ model }) => !model.startsWith('paid:')).map(({ model, by }) => [model, by] as const),
  ];
}

describe('whatever is told, contradictions included', () => {
  it('the movements sum to what the known rows come to, and so do the read models', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 10 }), (rows, size) => {
        const { known, sums } = booked(inBatches([rows, size]));
        const expected = Object.entries(spent(known)).flatMap(([currency, { calls, microUnits }]) => [
          ...moneyKeys.map((key) => [key(currency), microUnits] as const),
          ...callKeys.map((key) => [key(currency), BigInt(calls)] as const),
        ]);
        const moved = [...sums].filter(([, sum]) => sum !== 0n);
        assert.deepEqual(new Map(moved.sort()), new Map([...expected, ...poolSeconds(known)].sort()));
      }),
    );
  });

  it('every row is exactly one of new, known, changed and ignored', () => {
    fc.assert(
      fc.property(anyRows, anyRows, (before, rows) => {
        const { tally } = decideIntake(rows, knownAfter(before));
        assert.equal(tally.new + tally.known + tally.changed + tally.ignored, rows.length);
      }),
    );
  });

  it('one batch or many end the same', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 1, max: 10 }), (rows, size) => {
        const sorted = (known: ReadonlyMap<RowId, KnownRow>) =>
          [...known].sort(([left], [right]) => (left < right ? -1 : 1));
        assert.deepEqual(sorted(knownAfter(...inBatches([rows, size]))), sorted(knownAfter(rows)));
      }),
    );
  });
});

/** The seconds of outgoing calls that a plan paid, by the read model of their month. */
function poolSeconds(known: ReadonlyMap<RowId, KnownRow>): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { ignored, callType, durationSeconds, startedAt } of known.values()) {
    if (ignored !== 'pool-capability' || callType?.endsWith('_in') || durationSeconds === 0) continue;
    const model = `pool:${new Date(startedAt).toISOString().slice(0, 7)}`;
    sums.set(model, (sums.get(model) ?? 0n) + BigInt(durationSeconds));
  }
  return sums;
}

function sorted(sums: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  return Object.entries(sums).sort(([left], [right]) => (left < right ? -1 : 1));
}
