import type { UsageRow } from './usage-row.ts';

/** A row that could be read, or why it could not; `row` counts from 1 and leaves the header line out. */
export type ReadRow = { readonly kind: 'row'; readonly row: number; readonly usage: UsageRow } | RejectedRow;

export interface RejectedRow {
  readonly kind: 'rejected';
  readonly row: number;
  readonly reason: RejectionReason;
  readonly source: UsageRow['source'];
  /**
   * The row as it came, in a form that the reader of its source reads by itself: an item of Graph as JSON, a record of
   * a report under its header line. Empty where reading broke off, for then there is no row.
   */
  readonly content: string;
}

/** Why reading ended before the file did; it stands at the row that was to come, and nothing follows it. */
const brokenOffReasons = [
  'line-too-long',
  'quote-not-closed',
  'archive-broken',
  'archive-too-large',
  'archive-with-second-report',
] as const;
export type BrokenOff = (typeof brokenOffReasons)[number];

/** What is wrong with one row; the rows after it are read all the same, but for the last group. */
export const rejectionReasons = [
  'not-a-row',
  'wrong-number-of-cells',
  'field-not-text',
  'id-not-a-guid',
  'start-not-a-time',
  'end-not-a-time',
  'duration-not-seconds',
  'charge-missing',
  'charge-not-an-amount',
  'charge-negative',
  'connection-charge-not-an-amount',
  ...brokenOffReasons,
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];
