import type { Count, IndexMember } from '../decision/commit.ts';
import type { RowId } from '../decision/ids.ts';
import { type Instant, utcDay } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import type { Correction } from './corrections.ts';
import { firstKnown, isFunded, isSameRecord, type KnownRow, type KnownRows } from './known-row.ts';
import { rowsIndex } from './read-models.ts';
import { isSameCharge, merged } from './same-call.ts';
import { UsageCounts } from './usage-counts.ts';
import type { UsageRow } from './usage-row.ts';

/** All that a batch of rows changes, given what is known of them. */
export interface IntakeDecision {
  /** What the ledger is to book, by currency; a currency without a movement is not in it. */
  readonly charges: ReadonlyMap<Currency, readonly UsageCharge[]>;
  /** Records to write: those of the rows that are new or not as they were. */
  readonly records: KnownRows;
  /** Changes of the read models, see read-models.ts. */
  readonly counts: readonly Count[];
  readonly members: readonly IndexMember[];
  readonly tally: IntakeTally;
  /** Money moved, by currency and by what moved it, corrections with their sign; in micro-units. */
  readonly amounts: ReadonlyMap<Currency, IntakeAmounts>;
  /** What changed charges moved, by currency; a currency without a changed charge is not in it. */
  readonly corrections: ReadonlyMap<Currency, readonly Correction[]>;
  /** Start of the latest row of the batch, ignored ones included; null for an empty batch. */
  readonly latestStartedAt: Instant | null;
}

/** One row's movement; a reversal is negative, and takes back what the row was charged before. */
export interface UsageCharge {
  readonly rowId: RowId;
  readonly revision: number;
  readonly kind: 'charge' | 'reversal';
  readonly startedAt: Instant;
  readonly microUnits: bigint;
}

/** How many rows of the batch were what; together all of them. */
export interface IntakeTally {
  /** Moved the balance for the first time. */
  readonly new: number;
  /** Told of a charge that was known, more or less finely. */
  readonly known: number;
  /** Told of another charge than was known. */
  readonly changed: number;
  /** Do not move the balance; each record has its reason. */
  readonly ignored: number;
}

/** What the known rows moved is the difference between a finer charge and the coarser one known before. */
export type IntakeAmounts = Readonly<Record<Exclude<keyof IntakeTally, 'ignored'>, bigint>>;

/**
 * Decides what rows mean, each by its id alone: a charge, nothing new, a correction, or nothing to do with credits.
 * A row that stands twice in the batch is taken as if the second came in a later one. Refuses nothing.
 */
export function decideIntake(rows: readonly UsageRow[], known: KnownRows): IntakeDecision {
  const intake = new Intake(known);
  for (const row of rows) intake.take(row);
  return intake.decision();
}

/** The decision as it grows, row by row; it lives no longer than {@link decideIntake}. */
class Intake {
  readonly #known: KnownRows;
  readonly #records = new Map<RowId, KnownRow>();
  readonly #charges = new Map<Currency, UsageCharge[]>();
  readonly #amounts = new Map<Currency, Record<keyof IntakeAmounts, bigint>>();
  readonly #corrections = new Map<Currency, Correction[]>();
  readonly #counts = new UsageCounts();
  readonly #members = new Map<RowId, IndexMember>();
  readonly #tally = { new: 0, known: 0, changed: 0, ignored: 0 };
  #latestStartedAt: Instant | null = null;

  constructor(known: KnownRows) {
    this.#known = known;
  }

  take(row: UsageRow): void {
    const before = this.#records.get(row.id) ?? this.#known.get(row.id) ?? null;
    const { category, after } = step(before, firstKnown(row));
    this.#tally[category] += 1;
    this.#latestStartedAt = Math.max(this.#latestStartedAt ?? row.startedAt, row.startedAt);
    if (before !== null && isSameRecord(before, after)) return;

    this.#records.set(row.id, after);
    if (before?.startedAt !== after.startedAt) this.#index(row.id, after);
    if (before !== null) this.#counts.subtract(before);
    this.#counts.add(after);
    if (before?.revision !== after.revision) this.#book(row.id, { category, before, after });
  }

  decision(): IntakeDecision {
    return {
      charges: this.#charges,
      records: this.#records,
      counts: this.#counts.changes(),
      members: [...this.#members.values()],
      tally: this.#tally,
      amounts: this.#amounts,
      corrections: this.#corrections,
      latestStartedAt: this.#latestStartedAt,
    };
  }

  #index(member: RowId, { startedAt }: KnownRow): void {
    this.#members.set(member, { index: rowsIndex(utcDay(startedAt)), score: startedAt, member });
  }

  #book(rowId: RowId, { category, before, after }: Step & { readonly before: KnownRow | null }): void {
    const { revision } = after;
    if (before !== null && isFunded(before)) {
      const { startedAt, charge } = before;
      this.#move(before.currency, category, {
        rowId,
        revision,
        kind: 'reversal',
        startedAt,
        microUnits: -charge,
      });
    }
    if (isFunded(after)) {
      const { startedAt, charge } = after;
      this.#move(after.currency, category, {
        rowId,
        revision,
        kind: 'charge',
        startedAt,
        microUnits: charge,
      });
    }
  }

  #move(currency: Currency, category: keyof IntakeTally, charge: UsageCharge): void {
    const charges = this.#charges.get(currency) ?? [];
    this.#charges.set(currency, charges);
    charges.push(charge);
    const amounts = this.#amounts.get(currency) ?? { new: 0n, known: 0n, changed: 0n };
    this.#amounts.set(currency, amounts);
    // A finer charge that comes to nothing takes back what the coarser one had moved.
    amounts[category === 'ignored' ? 'known' : category] += charge.microUnits;
    if (category === 'changed') this.#correct(currency, charge);
  }

  #correct(currency: Currency, { startedAt, microUnits }: UsageCharge): void {
    const corrections = this.#corrections.get(currency) ?? [];
    this.#corrections.set(currency, corrections);
    corrections.push({ startedAt, microUnits });
  }
}

interface Step {
  readonly category: keyof IntakeTally;
  readonly after: KnownRow;
}

/** What one row is, after what was known of it. */
function step(before: KnownRow | null, incoming: KnownRow): Step {
  if (before === null) {
    return isFunded(incoming)
      ? { category: 'new', after: { ...incoming, revision: 1 } }
      : { category: 'ignored', after: incoming };
  }
  if (isSameCharge(before, incoming)) {
    const after = revised(before, merged(before, incoming));
    return { category: isFunded(after) ? 'known' : 'ignored', after };
  }
  const movesMoney = isFunded(before) || isFunded(incoming);
  return { category: movesMoney ? 'changed' : 'ignored', after: revised(before, incoming) };
}

function revised(before: KnownRow, after: KnownRow): KnownRow {
  return { ...after, revision: before.revision + (movesLedger(before, after) ? 1 : 0) };
}

function movesLedger(before: KnownRow, after: KnownRow): boolean {
  if (isFunded(before) !== isFunded(after)) return true;
  if (!isFunded(after)) return false;
  return (
    before.charge !== after.charge ||
    before.startedAt !== after.startedAt ||
    before.currency !== after.currency
  );
}
