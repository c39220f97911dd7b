import { z } from 'zod';
import type { Delegations } from '../approvals/delegation.ts';
import { defaultPolicy, type Policy } from '../approvals/policy.ts';
import {
  readDelegations,
  readPolicy,
  readTopUp,
  storeDelegations,
  storePolicy,
  storeTopUp,
} from '../approvals/stored-top-up.ts';
import type { TopUp, TopUpState } from '../approvals/top-up-state.ts';
import type { Head, HeadChange } from '../decision/commit.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Currency } from '../money/currency.ts';
import type { Store } from './ports.ts';
import { booksIn, type TenantBooks, type Versioned } from './tenant-books.ts';

/** A tenant's books and its requests, read in one round trip, so that a commit finds them as one. */
export interface TopUpBooks {
  readonly books: TenantBooks;
  readonly heads: ReadonlyMap<string, Head>;
  /** How many requests there were; numbers are given from 1. */
  readonly counter: Versioned<number>;
  readonly delegations: Versioned<Delegations>;
}

const topUpPrefix = 'topup:';
const counterHead = 'topups';
const delegationsHead = 'topup-delegations';
const policyPrefix = 'topup-policy:';

const storedCounter = z.object({ v: z.literal(1), last: z.number().int().nonnegative() });

/** @throws where a stored state has not the shape that this version knows */
export async function readTopUpBooks(store: Store, tenant: TenantId): Promise<TopUpBooks> {
  return topUpBooksIn(await store.heads(tenant));
}

export function topUpBooksIn(heads: ReadonlyMap<string, Head>): TopUpBooks {
  const counter = heads.get(counterHead);
  const delegations = heads.get(delegationsHead);
  return {
    books: booksIn(heads),
    heads,
    counter: counter
      ? { state: storedCounter.parse(counter.state).last, version: counter.version }
      : { state: 0, version: 0 },
    delegations: delegations
      ? { state: readDelegations(delegations.state), version: delegations.version }
      : { state: [], version: 0 },
  };
}

/** Null where the tenant has no such request. */
export function topUpIn({ heads }: Pick<TopUpBooks, 'heads'>, number: number): Versioned<TopUp> | null {
  const head = heads.get(`${topUpPrefix}${number}`);
  return head === undefined ? null : { state: readTopUp(head.state), version: head.version };
}

/** Every request of the tenant, the latest first. */
export function topUpsIn({ heads }: Pick<TopUpBooks, 'heads'>): readonly Versioned<TopUp>[] {
  return [...heads]
    .filter(([name]) => name.startsWith(topUpPrefix))
    .map(([, head]) => ({ state: readTopUp(head.state), version: head.version }))
    .sort((left, right) => right.state.number - left.state.number);
}

/** The tenant's own policy for a currency, else the one that holds by default. */
export function policyIn({ heads }: Pick<TopUpBooks, 'heads'>, of: Currency): Policy {
  const head = heads.get(`${policyPrefix}${of}`);
  return head === undefined ? defaultPolicy(of) : readPolicy(head.state);
}

export function policyChange({ heads }: Pick<TopUpBooks, 'heads'>, next: Policy): HeadChange {
  const head = `${policyPrefix}${next.currency}`;
  return { head, expectedVersion: heads.get(head)?.version ?? 0, state: storePolicy(next) };
}

export function isPolicyHead(name: string): boolean {
  return name.startsWith(policyPrefix);
}

export function topUpHead(before: Versioned<TopUpState>, next: TopUp): HeadChange {
  return {
    head: `${topUpPrefix}${next.number}`,
    expectedVersion: before.version,
    state: storeTopUp(next),
  };
}

export function counterChange(counter: Versioned<number>, last: number): HeadChange {
  return { head: counterHead, expectedVersion: counter.version, state: { v: 1, last } };
}

export function delegationsChange(before: Versioned<Delegations>, next: Delegations): HeadChange {
  return { head: delegationsHead, expectedVersion: before.version, state: storeDelegations(next) };
}
