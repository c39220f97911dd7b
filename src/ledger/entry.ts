import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';

/** The chart: `credits` is the prepaid balance, the others say where money came from or went. */
export const ledgerAccounts = ['credits', 'funding', 'usage', 'expiry', 'adjustment'] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

export const entryKinds = [
  'opening',
  'purchase',
  'recharge',
  'usage',
  'expiry',
  'adjustment',
  'reversal',
] as const;
export type EntryKind = (typeof entryKinds)[number];

/** Moves so much into an account, or out of it where it is below zero. */
export interface Posting {
  readonly account: LedgerAccount;
  readonly microUnits: bigint;
}

/** One movement of money: never changed, only reversed by a later one. */
export interface Entry {
  /** From its cause, and a revision where the ledger may post the same thing anew; unique in the account. */
  readonly id: string;
  readonly kind: EntryKind;
  readonly currency: Currency;
  /** When it took effect; for a batch of calls, the start of the latest. */
  readonly at: Instant;
  readonly recordedAt: Instant;
  readonly postings: readonly Posting[];
  /** What made it be posted: `usage:<batch>`, `funding:<id>`, `observation:<id>`, `settle:<instant>`. */
  readonly cause: string;
  readonly reason: string | null;
  /** Who told the fact behind it; null where the ledger itself concluded it, or a report did. */
  readonly actor: string | null;
  /** The one entry that this undoes. */
  readonly reverses: string | null;
  /** The reversal after which this says the same thing rightly. */
  readonly corrects: string | null;
}

/** Postings that do not sum to zero are a defect of ours, and stop the commit. */
export class EntryUnbalanced extends Error {
  constructor(id: string, sum: bigint) {
    super(`The postings of entry ${id} sum to ${sum} micro-units, not to zero.`);
    this.name = 'EntryUnbalanced';
  }
}

/** @throws {EntryUnbalanced} */
export function entry(drafted: Entry): Entry {
  const sum = sumOfPostings(drafted.postings);
  if (sum !== 0n) throw new EntryUnbalanced(drafted.id, sum);
  return drafted;
}

export function sumOfPostings(postings: readonly Posting[]): bigint {
  return postings.reduce((sum, posting) => sum + posting.microUnits, 0n);
}

const otherSide: Readonly<Record<Exclude<EntryKind, 'reversal'>, LedgerAccount>> = {
  opening: 'funding',
  purchase: 'funding',
  recharge: 'funding',
  usage: 'usage',
  expiry: 'expiry',
  adjustment: 'adjustment',
};

/** The two sides of a movement into the balance, or out of it where it is below zero. */
export function bothSides(kind: Exclude<EntryKind, 'reversal'>, microUnits: bigint): readonly Posting[] {
  return [
    { account: 'credits', microUnits },
    { account: otherSide[kind], microUnits: -microUnits },
  ];
}
