import type { Instant } from '../decision/time.ts';

/** How far the usage behind a figure is known. */
export interface KnownUsage {
  /** Start of the latest call reported; null where no call was ever reported. */
  readonly reportedUntil: Instant | null;
  /** Absent where nothing is missing. */
  readonly gaps?: UsageGaps;
}

/** What the figures of an answer cannot contain. */
export interface UsageGaps {
  /** Times of which nobody read the calls once all were reported, in their order. */
  readonly blind: readonly { readonly from: Instant; readonly to: Instant }[];
  /** Operators whose calls Microsoft's report leaves out. */
  readonly operators: readonly string[];
}
