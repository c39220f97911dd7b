import type { RowId } from '../decision/ids.ts';
import { type Day, dayMs, type Instant, utcDay } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { bothSides, type Entry, entry } from './entry.ts';
import type { Observation } from './facts.ts';

/** What one row of usage takes from the balance, or gives back where it is corrected. */
export interface Charge {
  readonly kind: 'charge' | 'reversal';
  readonly rowId: RowId;
  readonly startedAt: Instant;
  /** Above zero for a charge; below for the reversal of an earlier charge of the same row. */
  readonly microUnits: bigint;
}

export interface UsageBatch {
  readonly id: string;
  readonly charges: readonly Charge[];
}

export interface UsageRecorded {
  readonly type: 'usageRecorded';
  readonly recordedAt: Instant;
  readonly batchId: string;
  /** Added to the days; below zero where corrections took more back than calls were charged. */
  readonly usageByDay: readonly (readonly [Day, bigint])[];
  /** Added, per observation that stands after any of these calls, to the calls before it. */
  readonly usageBefore: readonly (readonly [observationId: string, microUnits: bigint])[];
  /** Rows with a charge: more, or fewer where this is below zero. */
  readonly chargedCalls: number;
  readonly entries: readonly Entry[];
}

/** A charge that gives, or a reversal that takes, is a defect of whoever decided upon the row. */
export class ChargeOfWrongSign extends Error {
  constructor({ rowId, kind, microUnits }: Charge) {
    super(`The ${kind} of row ${rowId} has ${microUnits} micro-units.`);
    this.name = 'ChargeOfWrongSign';
  }
}

/** What a batch comes to in an account with such observations. @throws {ChargeOfWrongSign} */
export function usageRecorded(
  batch: UsageBatch,
  account: { readonly currency: Currency; readonly observations: readonly Observation[] },
  recordedAt: Instant,
): UsageRecorded {
  for (const charge of batch.charges) checkSign(charge);
  const charges = batch.charges.filter((charge) => charge.kind === 'charge');
  const reversals = batch.charges.filter((charge) => charge.kind === 'reversal');
  return {
    type: 'usageRecorded',
    recordedAt,
    batchId: batch.id,
    usageByDay: byDay(batch.charges),
    usageBefore: beforeEach(account.observations, batch.charges),
    chargedCalls: charges.length - reversals.length,
    entries: entries({ id: batch.id, charges, reversals, currency: account.currency, recordedAt }),
  };
}

function checkSign(charge: Charge): void {
  const isRight = charge.kind === 'charge' ? charge.microUnits > 0n : charge.microUnits < 0n;
  if (!isRight) throw new ChargeOfWrongSign(charge);
}

function byDay(charges: readonly Charge[]): readonly (readonly [Day, bigint])[] {
  // Days are counted as numbers first: naming the day of each of a thousand calls would cost more than the rest.
  const sums = new Map<number, bigint>();
  for (const { startedAt, microUnits } of charges) {
    const dayNumber = Math.floor(startedAt / dayMs);
    sums.set(dayNumber, (sums.get(dayNumber) ?? 0n) + microUnits);
  }
  return [...sums]
    .filter(([, microUnits]) => microUnits !== 0n)
    .sort(([left], [right]) => left - right)
    .map(([dayNumber, microUnits]) => [utcDay(dayNumber * dayMs), microUnits] as const);
}

/** Each call is counted at the first observation after its start; all later ones stand after it too. */
function beforeEach(
  observations: readonly Observation[],
  charges: readonly Charge[],
): readonly (readonly [string, bigint])[] {
  const firstAfter = observations.map(() => 0n);
  for (const { startedAt, microUnits } of charges) {
    const index = observations.findIndex(({ at }) => startedAt < at);
    if (index !== -1) firstAfter[index] = (firstAfter[index] ?? 0n) + microUnits;
  }
  let before = 0n;
  return observations.flatMap(({ id }, index) => {
    before += firstAfter[index] ?? 0n;
    return before === 0n ? [] : [[id, before] as const];
  });
}

function sum(charges: readonly Charge[]): bigint {
  return charges.reduce((total, charge) => total + charge.microUnits, 0n);
}

function entries(parts: {
  readonly id: string;
  readonly charges: readonly Charge[];
  readonly reversals: readonly Charge[];
  readonly currency: Currency;
  readonly recordedAt: Instant;
}): readonly Entry[] {
  const { id, charges, reversals, currency, recordedAt } = parts;
  const cause = `usage:${id}`;
  const told = { currency, recordedAt, cause, reason: null, actor: null, reverses: null };
  const reversal = entry({
    ...told,
    id: `reversal:${cause}`,
    kind: 'reversal',
    at: latestStart(reversals),
    postings: bothSides('usage', -sum(reversals)),
    corrects: null,
  });
  const usage = entry({
    ...told,
    id: cause,
    kind: 'usage',
    at: latestStart(charges),
    postings: bothSides('usage', -sum(charges)),
    corrects: reversals.length === 0 ? null : reversal.id,
  });
  return [...(reversals.length === 0 ? [] : [reversal]), ...(charges.length === 0 ? [] : [usage])];
}

function latestStart(charges: readonly Charge[]): Instant {
  return charges.reduce((latest, charge) => Math.max(latest, charge.startedAt), 0);
}
