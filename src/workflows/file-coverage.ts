import { handle } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import { addDays, type Instant, startOfDay, utcDay } from '../decision/time.ts';
import { afterFile } from '../usage/feed.ts';
import type { ReadRow } from '../usage/read-row.ts';
import type { Span } from '../usage/span.ts';
import { changeOf } from './booking.ts';
import type { Store } from './ports.ts';
import { feedHeadChange, readBooks } from './tenant-books.ts';

/** Looks at the rows of a report while they pass, for the time that they speak for. */
export class FileCoverage {
  #first: Instant | null = null;
  #last: Instant | null = null;
  #isWhole = true;

  async *watch(batches: AsyncIterable<readonly ReadRow[]>): AsyncGenerator<readonly ReadRow[]> {
    for await (const batch of batches) {
      for (const read of batch) this.#look(read);
      yield batch;
    }
  }

  /** The UTC days of the rows; null where there were none, or reading broke off before the end. */
  get days(): Span | null {
    if (this.#first === null || this.#last === null || !this.#isWhole) return null;
    return { from: startOfDay(utcDay(this.#first)), to: startOfDay(addDays(utcDay(this.#last), 1)) };
  }

  #look(read: ReadRow): void {
    // A row without content is none: reading broke off there.
    if (read.kind === 'rejected') this.#isWhole &&= read.content !== '';
    else {
      const { startedAt } = read.usage;
      this.#first = Math.min(this.#first ?? startedAt, startedAt);
      this.#last = Math.max(this.#last ?? startedAt, startedAt);
    }
  }
}

/** Notes that a report was read that speaks for these days. @throws {StoreUnavailable} */
export async function noteFile(
  store: Store,
  tenant: TenantId,
  { days, at }: { readonly days: Span; readonly at: Instant },
): Promise<void> {
  await handle<null, never>({
    decide: async () => {
      const { feed } = await readBooks(store, tenant);
      const heads = [feedHeadChange(feed, afterFile(feed.state, days, at))];
      return { kind: 'change', outcome: null, change: changeOf(tenant, [{ heads, events: [] }]) };
    },
    commit: (change) => store.commit(change),
    readOutcome: () => null,
  });
}
