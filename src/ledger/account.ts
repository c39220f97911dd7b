import { accepted, type Decider, type Decision, type Refusal, refused } from '../decision/decider.ts';
import { type Day, dayMs, type Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { type Money, money } from '../money/money.ts';
import { bothSides, type Entry, entry, type LedgerAccount } from './entry.ts';
import { type AccountFacts, type Funding, type Observation, withFact } from './facts.ts';
import { type PostedSettlement, type SettlementPosted, settle } from './settlement.ts';
import { type UsageBatch, type UsageRecorded, usageRecorded } from './usage-batch.ts';

/** One prepaid balance: a tenant's account in one currency. */
export interface AccountState extends AccountFacts {
  readonly currency: Currency;
  /** Micro-units per ledger account; they sum to zero. */
  readonly totals: Readonly<Record<LedgerAccount, bigint>>;
  /** How many entries were ever posted. */
  readonly entries: number;
  /** What the ledger itself posted, by its key. */
  readonly settlements: ReadonlyMap<string, PostedSettlement>;
  /** Rows of usage that have a charge on this account. */
  readonly chargedCalls: number;
  /** As of when the settlements were last concluded from the facts. */
  readonly settledAt: Instant;
}

export type AccountCommand =
  | { readonly type: 'recordUsage'; readonly batch: UsageBatch }
  | { readonly type: 'recordFunding'; readonly funding: Funding }
  | { readonly type: 'observe'; readonly observation: Observation }
  /** Posts what became due by the passing of time. */
  | { readonly type: 'settle' };

export type AccountEvent = UsageRecorded | FundingRecorded | BalanceObserved | SettlementPosted;

interface FundingRecorded {
  readonly type: 'fundingRecorded';
  readonly recordedAt: Instant;
  readonly funding: Funding;
  readonly entries: readonly Entry[];
}

/** Moves nothing by itself: what it comes to is posted as its settlement. */
interface BalanceObserved {
  readonly type: 'balanceObserved';
  readonly recordedAt: Instant;
  readonly observation: Observation;
  readonly entries: readonly [];
}

export interface AccountRefusal extends Refusal {
  readonly code:
    | 'wrong-currency'
    | 'funding-not-positive'
    | 'funding-in-future'
    | 'funding-known'
    | 'observation-in-future'
    | 'observation-known';
}

type AccountDecision = Decision<AccountEvent, AccountRefusal>;

export function emptyAccount(currency: Currency): AccountState {
  return {
    currency,
    totals: { credits: 0n, funding: 0n, usage: 0n, expiry: 0n, adjustment: 0n },
    entries: 0,
    fundings: [],
    observations: [],
    usageByDay: new Map(),
    settlements: new Map(),
    chargedCalls: 0,
    settledAt: 0,
  };
}

/** The sum of all entries; may be below zero, because calls are reported after they were made. */
export function balance(state: AccountState): Money {
  return money(state.totals.credits, state.currency);
}

/**
 * The rules of an account. The same funding or observation again is accepted and changes nothing.
 * Refuses a funding, in this order: `wrong-currency`, `funding-not-positive`, `funding-in-future` (by more than a
 * day), `funding-known` (the id stands for another funding); an observation: `wrong-currency`,
 * `observation-in-future`, `observation-known`.
 * @throws {ChargeOfWrongSign} @throws {UsageBelowZero}
 */
export const account: Decider<AccountState, AccountCommand, AccountEvent, AccountRefusal> = {
  decide(state, command, at) {
    switch (command.type) {
      case 'recordUsage':
        return recordUsage(state, command.batch, at);
      case 'recordFunding':
        return recordFunding(state, command.funding, at);
      case 'observe':
        return observe(state, command.observation, at);
      case 'settle':
        return accepted(...settle(state, { asOf: at, cause: `settle:${new Date(at).toISOString()}` }));
    }
  },
  evolve(state, event) {
    const posted = withEntries(state, event);
    switch (event.type) {
      case 'usageRecorded':
        return withUsage(posted, event);
      case 'fundingRecorded':
        return { ...posted, fundings: withFact(posted.fundings, event.funding) };
      case 'balanceObserved':
        return { ...posted, observations: withFact(posted.observations, event.observation) };
      case 'settlementPosted':
        return { ...posted, settlements: new Map(posted.settlements).set(event.key, event.posted) };
    }
  },
};

function recordUsage(state: AccountState, batch: UsageBatch, at: Instant): AccountDecision {
  if (batch.charges.length === 0) return accepted();
  return withSettlements(state, usageRecorded(batch, state, at), `usage:${batch.id}`);
}

function recordFunding(state: AccountState, funding: Funding, at: Instant): AccountDecision {
  if (funding.amount.currency !== state.currency) return wrongCurrency(state, funding.amount);
  if (funding.amount.microUnits <= 0n) return refused({ code: 'funding-not-positive' });
  // A day of grace: an order is dated by the clock of the shop, not by ours.
  if (funding.at > at + dayMs) return refused({ code: 'funding-in-future' });
  const known = state.fundings.find(({ id }) => id === funding.id);
  if (known !== undefined) {
    return isSameFunding(known, funding)
      ? accepted()
      : refused({ code: 'funding-known', data: { id: funding.id } });
  }

  const cause = `funding:${funding.id}`;
  const funded = entry({
    id: cause,
    kind: funding.kind,
    currency: state.currency,
    at: funding.at,
    recordedAt: at,
    postings: bothSides(funding.kind, funding.amount.microUnits),
    cause,
    reason: funding.reference,
    actor: funding.recordedBy,
    reverses: null,
    corrects: null,
  });
  return withSettlements(
    state,
    { type: 'fundingRecorded', recordedAt: at, funding, entries: [funded] },
    cause,
  );
}

/** Who told it is not part of what happened: the first to tell is kept. */
function isSameFunding(known: Funding, told: Funding): boolean {
  return (
    known.kind === told.kind &&
    known.amount.microUnits === told.amount.microUnits &&
    known.at === told.at &&
    known.reference === told.reference
  );
}

function observe(state: AccountState, observation: Observation, at: Instant): AccountDecision {
  if (observation.amount.currency !== state.currency) return wrongCurrency(state, observation.amount);
  if (observation.at > at) return refused({ code: 'observation-in-future' });
  const known = state.observations.find(({ id }) => id === observation.id);
  if (known !== undefined) {
    return isSameObservation(known, observation)
      ? accepted()
      : refused({ code: 'observation-known', data: { id: observation.id } });
  }
  return withSettlements(
    state,
    { type: 'balanceObserved', recordedAt: at, observation, entries: [] },
    `observation:${observation.id}`,
  );
}

/** The calls counted before it may have become more since, and change nothing about what was read. */
function isSameObservation(known: Observation, told: Observation): boolean {
  return (
    known.amount.microUnits === told.amount.microUnits && known.at === told.at && known.reason === told.reason
  );
}

function wrongCurrency(state: AccountState, amount: Money): AccountDecision {
  return refused({
    code: 'wrong-currency',
    data: { expected: state.currency, found: amount.currency },
  });
}

/** A new fact, and what it changes in all that was concluded from the facts before. */
function withSettlements(
  state: AccountState,
  fact: Exclude<AccountEvent, SettlementPosted>,
  cause: string,
): AccountDecision {
  return accepted<AccountEvent>(
    fact,
    ...settle(account.evolve(state, fact), { asOf: fact.recordedAt, cause }),
  );
}

function withEntries(state: AccountState, { entries, recordedAt }: AccountEvent): AccountState {
  const totals = { ...state.totals };
  for (const { postings } of entries) {
    for (const { account: to, microUnits } of postings) totals[to] += microUnits;
  }
  return { ...state, totals, entries: state.entries + entries.length, settledAt: recordedAt };
}

function withUsage(state: AccountState, event: UsageRecorded): AccountState {
  const before = new Map(event.usageBefore);
  return {
    ...state,
    usageByDay: addedByDay(state.usageByDay, event.usageByDay),
    observations: state.observations.map((observation) => {
      const added = before.get(observation.id);
      return added === undefined
        ? observation
        : { ...observation, usageBefore: observation.usageBefore + added };
    }),
    chargedCalls: state.chargedCalls + event.chargedCalls,
  };
}

function addedByDay(
  known: ReadonlyMap<Day, bigint>,
  added: readonly (readonly [Day, bigint])[],
): ReadonlyMap<Day, bigint> {
  const sums = new Map(known);
  for (const [day, microUnits] of added) {
    const sum = (sums.get(day) ?? 0n) + microUnits;
    // A day whose calls were all corrected away is a day without calls.
    if (sum === 0n) sums.delete(day);
    else sums.set(day, sum);
  }
  return sums;
}
