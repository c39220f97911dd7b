import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dayMs, hourMs, minuteMs } from '../../src/decision/time.ts';
import { microUnitsToDecimal } from '../../src/money/money.ts';
import type { UsageRow } from '../../src/usage/usage-row.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { withRedis } from '../fakes/redis.ts';
import { moneyOf } from '../money/builders.ts';
import { idOf, usageRow } from '../usage/samples.ts';
import { now, purchase, type TenantUnderTest, tenantUnderTest } from './tenant-under-test.ts';

/**
 * Goal: whatever is told to a tenant's books through the real store, in whatever order and at whatever precision,
 * the balance is that of a model which keeps plain lists, and the order shows nowhere. Expiry is left out here: the
 * ledger's own properties have it.
 */
interface Call {
  readonly kind: 'call';
  readonly number: number;
  /** Instants of calls, fundings and figures never meet: minutes 30, 10 and 20 of their hours. */
  readonly hour: number;
  readonly cents: number;
  /** Thousandths that Graph knows and the report rounds off. */
  readonly thousandths: number;
  readonly source: 'graph' | 'report';
}
interface FundingTold {
  readonly kind: 'funding';
  readonly number: number;
  readonly hour: number;
  readonly cents: number;
}
interface FigureRead {
  readonly kind: 'figure';
  readonly number: number;
  readonly hour: number;
  readonly cents: number;
}
type Told = Call | FundingTold | FigureRead;

const days = 60;
const hour = fc.integer({ min: 0, max: days * 24 - 1 });
const cents = fc.integer({ min: 1, max: 5_000 });

/** A call is told one to three times: at either precision, and now and then with another charge. */
const callTold = (number: number) =>
  fc.record({ hour, cents, thousandths: fc.integer({ min: 0, max: 4 }) }).chain((call) =>
    fc
      .array(
        fc.record({
          source: fc.constantFrom('graph' as const, 'report' as const),
          more: fc.constantFrom(0, 0, 0, 1, 700),
        }),
        { minLength: 1, maxLength: 3 },
      )
      .map((tellings) =>
        tellings.map(
          ({ source, more }): Told => ({ kind: 'call', number, ...call, source, cents: call.cents + more }),
        ),
      ),
  );

/** The same fact, told once or twice. */
const factTold = (kind: 'funding' | 'figure', number: number) =>
  fc
    .tuple(hour, cents, fc.integer({ min: 1, max: 2 }))
    .map(([at, amount, times]) =>
      Array.from({ length: times }, (): Told => ({ kind, number, hour: at, cents: amount })),
    );

/** Facts by what they are about: what is told of one call keeps its order, for its last word counts. */
const facts = fc
  .record({
    calls: fc.integer({ min: 0, max: 8 }),
    fundings: fc.integer({ min: 0, max: 2 }),
    figures: fc.integer({ min: 0, max: 2 }),
  })
  .chain(({ calls, fundings, figures }) =>
    fc.tuple(
      ...Array.from({ length: calls }, (_, index) => callTold(index + 1)),
      ...Array.from({ length: fundings }, (_, index) => factTold('funding', index + 1)),
      ...Array.from({ length: figures }, (_, index) => factTold('figure', index + 1)),
    ),
  );

/** Two ways to tell the same facts. */
const tellings = facts.chain((lines) =>
  fc.tuple(interleaved(lines), interleaved(lines), fc.integer({ min: 1, max: 5 })),
);

function interleaved(lines: readonly (readonly Told[])[]) {
  const turns = lines.flatMap((line, index) => line.map(() => index));
  return fc.shuffledSubarray(turns, { minLength: turns.length, maxLength: turns.length }).map((order) => {
    const next = lines.map(() => 0);
    return order.map((line) => {
      const position = next[line] ?? 0;
      next[line] = position + 1;
      return lines[line]?.[position] ?? assert.fail('no such fact');
    });
  });
}

