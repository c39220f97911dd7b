import type { Count } from '../decision/commit.ts';
import { utcDay } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { type FundedRow, isFunded, type KnownRow } from './known-row.ts';
import { paidCount } from './paid-counts.ts';
import { poolCount } from './pool-counts.ts';
import { type Dimension, dimensions, type Measure, measures, usageField, usageModel } from './read-models.ts';
import { serviceOf, serviceText } from './service.ts';

/** What is to be added to one field of both measures' models. */
type Sums = Record<Measure, bigint>;
type SumsByField = Map<string, Sums>;

/** Changes of the read models, added up so that each field is touched once, and one that evens out not at all. */
export class UsageCounts {
  readonly #currencies = new Map<Currency, ReadonlyMap<Dimension, SumsByField>>();
  /** Models that have no measure: paid prices, and included minutes. */
  readonly #others = new Map<string, Map<string, bigint>>();

  add(row: KnownRow): void {
    if (isFunded(row)) this.#count(row, { usage: row.charge, calls: 1n });
    else this.#countOther(poolCount(row, 1n));
  }

  subtract(row: KnownRow): void {
    if (isFunded(row)) this.#count(row, { usage: -row.charge, calls: -1n });
    else this.#countOther(poolCount(row, -1n));
  }

  changes(): readonly Count[] {
    return [...this.#usageCounts(), ...this.#otherCounts()].filter(({ by }) => by !== 0n);
  }

  *#usageCounts(): Generator<Count> {
    for (const [currency, models] of this.#currencies) {
      for (const [dimension, fields] of models) {
        for (const measure of measures) {
          const model = usageModel(measure, currency, dimension);
          for (const [field, { [measure]: by }] of fields) yield { model, field, by };
        }
      }
    }
  }

  *#otherCounts(): Generator<Count> {
    for (const [model, fields] of this.#others) {
      for (const [field, by] of fields) yield { model, field, by };
    }
  }

  #count(row: FundedRow, by: Readonly<Sums>): void {
    const day = utcDay(row.startedAt);
    for (const [dimension, fields] of this.#modelsOf(row.currency)) {
      const field = usageField({ day, value: valueIn(row, dimension) });
      const sums = fields.get(field);
      if (sums) {
        sums.usage += by.usage;
        sums.calls += by.calls;
      } else {
        fields.set(field, { ...by });
      }
    }
    this.#countOther(paidCount(row, by.calls));
  }

  #countOther(count: Count | null): void {
    if (count === null) return;
    const { model, field, by } = count;
    const fields = this.#others.get(model) ?? new Map<string, bigint>();
    this.#others.set(model, fields);
    fields.set(field, (fields.get(field) ?? 0n) + by);
  }

  #modelsOf(currency: Currency): ReadonlyMap<Dimension, SumsByField> {
    const known = this.#currencies.get(currency);
    if (known) return known;
    const models = new Map(dimensions.map((dimension) => [dimension, new Map() as SumsByField]));
    this.#currencies.set(currency, models);
    return models;
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
    case 'service':
      return serviceText(serviceOf(row));
    default:
      return dimension satisfies never;
  }
}
