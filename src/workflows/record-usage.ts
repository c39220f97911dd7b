import { handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Currency } from '../money/currency.ts';
import type { IntakeDecision } from '../usage/intake.ts';
import type { ReadRow } from '../usage/read-row.ts';
import { changeOf } from './booking.ts';
import { type Batch, planBatch, sorted } from './plan-batch.ts';
import type { Clock, Store } from './ports.ts';
import { ReadAhead } from './read-ahead.ts';

/** What an import came to, row by row. */
export interface UsageRecorded {
  readonly new: number;
  readonly known: number;
  readonly changed: number;
  readonly ignored: number;
  readonly rejected: number;
  /** The first rejected rows with their reasons; at most {@link maxErrors}. */
  readonly errors: readonly { readonly row: number; readonly reason: string }[];
  /** What the import moved, in micro-units by currency: above zero was spent. */
  readonly amounts: ReadonlyMap<Currency, bigint>;
}

/** More than this many bad rows is a wrong file rather than bad rows; all are counted, these are named. */
export const maxErrors = 1_000;

/** The rows, and who or what brought them. */
export interface UsageToRecord {
  readonly tenant: TenantId;
  /** At most 1,000 rows a batch. */
  readonly batches: AsyncIterable<readonly ReadRow[]>;
  readonly actor: string;
}

/**
 * Books rows batch by batch, each in one atomic step, so that a batch is all there or not at all. Rows are known by
 * their ids: after a crash the same import again books what is missing and nothing twice.
 */
export async function recordUsage(
  store: Store,
  clock: Clock,
  { tenant, batches, actor }: UsageToRecord,
): Promise<UsageRecorded> {
  const sum = new RunningSum();
  const ahead = new ReadAhead(batches);
  // Once the commit is on its way to the store, there is time to read.
  const whileCommitting = () => setImmediate(() => ahead.begin());
  try {
    for (let batch = await ahead.take(); batch !== null; batch = await ahead.take()) {
      const { rows, poison } = sorted(batch);
      sum.reject(batch);
      if (rows.length === 0 && poison.length === 0) continue;
      sum.add(await recordBatch(store, { tenant, rows, poison, actor, at: clock.now() }, whileCommitting));
    }
  } finally {
    await ahead.close();
  }
  return sum.recorded();
}

async function recordBatch(store: Store, batch: Batch, whileCommitting: () => void): Promise<IntakeDecision> {
  const handled = await handle<IntakeDecision | null, never>({
    decide: () => decide(store, batch),
    commit: (change) => {
      whileCommitting();
      return store.commit(change);
    },
    // Rows are idempotent by their ids, so the change carries no key that could be met again.
    readOutcome: () => null,
  });
  if (handled.kind === 'refused' || handled.outcome === null)
    throw new Error('A batch of rows is never refused.');
  return handled.outcome;
}

async function decide(store: Store, batch: Batch): Promise<Plan<IntakeDecision, never>> {
  const { intake, parts, rest } = await planBatch(store, batch);
  if (parts.length === 0) return { kind: 'nothing', outcome: intake };
  return { kind: 'change', change: changeOf(batch.tenant, parts, rest), outcome: intake };
}

class RunningSum {
  readonly #tally = { new: 0, known: 0, changed: 0, ignored: 0 };
  readonly #amounts = new Map<Currency, bigint>();
  readonly #errors: { readonly row: number; readonly reason: string }[] = [];
  #rejected = 0;

  add({ tally, amounts }: IntakeDecision): void {
    this.#tally.new += tally.new;
    this.#tally.known += tally.known;
    this.#tally.changed += tally.changed;
    this.#tally.ignored += tally.ignored;
    for (const [currency, moved] of amounts) {
      const sum = moved.new + moved.known + moved.changed;
      this.#amounts.set(currency, (this.#amounts.get(currency) ?? 0n) + sum);
    }
  }

  reject(batch: readonly ReadRow[]): void {
    for (const read of batch) {
      if (read.kind !== 'rejected') continue;
      this.#rejected += 1;
      if (this.#errors.length < maxErrors) this.#errors.push({ row: read.row, reason: read.reason });
    }
  }

  recorded(): UsageRecorded {
    return { ...this.#tally, rejected: this.#rejected, errors: this.#errors, amounts: this.#amounts };
  }
}
