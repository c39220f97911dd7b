import type { UsageRow } from './usage-row.ts';

/** A row that could be read, or why it could not; `row` counts from 1 and leaves the header line out. */
export type ReadRow =
  | { readonly kind: 'row'; readonly row: number; readonly usage: UsageRow }
  | { readonly kind: 'rejected'; readonly row: number; readonly reason: RejectionReason };

/** What is wrong with one row; the rows after it are read all the same, but for the last group. */
export type RejectionReason =
  | 'not-a-row'
  | 'wrong-number-of-cells'
  | 'field-not-text'
  | 'id-not-a-guid'
  | 'start-not-a-time'
  | 'end-not-a-time'
  | 'duration-not-seconds'
  | 'charge-missing'
  | 'charge-not-an-amount'
  | 'charge-negative'
  | 'connection-charge-not-an-amount'
  | BrokenOff;

/** Why reading ended before the file did; it stands at the row that was to come, and nothing follows it. */
export type BrokenOff =
  | 'line-too-long'
  | 'quote-not-closed'
  | 'archive-broken'
  | 'archive-too-large'
  | 'archive-with-second-report';
