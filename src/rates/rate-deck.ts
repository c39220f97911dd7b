import type { Refusal } from '../decision/decider.ts';
import { digest } from '../decision/digest.ts';
import type { Day } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { PrefixIndex, type PrefixMatch } from './prefix-index.ts';
import type { Rate } from './rate.ts';

/**
 * One version of a price list: one currency, one day from which it counts. A deck is never edited; a change of
 * price is another deck.
 */
export interface RateDeck {
  /** Currency, day and a digest of the content: the same list in any order of rows is the same deck. */
  readonly id: string;
  readonly currency: Currency;
  /** Counts from this UTC day on, until a later deck of the currency does. */
  readonly effectiveFrom: Day;
  readonly rates: readonly Rate[];
  readonly outbound: PrefixIndex<Rate>;
  /** Several regions share the toll-free codes of +1, so a prefix may have several rates. */
  readonly inboundTollFree: PrefixIndex<readonly Rate[]>;
}

/** Why a price list was not taken. A list is taken whole or not at all: a missing row would change other prices. */
export interface DeckRefused extends Refusal {
  readonly code:
    | 'deck-not-csv'
    | 'deck-too-large'
    | 'deck-columns-missing'
    | 'deck-empty'
    | 'deck-rows-invalid'
    | 'deck-currencies-mixed'
    | 'deck-dates-mixed'
    | 'deck-id-twice'
    | 'deck-prefix-twice';
}

/** `row` counts from 1 and leaves the header line out. */
export interface RowProblem {
  readonly row: number;
  readonly column: string;
  readonly code: string;
}

export type ReadDeck =
  | { readonly ok: true; readonly deck: RateDeck }
  | { readonly ok: false; readonly refusal: DeckRefused; readonly problems: readonly RowProblem[] };

export function refuseDeck(refusal: DeckRefused, problems: readonly RowProblem[] = []): ReadDeck {
  return { ok: false, refusal, problems };
}

/** Refuses `deck-empty`, `deck-currencies-mixed`, `deck-id-twice`, `deck-prefix-twice`, in this order. */
export function makeRateDeck(facts: {
  readonly effectiveFrom: Day;
  readonly rates: readonly Rate[];
}): ReadDeck {
  const { effectiveFrom, rates } = facts;
  const currency = rates[0]?.currency;
  if (currency === undefined) return refuseDeck({ code: 'deck-empty' });
  const other = rates.find((rate) => rate.currency !== currency);
  if (other)
    return refuseDeck({ code: 'deck-currencies-mixed', data: { first: currency, other: other.currency } });
  const idTwice = firstTwice(rates.map((rate) => rate.id));
  if (idTwice !== null) return refuseDeck({ code: 'deck-id-twice', data: { id: idTwice } });

  const outbound = rates.filter((rate) => rate.direction === 'outbound');
  const prefixTwice = firstTwice(outbound.flatMap((rate) => rate.prefixes));
  if (prefixTwice !== null) return refuseDeck({ code: 'deck-prefix-twice', data: { prefix: prefixTwice } });

  const deck: RateDeck = {
    id: `${currency}-${effectiveFrom}-${contentDigest(rates)}`,
    currency,
    effectiveFrom,
    rates,
    outbound: new PrefixIndex(byPrefix(outbound)),
    inboundTollFree: new PrefixIndex(gatheredByPrefix(rates)),
  };
  return { ok: true, deck };
}

/** The rate that a call to this number, which may be masked at its end, falls under: the longest prefix wins. */
export function longestPrefix(deck: RateDeck, e164: string): PrefixMatch<Rate> | null {
  return deck.outbound.longest(e164);
}

/** The rates of calls to a toll-free number of the tenant's own, one per region that the number may belong to. */
export function longestTollFreePrefix(deck: RateDeck, e164: string): PrefixMatch<readonly Rate[]> | null {
  return deck.inboundTollFree.longest(e164);
}

function firstTwice(texts: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const text of texts) {
    if (seen.has(text)) return text;
    seen.add(text);
  }
  return null;
}

function contentDigest(rates: readonly Rate[]): string {
  const rows = rates.map((rate) => JSON.stringify(rate, (_, value: unknown) => plain(value)));
  return digest(...rows.sort()).slice(0, 12);
}

/** JSON has no bigint. */
function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function byPrefix(rates: readonly Rate[]): readonly (readonly [string, Rate])[] {
  return rates.flatMap((rate) => rate.prefixes.map((prefix) => [prefix, rate] as const));
}

function gatheredByPrefix(rates: readonly Rate[]): ReadonlyMap<string, readonly Rate[]> {
  const gathered = new Map<string, Rate[]>();
  for (const [prefix, rate] of byPrefix(rates.filter((rate) => rate.direction === 'inbound_toll_free'))) {
    gathered.set(prefix, [...(gathered.get(prefix) ?? []), rate]);
  }
  return gathered;
}
