import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { bothSides, type Entry, entry } from './entry.ts';
import type { AccountFacts } from './facts.ts';
import { lotBook, type Settlement } from './lots.ts';

/** A settlement as it stands in the ledger. */
export interface PostedSettlement {
  readonly kind: Settlement['kind'];
  readonly at: Instant;
  /** On the balance; zero where it was posted and then reversed. */
  readonly microUnits: bigint;
  /** How often it was posted; numbers its entries. */
  readonly revision: number;
}

export interface SettlementPosted {
  readonly type: 'settlementPosted';
  readonly recordedAt: Instant;
  readonly key: string;
  readonly posted: PostedSettlement;
  /** The reversal of what was posted before, the new entry, or both. */
  readonly entries: readonly Entry[];
}

export interface Settleable extends AccountFacts {
  readonly currency: Currency;
  readonly settlements: ReadonlyMap<string, PostedSettlement>;
}

/**
 * What must be posted so that the ledger says what the facts say as of an instant: later facts change an earlier
 * conclusion by reversal and new entry, and the order in which facts arrive never shows.
 */
export function settle(
  account: Settleable,
  { asOf, cause }: { readonly asOf: Instant; readonly cause: string },
): readonly SettlementPosted[] {
  const concluded = new Map(lotBook(account, asOf).settlements.map((each) => [each.key, each]));
  for (const [key, posted] of account.settlements) {
    if (!concluded.has(key)) concluded.set(key, noLonger(key, posted));
  }
  return [...concluded.values()]
    .filter((settlement) => !isPosted(settlement, account.settlements.get(settlement.key)))
    .map((settlement) => post(settlement, account, { recordedAt: asOf, cause }));
}

function noLonger(key: string, { kind, at }: PostedSettlement): Settlement {
  return { key, kind, at, microUnits: 0n, reason: null, actor: null };
}

function isPosted(settlement: Settlement, posted: PostedSettlement | undefined): boolean {
  if (settlement.microUnits === 0n) return posted === undefined || posted.microUnits === 0n;
  return settlement.microUnits === posted?.microUnits && settlement.kind === posted.kind;
}

function post(
  settlement: Settlement,
  account: Settleable,
  told: { readonly recordedAt: Instant; readonly cause: string },
): SettlementPosted {
  const { key, kind, at, microUnits, reason, actor } = settlement;
  const before = account.settlements.get(key);
  const reversal =
    before === undefined || before.microUnits === 0n ? null : reverse(key, before, account, told);
  const revision = (before?.revision ?? 0) + (microUnits === 0n ? 0 : 1);
  const renewed =
    microUnits === 0n
      ? null
      : entry({
          ...told,
          id: `${key}#${revision}`,
          kind,
          currency: account.currency,
          at,
          postings: bothSides(kind, microUnits),
          reason,
          actor,
          reverses: null,
          corrects: reversal?.id ?? null,
        });
  return {
    type: 'settlementPosted',
    recordedAt: told.recordedAt,
    key,
    posted: { kind, at, microUnits, revision },
    entries: [reversal, renewed].filter((each) => each !== null),
  };
}

function reverse(
  key: string,
  posted: PostedSettlement,
  account: Settleable,
  told: { readonly recordedAt: Instant; readonly cause: string },
): Entry {
  const reverses = `${key}#${posted.revision}`;
  return entry({
    ...told,
    id: `reversal:${reverses}`,
    kind: 'reversal',
    currency: account.currency,
    at: posted.at,
    postings: bothSides(posted.kind, -posted.microUnits),
    reason: null,
    actor: null,
    reverses,
    corrects: null,
  });
}
