import type { Instant } from '../decision/time.ts';
import { type Entry, type EntryKind, sumOfPostings } from '../ledger/entry.ts';
import { type Money, money } from '../money/money.ts';

/** A page of one account's ledger, the latest entry first; shown in a personal chat to a holder of an eligible role. */
export interface HistoryAnswer {
  readonly kind: 'history';
  readonly currency: string;
  /** The tenant's other accounts. */
  readonly otherCurrencies: readonly string[];
  readonly entries: readonly HistoryEntry[];
  /** How many entries the account has. */
  readonly total: number;
  /** The number of the first entry of the next page, counted from the oldest; null on the last page. */
  readonly older: number | null;
  /** Start of the latest call in the ledger; null where no call was ever reported. */
  readonly reportedUntil: Instant | null;
}

export interface HistoryEntry {
  readonly id: string;
  readonly kind: EntryKind;
  /** On the balance: below zero where it took something. */
  readonly change: Money;
  /** When it took effect; for calls, the start of the latest. */
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly reason: string | null;
  readonly actor: string | null;
}

export function historyEntry(entry: Entry): HistoryEntry {
  const { id, kind, currency, at, recordedAt, reason, actor, postings } = entry;
  const onBalance = postings.filter(({ account }) => account === 'credits');
  return { id, kind, change: money(sumOfPostings(onBalance), currency), at, recordedAt, reason, actor };
}