describe('whatever is told to the books of a tenant', () => {
  const redis = withRedis();

  it('the balance is that of plain lists, the books verify, and the order never shows', async () => {
    await fc.assert(
      fc.asyncProperty(tellings, async ([one, other, batchSize]) => {
        const [first, second] = [tenantUnderTest(redis.store), tenantUnderTest(redis.store)];
        await tell(first, one, batchSize);
        await tell(second, other, 1);
        assert.deepEqual(await first.estimates(), one.length === 0 ? {} : { USD: modelled(one) });
        const [verified, verifiedOther] = [await first.verify(), await second.verify()];
        assert.deepEqual(verified.violations, []);
        assert.deepEqual(verifiedOther.violations, []);
        assert.equal(verified.stateHash, verifiedOther.stateHash);
      }),
      { numRuns: 60 },
    );
  }).timeout(120_000);

  async function tell(tenant: TenantUnderTest, told: readonly Told[], batchSize: number): Promise<void> {
    let batch: UsageRow[] = [];
    const flush = async (): Promise<void> => {
      if (batch.length > 0) await tenant.record(...batch);
      batch = [];
    };
    for (const fact of told) {
      if (fact.kind === 'call') batch.push(rowOf(fact));
      if (fact.kind !== 'call' || batch.length === batchSize) await flush();
      if (fact.kind === 'figure') await readFigure(tenant, fact);
      if (fact.kind === 'funding') await fund(tenant, fact);
    }
    await flush();
  }

  async function fund(tenant: TenantUnderTest, { number, hour: at, cents: amount }: FundingTold) {
    const funding = purchase({
      id: `order-${number}`,
      amount: moneyOf(decimal(amount)),
      at: instantOf(at, 10),
    });
    assert.equal((await recordFunding(redis.store, tenant.id, funding, now)).kind, 'done');
  }
});

async function readFigure(tenant: TenantUnderTest, { number, hour: at, cents: amount }: FigureRead) {
  const told = { observedAt: instantOf(at, 20) + number, idempotencyKey: `figure-${number}` };
  assert.equal((await tenant.check(decimal(amount), told)).kind, 'done');
}

function rowOf({ number, hour: at, cents: amount, thousandths, source }: Call): UsageRow {
  const isFine = source === 'graph';
  return usageRow({
    id: idOf(number),
    source,
    startedAt: instantOf(at, 30),
    charge: BigInt(amount) * 10_000n + (isFine ? BigInt(thousandths) * 1_000n : 0n),
    chargeDecimals: isFine ? 6 : 2,
  });
}

/** The naive model: one list of the last word on each call, then a sum since the last figure. */
function modelled(told: readonly Told[]): string {
  const calls = new Map<
    number,
    { readonly at: number; readonly cents: number; readonly microUnits: bigint }
  >();
  const others = new Map<string, Exclude<Told, Call>>();
  for (const fact of told) {
    if (fact.kind !== 'call') {
      others.set(`${fact.kind}-${fact.number}`, fact);
      continue;
    }
    const { charge } = rowOf(fact);
    const known = calls.get(fact.number);
    const isOther = known === undefined || known.cents !== fact.cents;
    if (isOther || fact.source === 'graph') {
      calls.set(fact.number, { at: instantOf(fact.hour, 30), cents: fact.cents, microUnits: charge });
    }
  }
  const figures = [...others.values()].filter((fact) => fact.kind === 'figure');
  const last = figures
    .map((figure) => ({ at: instantOf(figure.hour, 20) + figure.number, cents: figure.cents }))
    .sort((left, right) => right.at - left.at)[0] ?? { at: 0, cents: 0 };
  const added = [...others.values()]
    .filter((fact) => fact.kind === 'funding' && instantOf(fact.hour, 10) > last.at)
    .reduce((sum, fact) => sum + BigInt(fact.cents) * 10_000n, 0n);
  const spent = [...calls.values()]
    .filter(({ at }) => at >= last.at)
    .reduce((sum, { microUnits }) => sum + microUnits, 0n);
  return microUnitsToDecimal(BigInt(last.cents) * 10_000n + added - spent, 2);
}

function instantOf(hourNumber: number, minute: number): number {
  return now - days * dayMs - hourMs + hourNumber * hourMs + minute * minuteMs;
}

function decimal(amount: number): string {
  return microUnitsToDecimal(BigInt(amount) * 10_000n, 2);
}
