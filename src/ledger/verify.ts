import { type AccountEvent, type AccountState, account, emptyAccount } from './account.ts';
import { type Entry, ledgerAccounts, sumOfPostings } from './entry.ts';
import { lotBook } from './lots.ts';
import { settle } from './settlement.ts';
import { storeAccount } from './stored-account.ts';

/** Something that must hold of every ledger and does not. */
export interface Violation {
  readonly code:
    | 'entry-unbalanced'
    | 'entry-in-other-currency'
    | 'entry-id-repeated'
    | 'totals-unbalanced'
    | 'total-differs'
    | 'entry-count-differs'
    | 'replay-differs'
    | 'lots-differ'
    | 'settlement-due';
  readonly data: Readonly<Record<string, string | number>>;
}

/** Recomputes an account from its log, from the first event on; an empty list is a sound ledger. */
export function verify(state: AccountState, log: readonly AccountEvent[]): readonly Violation[] {
  const entries = log.flatMap((event) => event.entries);
  return [
    ...entries.flatMap((entry) => violationsOfEntry(entry, state)),
    ...repeatedIds(entries),
    ...violationsOfTotals(state, entries),
    ...violationsOfReplay(state, log),
    ...violationsOfConclusions(state),
  ];
}

/**
 * The facts and totals of an account as sorted lines, for a hash of the state: equal for the same facts in any
 * order, so without ids, revisions and times of what was posted on the way, and without who told.
 */
export function ledgerFacts(state: AccountState): string[] {
  const { currency } = state;
  const line = (...parts: readonly unknown[]) => JSON.stringify([currency, ...parts].map(text));
  return [
    ...ledgerAccounts.map((name) => line('total', name, state.totals[name])),
    ...state.fundings.map(({ id, kind, amount, at, reference }) =>
      line('funding', id, kind, amount.microUnits, at, reference),
    ),
    ...state.observations.map(({ id, amount, at, usageBefore, reason }) =>
      line('observation', id, amount.microUnits, at, usageBefore, reason),
    ),
    ...[...state.usageByDay].map(([day, microUnits]) => line('usage', day, microUnits)),
    ...[...state.settlements]
      .filter(([, posted]) => posted.microUnits !== 0n)
      .map(([key, { kind, at, microUnits }]) => line('settlement', key, kind, at, microUnits)),
  ].sort();
}

/** JSON has no bigint; null stays apart from a reference or reason of that name. */
function text(part: unknown): string | null {
  return part === null ? null : String(part);
}

function violationsOfEntry(entry: Entry, state: AccountState): readonly Violation[] {
  const { id, currency } = entry;
  const sum = sumOfPostings(entry.postings);
  return [
    ...violation(sum !== 0n, 'entry-unbalanced', { id, sum: `${sum}` }),
    ...violation(currency !== state.currency, 'entry-in-other-currency', { id, currency }),
  ];
}

function repeatedIds(entries: readonly Entry[]): readonly Violation[] {
  const seen = new Set<string>();
  return entries.flatMap(({ id }) => {
    const isRepeated = seen.has(id);
    seen.add(id);
    return violation(isRepeated, 'entry-id-repeated', { id });
  });
}

function violationsOfTotals(state: AccountState, entries: readonly Entry[]): readonly Violation[] {
  const sum = ledgerAccounts.reduce((total, name) => total + state.totals[name], 0n);
  const postings = entries.flatMap((entry) => entry.postings);
  return [
    ...violation(sum !== 0n, 'totals-unbalanced', { sum: `${sum}` }),
    ...ledgerAccounts.flatMap((name) => {
      const posted = sumOfPostings(postings.filter((posting) => posting.account === name));
      const kept = state.totals[name];
      return violation(posted !== kept, 'total-differs', {
        account: name,
        kept: `${kept}`,
        posted: `${posted}`,
      });
    }),
    ...violation(state.entries !== entries.length, 'entry-count-differs', {
      kept: state.entries,
      posted: entries.length,
    }),
  ];
}

function violationsOfReplay(state: AccountState, log: readonly AccountEvent[]): readonly Violation[] {
  const replayed = log.reduce(account.evolve, emptyAccount(state.currency));
  const isEqual = JSON.stringify(storeAccount(replayed)) === JSON.stringify(storeAccount(state));
  return violation(!isEqual, 'replay-differs', { events: log.length });
}

/** What is concluded from the facts, against what was posted. */
function violationsOfConclusions(state: AccountState): readonly Violation[] {
  const { lots, deficit } = lotBook(state, state.settledAt);
  const funds = lots.reduce((sum, lot) => sum + lot.remaining, 0n) - deficit;
  const due = settle(state, { asOf: state.settledAt, cause: 'verify' });
  return [
    ...violation(funds !== state.totals.credits, 'lots-differ', {
      funds: `${funds}`,
      balance: `${state.totals.credits}`,
    }),
    ...due.flatMap(({ key }) => violation(true, 'settlement-due', { key })),
  ];
}

function violation(
  isViolated: boolean,
  code: Violation['code'],
  data: Violation['data'],
): readonly Violation[] {
  return isViolated ? [{ code, data }] : [];
}
