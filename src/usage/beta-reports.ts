import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';

/** What one organizer's meetings spent on calls to participants, by where they are and where they called. */
export interface DialOutSpend {
  readonly currency: Currency;
  /** In micro-units, connection charges included. */
  readonly charge: bigint;
}

/** One line of Microsoft's log of users who may not call any more, or may again. */
export interface BlockEntry {
  /** Shared by the lines of one measure, so that it is no key by itself. */
  readonly remediationId: string;
  readonly userId: string;
  readonly displayName: string;
  readonly at: Instant;
  readonly blocked: boolean;
  /** Microsoft's words, such as "High Overall Usage". */
  readonly reason: string | null;
}

/** Why there is no answer: `refused` too where Graph has no such function. */
export type BetaUnavailable = 'refused' | 'busy' | 'unreadable';

export type BetaAnswer<Row> =
  | { readonly kind: 'rows'; readonly rows: readonly Row[] }
  | { readonly kind: 'unavailable'; readonly reason: BetaUnavailable };
