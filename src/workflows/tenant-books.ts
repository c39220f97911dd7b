import { z } from 'zod';
import { type AuditHead, emptyAudit } from '../decision/audit.ts';
import type { Head, HeadChange } from '../decision/commit.ts';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Instant } from '../decision/time.ts';
import { type AccountState, emptyAccount } from '../ledger/account.ts';
import { storeAccount } from '../ledger/stored-account.ts';
import { type Currency, currency } from '../money/currency.ts';
import { knownAccount } from './known-accounts.ts';
import type { Store } from './ports.ts';

/** A state as it was read, with the version that a commit must still find. */
export interface Versioned<State> {
  readonly state: State;
  readonly version: number;
}

/** How far usage is known, over all currencies and rows, those that draw on credits and those that do not. */
export interface UsageHead {
  readonly rows: number;
  readonly latestStartedAt: Instant | null;
}

/** All states of one tenant, read in one round trip. */
export interface TenantBooks {
  readonly accounts: ReadonlyMap<Currency, Versioned<AccountState>>;
  readonly usage: Versioned<UsageHead>;
  readonly audit: Versioned<AuditHead>;
}

const accountPrefix = 'account:';
const usageHead = z.object({
  v: z.literal(1),
  rows: z.number().int(),
  latestStartedAt: z.number().int().nullable(),
});
const auditHead = z.object({ v: z.literal(1), seq: z.number().int(), hash: z.string().length(64) });

/** @throws where a stored state has not the shape that this version knows */
export async function readBooks(store: Store, tenant: TenantId): Promise<TenantBooks> {
  return booksIn(await store.heads(tenant));
}

/** @throws where a stored state has not the shape that this version knows */
export function booksIn(heads: ReadonlyMap<string, Head>): TenantBooks {
  const accounts = new Map<Currency, Versioned<AccountState>>();
  for (const [name, head] of heads) {
    const code = name.startsWith(accountPrefix) ? currency(name.slice(accountPrefix.length)) : null;
    if (code !== null) accounts.set(code, { state: knownAccount(head.state), version: head.version });
  }
  const usage = heads.get('usage');
  const audit = heads.get('audit');
  return {
    accounts,
    usage: usage
      ? { state: usageHead.parse(usage.state), version: usage.version }
      : { state: { rows: 0, latestStartedAt: null }, version: 0 },
    audit: audit
      ? { state: auditHead.parse(audit.state), version: audit.version }
      : { state: emptyAudit, version: 0 },
  };
}

/** The account as read, or an empty one that no commit has written yet. */
export function accountOf(books: TenantBooks, of: Currency): Versioned<AccountState> {
  return books.accounts.get(of) ?? { state: emptyAccount(of), version: 0 };
}

export function accountHead(account: Versioned<AccountState>, next: AccountState): HeadChange {
  return { head: accountPrefix + next.currency, expectedVersion: account.version, state: storeAccount(next) };
}

export function usageHeadChange(usage: Versioned<UsageHead>, next: UsageHead): HeadChange {
  return { head: 'usage', expectedVersion: usage.version, state: { v: 1, ...next } };
}

export function auditHeadChange(audit: Versioned<AuditHead>, next: AuditHead): HeadChange {
  const state: JsonValue = { v: 1, seq: next.seq, hash: next.hash };
  return { head: 'audit', expectedVersion: audit.version, state };
}
