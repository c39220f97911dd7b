import type { Day } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';

/**
 * The read models of usage: for each currency and dimension one that counts micro-units and one that counts calls,
 * `usage:USD:day-user` and `calls:USD:day-user`, each with a field a day and value, `2026-10-31|<user>`.
 */
export const measures = ['usage', 'calls'] as const;
export type Measure = (typeof measures)[number];

/** What charged calls are counted by, each together with the UTC day on which the call started. */
export const dimensions = ['destination', 'user', 'call-type', 'number', 'service'] as const;
export type Dimension = (typeof dimensions)[number];

export function usageModel(measure: Measure, currency: Currency, dimension: Dimension): string {
  return `${measure}:${currency}:day-${dimension}`;
}

/** Where the row does not tell, the value is null. */
export interface UsageField {
  readonly day: Day;
  readonly value: string | null;
}

/** The name of a field: the value may hold anything, for a day has a fixed length. */
export function usageField({ day, value }: UsageField): string {
  return `${day}|${value ?? untold}`;
}

export function readUsageField(field: string): UsageField {
  const value = field.slice(dayLength + 1);
  return { day: field.slice(0, dayLength) as Day, value: value === untold ? null : value };
}

const untold = '?';
const dayLength = 'YYYY-MM-DD'.length;

/**
 * The index of the rows that started on a UTC day, scored by their start. A row whose start was corrected to
 * another day is in both, so a reader looks at the start that the row's record has.
 */
export function rowsIndex(day: Day): string {
  return `rows:${day}`;
}
