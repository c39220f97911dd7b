import { type Handled, handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Currency } from '../money/currency.ts';
import type { BetaUnavailable, BlockEntry } from '../usage/beta-reports.ts';
import { checkedSpans, compareDialOut, type DialOutComparison, dialOutIn } from '../usage/dial-out-check.ts';
import { usageModel } from '../usage/read-models.ts';
import type { Span } from '../usage/span.ts';
import { blockEntryId, blockedUsersTable, storeBlockEntry } from '../usage/stored-block-entry.ts';
import { bookAudit, changeOf } from './booking.ts';
import type { BetaReports, Ports, Store } from './ports.ts';
import { readBooks } from './tenant-books.ts';

type Unavailable = { readonly kind: 'unavailable'; readonly reason: BetaUnavailable };

/** What Microsoft's other reports say beside the calls that are known. */
export interface CrossCheck {
  readonly dialOut: readonly {
    readonly span: Span;
    readonly result:
      | { readonly kind: 'compared'; readonly accounts: readonly DialOutComparison[] }
      | Unavailable;
  }[];
  /** The latest first; `newly` were never read before. */
  readonly blockedUsers:
    | { readonly kind: 'told'; readonly entries: readonly BlockEntry[]; readonly newly: number }
    | Unavailable;
}

/**
 * Compares the cost of meetings' dial-out with Microsoft's own sum of it, and keeps who was blocked or unblocked, each
 * told to the audit once. Null where the setting is off, and then nothing is asked. @throws {StoreUnavailable}
 */
export async function crossCheck(
  { store, betaReports, clock }: Pick<Ports, 'store' | 'betaReports' | 'clock'>,
  tenant: TenantId,
): Promise<CrossCheck | null> {
  if (betaReports === null) return null;
  const now = clock.now();
  const spans = checkedSpans(now);
  const dialOut = await Promise.all(
    spans.map(async (span) => ({ span, result: await compared({ store, betaReports }, tenant, span) })),
  );
  const log = await betaReports.blockedUsers(tenant, { from: spans[0].from, to: now });
  if (log.kind === 'unavailable') return { dialOut, blockedUsers: log };
  const entries = [...log.rows].sort((left, right) => right.at - left.at);
  return {
    dialOut,
    blockedUsers: { kind: 'told', entries, newly: await keep(store, tenant, { entries, now }) },
  };
}

async function compared(
  { store, betaReports }: { readonly store: Store; readonly betaReports: BetaReports },
  tenant: TenantId,
  span: Span,
): Promise<CrossCheck['dialOut'][number]['result']> {
  const report = await betaReports.dialOut(tenant, span);
  if (report.kind === 'unavailable') return report;
  const currencies = [...(await readBooks(store, tenant)).accounts.keys()];
  const known = await Promise.all(
    currencies.map(async (currency): Promise<readonly [Currency, bigint]> => {
      const counts = await store.counts(tenant, usageModel('usage', currency, 'call-type'));
      return [currency, dialOutIn(counts, span)];
    }),
  );
  return { kind: 'compared', accounts: compareDialOut(report.rows, new Map(known)) };
}

interface Log {
  readonly entries: readonly BlockEntry[];
  readonly now: number;
}

/** Entries of one step: each makes a record and a line of the audit. */
const entriesPerStep = 500;

async function keep(store: Store, tenant: TenantId, { entries, now }: Log): Promise<number> {
  let newly = 0;
  for (let start = 0; start < entries.length; start += entriesPerStep) {
    const some = { entries: entries.slice(start, start + entriesPerStep), now };
    const kept: Handled<number, never> = await handle<number, never>({
      decide: () => decide(store, tenant, some),
      commit: (change) => store.commit(change),
      readOutcome: neverRepeated,
    });
    newly += kept.kind === 'done' ? kept.outcome : neverRepeated();
  }
  return newly;
}

async function decide(store: Store, tenant: TenantId, { entries, now }: Log): Promise<Plan<number, never>> {
  // The audit's head first: whoever keeps the same entries meanwhile moves it, and the commit notices.
  const books = await readBooks(store, tenant);
  const byId = new Map(entries.map((entry) => [blockEntryId(entry), entry]));
  const known = await store.records(tenant, blockedUsersTable, [...byId.keys()]);
  const added = [...byId].filter(([id]) => !known.has(id));
  if (added.length === 0) return { kind: 'nothing', outcome: 0 };
  const audited = bookAudit(
    books,
    ...added.map(([, { userId, at, blocked, reason, remediationId }]) => ({
      at: now,
      actor: 'graph',
      type: blocked ? ('usage.user-blocked' as const) : ('usage.user-unblocked' as const),
      subject: userId,
      data: { at, reason, remediationId },
    })),
  );
  const records = added.map(([id, entry]) => ({
    table: blockedUsersTable,
    id,
    value: storeBlockEntry(entry),
  }));
  return { kind: 'change', outcome: added.length, change: changeOf(tenant, [audited], { records }) };
}

/** The entries are known by their ids, so the change carries no key that could be met again. */
function neverRepeated(): never {
  throw new Error('A reading of the log of blocked users has no key.');
}
