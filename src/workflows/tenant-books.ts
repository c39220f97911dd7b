import { z } from 'zod';
import { type AuditHead, emptyAudit } from '../decision/audit.ts';
import type { Head, HeadChange } from '../decision/commit.ts';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import type { Instant } from '../decision/time.ts';
import { type AccountState, emptyAccount } from '../ledger/account.ts';
import { readAccount, storeAccount } from '../ledger/stored-account.ts';
import { type Currency, currency } from '../money/currency.ts';
import { emptyFeed, type FeedState } from '../usage/feed.ts';
import type { QuarantineRoom } from '../usage/quarantine.ts';
import { readFeed, storeFeed } from '../usage/stored-feed.ts';
import { readRoom, storeRoom } from '../usage/stored-quarantine.ts';
import type { Store } from './ports.ts';
import { readOnce } from './read-once.ts';
import { rebuildingIn, TenantBeingRebuilt } from './rebuilding.ts';

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
  readonly feed: Versioned<FeedState>;
  readonly audit: Versioned<AuditHead>;
  readonly quarantine: Versioned<QuarantineRoom>;
}

const accountPrefix = 'account:';
const usageHead = z.object({
  v: z.literal(1),
  rows: z.number().int(),
  latestStartedAt: z.number().int().nullable(),
});
const auditHead = z.object({ v: z.literal(1), seq: z.number().int(), hash: z.string().length(64) });

const readAccountOnce = readOnce(readAccount);
const readFeedOnce = readOnce(readFeed);
const readUsageOnce = readOnce<UsageHead>((stored) => usageHead.parse(stored));
const readAuditOnce = readOnce<AuditHead>((stored) => auditHead.parse(stored));

/**
 * @throws {TenantBeingRebuilt}
 * @throws where a stored state has not the shape that this version knows
 */
export async function readBooks(store: Store, tenant: TenantId): Promise<TenantBooks> {
  return booksIn(await store.heads(tenant));
}

/**
 * @throws {TenantBeingRebuilt}
 * @throws where a stored state has not the shape that this version knows
 */
export function booksIn(heads: ReadonlyMap<string, Head>): TenantBooks {
  if (rebuildingIn(heads)?.done === false) throw new TenantBeingRebuilt();
  const accounts = new Map<Currency, Versioned<AccountState>>();
  for (const [name, head] of heads) {
    const code = name.startsWith(accountPrefix) ? currency(name.slice(accountPrefix.length)) : null;
    if (code !== null) accounts.set(code, { state: readAccountOnce(head.state), version: head.version });
  }
  const usage = heads.get('usage');
  const feed = heads.get('feed');
  const audit = heads.get('audit');
  return {
    accounts,
    usage: usage
      ? { state: readUsageOnce(usage.state), version: usage.version }
      : { state: { rows: 0, latestStartedAt: null }, version: 0 },
    feed: feed
      ? { state: readFeedOnce(feed.state), version: feed.version }
      : { state: emptyFeed, version: 0 },
    audit: audit
      ? { state: readAuditOnce(audit.state), version: audit.version }
      : { state: emptyAudit, version: 0 },
    quarantine: {
      state: readRoom(heads.get('quarantine')?.state),
      version: heads.get('quarantine')?.version ?? 0,
    },
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

export function feedHeadChange(feed: Versioned<FeedState>, next: FeedState): HeadChange {
  return { head: 'feed', expectedVersion: feed.version, state: storeFeed(next) };
}

export function auditHeadChange(audit: Versioned<AuditHead>, next: AuditHead): HeadChange {
  const state: JsonValue = { v: 1, seq: next.seq, hash: next.hash };
  return { head: 'audit', expectedVersion: audit.version, state };
}

export function quarantineHeadChange(
  quarantine: Versioned<QuarantineRoom>,
  next: QuarantineRoom,
): HeadChange {
  return { head: 'quarantine', expectedVersion: quarantine.version, state: storeRoom(next) };
}
