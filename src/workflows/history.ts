import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import { type HistoryAnswer, historyEntry } from '../answers/history.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Entry } from '../ledger/entry.ts';
import { readEvent } from '../ledger/stored-account.ts';
import type { Currency } from '../money/currency.ts';
import { forEligible } from './for-eligible.ts';
import type { Ports, Store } from './ports.ts';
import { readSettledBooks } from './settle.ts';
import { readBooks } from './tenant-books.ts';

/** Which page: the first of the first account, where nothing else is said. */
export interface HistoryPage {
  readonly currency?: Currency;
  /** The number of the first entry to show, counted from the oldest. */
  readonly from?: number;
}

const entriesPerPage = 10;
/** Further back than this an answer does not go: what lies before is for an export. */
const mostEntriesBack = 1_000;

/** @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
export function answerHistory(
  ports: Pick<Ports, 'store' | 'directory' | 'clock' | 'defaultCurrency'>,
  page: HistoryPage,
  asker: Asker,
): Promise<Answer> {
  return forEligible(ports, { asker, intent: 'history' }, async () => {
    const { store, clock } = ports;
    await readSettledBooks(store, asker.tenant, clock.now());
    const history = await ledgerHistory(store, asker.tenant, { ...page, limit: entriesPerPage });
    return history ?? { kind: 'no-account', currency: ports.defaultCurrency };
  });
}

/**
 * Entries in the order in which they were recorded, the latest first; null where there is no such account. While an
 * import goes on, a page may repeat an entry of the page before, and never leaves one out.
 */
export async function ledgerHistory(
  store: Store,
  tenant: TenantId,
  { currency, from, limit }: HistoryPage & { readonly limit: number },
): Promise<HistoryAnswer | null> {
  const books = await readBooks(store, tenant);
  const currencies = [...books.accounts.keys()].sort();
  const [first] = currency === undefined ? currencies : currencies.filter((known) => known === currency);
  const account = first === undefined ? undefined : books.accounts.get(first);
  if (first === undefined || account === undefined) return null;

  const total = account.state.entries;
  const skipped = Math.min(Math.max(0, total - (from ?? total)), mostEntriesBack);
  const entries = await latestEntries(store, tenant, { currency: first, count: skipped + limit });
  const next = total - skipped - limit;
  return {
    kind: 'history',
    currency: first,
    otherCurrencies: currencies.filter((other) => other !== first),
    entries: entries.slice(skipped).map(historyEntry),
    total,
    older: next > 0 && skipped + limit < mostEntriesBack ? next : null,
    reportedUntil: books.usage.state.latestStartedAt,
  };
}

/** An event has up to two entries, and some have none: more are read until there are enough or all. */
async function latestEntries(
  store: Store,
  tenant: TenantId,
  { currency, count }: { readonly currency: Currency; readonly count: number },
): Promise<readonly Entry[]> {
  for (let events = count; ; events *= 2) {
    const read = await store.latest(tenant, `ledger:${currency}`, events);
    const entries = read.flatMap((event) => [...readEvent(event).entries].reverse());
    if (entries.length >= count || read.length < events) return entries.slice(0, count);
  }
}
