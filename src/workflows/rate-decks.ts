import { z } from 'zod';
import { digest } from '../decision/digest.ts';
import { type Handled, handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { JsonValue } from '../decision/json.ts';
import { type Day, type Instant, startOfDay } from '../decision/time.ts';
import { currency } from '../money/currency.ts';
import {
  type DeckDateTaken,
  type DeckImport,
  planDeckImport,
  type RateChange,
} from '../rates/deck-import.ts';
import type { DeckRefused, RateDeck, RowProblem } from '../rates/rate-deck.ts';
import type { UnstatedDeckFacts } from '../rates/read-acs-deck.ts';
import { readDeckFile } from '../rates/read-deck-file.ts';
import { bookAudit, changeOf } from './booking.ts';
import type { Store } from './ports.ts';
import { readBooks } from './tenant-books.ts';

/** A price list as it was handed in. */
export interface DeckToImport {
  readonly tenant: TenantId;
  readonly csvText: string;
  /** What a list of Azure Communication Services does not say of itself. */
  readonly unstated: UnstatedDeckFacts;
  readonly actor: string;
  readonly at: Instant;
  /** False to look at the difference alone: nothing counts yet. */
  readonly apply: boolean;
}

export type DeckImported =
  | Exclude<DeckImport, { kind: 'refused' }>
  | {
      readonly kind: 'refused';
      readonly refusal: DeckRefused | DeckDateTaken;
      /** Each row that could not be read, where that is why. */
      readonly problems: readonly RowProblem[];
    };

/**
 * Takes a price list in as a version that counts from its day on, or tells what it would change. A version that is
 * there is never edited. Refuses as the readers of decks do, then `deck-date-taken`.
 */
export async function importRateDeck(store: Store, wanted: DeckToImport): Promise<DeckImported> {
  const read = readDeckFile(wanted.csvText, wanted.unstated);
  if (!read.ok) return { kind: 'refused', refusal: read.refusal, problems: read.problems };

  const handled: Handled<DeckImported, DeckDateTaken> = await handle<DeckImported, DeckDateTaken>({
    decide: () => decide(store, wanted, read.deck),
    commit: (change) => store.commit(change),
    // Versions are idempotent by their ids, so the change carries no key that could be met again.
    readOutcome: () => ({ kind: 'known', deck: read.deck }),
  });
  if (handled.kind === 'done') {
    if (wanted.apply) remember(memoryKey(wanted.tenant, read.deck.id), read.deck);
    return handled.outcome;
  }
  if (handled.refusal.code === 'idempotency-key-reused') throw new Error('An import of rates has no key.');
  return { kind: 'refused', refusal: handled.refusal, problems: [] };
}

/** The versions of a tenant's price lists, of all currencies, by the day from which they count. */
export async function rateDecks(store: Store, tenant: TenantId): Promise<readonly RateDeck[]> {
  const ids = await store.members(tenant, index, everything);
  const parsed = new Map(ids.flatMap((id) => asPair(id, remembered.get(memoryKey(tenant, id)))));
  const missing = ids.filter((id) => !parsed.has(id));
  for (const [id, value] of await store.records(tenant, table, missing)) {
    const deck = readStoredDeck(id, value);
    remember(memoryKey(tenant, id), deck);
    parsed.set(id, deck);
  }
  return ids.flatMap((id) => parsed.get(id) ?? []);
}

const table = 'rate-decks';
const index = 'rate-decks';
const everything = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

async function decide(
  store: Store,
  { tenant, csvText, unstated, actor, at, apply }: DeckToImport,
  deck: RateDeck,
): Promise<Plan<DeckImported, DeckDateTaken>> {
  // The heads first: whoever imports meanwhile moves the audit chain, and the commit notices.
  const books = await readBooks(store, tenant);
  const planned = planDeckImport(await rateDecks(store, tenant), deck);
  if (planned.kind === 'refused') return planned;
  if (planned.kind === 'known' || !apply) return { kind: 'nothing', outcome: planned };

  const audited = bookAudit(books, {
    at,
    actor,
    type: 'rates.imported',
    subject: deck.id,
    data: { ...changeCounts(planned.changes), text: digest(csvText), replaces: planned.replaces?.id ?? null },
  });
  const value: JsonValue = { v: 1, csvText, ...unstated };
  const change = changeOf(tenant, [audited], {
    records: [{ table, id: deck.id, value }],
    members: [{ index, score: startOfDay(deck.effectiveFrom), member: deck.id }],
  });
  return { kind: 'change', change, outcome: planned };
}

/** How many rows of a deck are new, dearer, cheaper, otherwise changed, or gone. */
export type ChangeCounts = Readonly<Record<RateChange['kind'], number>>;

export function changeCounts(changes: readonly RateChange[]): ChangeCounts {
  const counts = { new: 0, up: 0, down: 0, changed: 0, gone: 0 };
  for (const { kind } of changes) counts[kind] += 1;
  return counts;
}

const storedDeck = z.object({
  v: z.literal(1),
  csvText: z.string(),
  currency: z.string(),
  effectiveFrom: z.string(),
});

/** @throws where what is stored is not the deck that its id names: a defect or a damaged store. */
function readStoredDeck(id: string, value: JsonValue): RateDeck {
  const stored = storedDeck.parse(value);
  const of = currency(stored.currency);
  const read =
    of && readDeckFile(stored.csvText, { currency: of, effectiveFrom: stored.effectiveFrom as Day });
  if (!read?.ok || read.deck.id !== id) throw new Error(`The stored price list ${id} cannot be read.`);
  return read.deck;
}

/** Parsed decks, which take a tenth of a second to read anew; a version never changes. The oldest makes room. */
const remembered = new Map<string, RateDeck>();
const mostRemembered = 30;

function memoryKey(tenant: TenantId, id: string): string {
  return `${tenant} ${id}`;
}

function remember(key: string, deck: RateDeck): void {
  const [oldest] = remembered.keys();
  if (remembered.size >= mostRemembered && oldest !== undefined) remembered.delete(oldest);
  remembered.set(key, deck);
}

function asPair(id: string, deck: RateDeck | undefined): readonly (readonly [string, RateDeck])[] {
  return deck === undefined ? [] : [[id, deck]];
}
