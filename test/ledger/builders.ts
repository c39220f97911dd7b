import { type RowId, rowId } from '../../src/decision/ids.ts';
import { type Day, type Instant, startOfDay, utcDay } from '../../src/decision/time.ts';
import {
  type AccountCommand,
  type AccountEvent,
  type AccountState,
  account,
  emptyAccount,
} from '../../src/ledger/account.ts';
import type { Funding, Observation } from '../../src/ledger/facts.ts';
import type { Charge } from '../../src/ledger/usage-batch.ts';
import { currencyOf, moneyOf } from '../money/builders.ts';

export const usd = currencyOf('USD');

/** `2026-10-04` or `2026-10-04T09:30`, UTC. */
export function at(text: string): Instant {
  return Date.parse(text.includes('T') ? `${text}Z` : `${text}T00:00Z`);
}

export function day(text: string): Day {
  return utcDay(startOfDay(text as Day));
}

/** Row ids that are told apart by a number. */
export function row(number: number): RowId {
  const id = rowId(`00000000-0000-4000-8000-${number.toString().padStart(12, '0')}`);
  if (id === null) throw new Error(`${number} makes no row id`);
  return id;
}

let rows = 0;

export function call(startedAt: string, amount: string): Charge {
  rows += 1;
  return {
    kind: 'charge',
    rowId: row(rows),
    startedAt: at(startedAt),
    microUnits: moneyOf(amount).microUnits,
  };
}

export function reversalOf(charge: Charge): Charge {
  return { ...charge, kind: 'reversal', microUnits: -charge.microUnits };
}

export function usage(id: string, ...charges: readonly Charge[]): AccountCommand {
  return { type: 'recordUsage', batch: { id, charges } };
}

export function funding(told: Partial<Funding> & { readonly id: string }): AccountCommand {
  return {
    type: 'recordFunding',
    funding: {
      kind: 'purchase',
      amount: moneyOf('100'),
      at: at('2026-01-01'),
      recordedBy: 'buyer',
      reference: null,
      ...told,
    },
  };
}

export function observe(told: Partial<Observation> & { readonly id: string }): AccountCommand {
  return {
    type: 'observe',
    observation: {
      amount: moneyOf('100'),
      at: at('2026-01-01'),
      usageBefore: 0n,
      reason: 'monthly check',
      by: 'reader',
      ...told,
    },
  };
}

export interface Ledger {
  readonly state: AccountState;
  readonly log: readonly AccountEvent[];
}

/** The ledger after these commands, none of which may be refused. */
export function ledger(now: Instant, ...commands: readonly AccountCommand[]): Ledger {
  return commands.reduce((before, command) => followedBy(before, command, now), {
    state: emptyAccount(usd),
    log: [],
  } as Ledger);
}

export function followedBy(before: Ledger, command: AccountCommand, now: Instant): Ledger {
  const decision = account.decide(before.state, command, now);
  if (decision.kind === 'refused') throw new Error(`refused: ${decision.refusal.code}`);
  return {
    state: decision.events.reduce(account.evolve, before.state),
    log: [...before.log, ...decision.events],
  };
}

/** Each entry in one line: id, kind and what it moves on the balance, in whole micro-units. */
export function journal({ log }: Ledger): readonly string[] {
  return log
    .flatMap((event) => event.entries)
    .map(({ id, kind, postings }) => {
      const credits = postings.find((posting) => posting.account === 'credits');
      return `${id} ${kind} ${credits?.microUnits}`;
    });
}
