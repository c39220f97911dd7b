import type { Count } from '../decision/commit.ts';
import { utcDay } from '../decision/time.ts';
import type { FundedRow } from './known-row.ts';
import { type Dimension, dimensions, type Measure, usageField, usageModel } from './read-models.ts';

/** Changes of the read models, added up so that each field is touched once, and one that evens out not at all. */
export class UsageCounts {
  readonly #models = new Map<string, Map<string, bigint>>();

  add(row: FundedRow): void {
    this.#count(row, row.charge, 1n);
  }

  subtract(row: FundedRow): void {
    this.#count(row, -row.charge, -1n);
  }

  changes(): readonly Count[] {
    const counts: Count[] = [];
    for (const [model, fields] of this.#models) {
      for (const [field, by] of fields) if (by !== 0n) counts.push({ model, field, by });
    }
    return counts;
  }

  #count(row: FundedRow, microUnits: bigint, calls: bigint): void {
    const day = utcDay(row.startedAt);
    for (const dimension of dimensions) {
      const field = usageField({ day, value: valueIn(row, dimension) });
      this.#increase(row, { measure: 'usage', dimension, field, by: microUnits });
      this.#increase(row, { measure: 'calls', dimension, field, by: calls });
    }
  }

  #increase(
    { currency }: FundedRow,
    to: {
      readonly measure: Measure;
      readonly dimension: Dimension;
      readonly field: string;
      readonly by: bigint;
    },
  ): void {
    const model = usageModel(to.measure, currency, to.dimension);
    const fields = this.#models.get(model) ?? new Map<string, bigint>();
    this.#models.set(model, fields);
    fields.set(to.field, (fields.get(to.field) ?? 0n) + to.by);
  }
}

function valueIn(row: FundedRow, dimension: Dimension): string | null {
  switch (dimension) {
    case 'destination':
      return row.destination;
    case 'user':
      return row.user;
    case 'call-type':
      return row.callType?.toLowerCase() ?? null;
    case 'number':
      // The number that was called sets the price: the far end of an outgoing call, one's own toll-free number
      // of an incoming one.
      return row.calleeNumber;
    default:
      return dimension satisfies never;
  }
}
