import type { Refusal } from '../decision/decider.ts';
import { startOfDay } from '../decision/time.ts';
import { priceTerms } from './price-terms.ts';
import type { Rate } from './rate.ts';
import { deckAt } from './rate-at.ts';
import type { RateDeck } from './rate-deck.ts';

/**
 * How one row differs from the row of the same id before. `up` and `down` go by the price per minute; `changed` is
 * all else: the fee, the increments, the status, the prefixes, a price that appeared or went away.
 */
export type RateChange =
  | { readonly kind: 'new'; readonly after: Rate }
  | { readonly kind: 'gone'; readonly before: Rate }
  | { readonly kind: 'up' | 'down' | 'changed'; readonly before: Rate; readonly after: Rate };

export type DeckImport =
  /** This very deck is there already; nothing is to be done. */
  | { readonly kind: 'known'; readonly deck: RateDeck }
  | {
      readonly kind: 'version';
      readonly deck: RateDeck;
      /** The deck that counts until this one does; null for the first of its currency. */
      readonly replaces: RateDeck | null;
      readonly changes: readonly RateChange[];
    }
  | { readonly kind: 'refused'; readonly refusal: DeckDateTaken };

/** A deck that counts is never edited: a correction is a deck with another date. */
export interface DeckDateTaken extends Refusal {
  readonly code: 'deck-date-taken';
  readonly data: { readonly deck: string; readonly effectiveFrom: string };
}

/**
 * What taking a deck in would change, to be looked at before it counts. Refuses `deck-date-taken` where another
 * deck of the currency counts from the same day.
 */
export function planDeckImport(decks: readonly RateDeck[], deck: RateDeck): DeckImport {
  const { currency, effectiveFrom } = deck;
  const sameDay = decks.find((one) => one.currency === currency && one.effectiveFrom === effectiveFrom);
  if (sameDay?.id === deck.id) return { kind: 'known', deck: sameDay };
  if (sameDay) {
    return {
      kind: 'refused',
      refusal: { code: 'deck-date-taken', data: { deck: sameDay.id, effectiveFrom } },
    };
  }
  const replaces = deckAt(decks, { currency, at: startOfDay(effectiveFrom) });
  return { kind: 'version', deck, replaces, changes: deckChanges(replaces?.rates ?? [], deck.rates) };
}

/** The differences between two lists of rates, by their ids: those of the later list in its order, then what is gone. */
export function deckChanges(before: readonly Rate[], after: readonly Rate[]): readonly RateChange[] {
  const earlier = new Map(before.map((rate) => [rate.id, rate]));
  const later = new Set(after.map((rate) => rate.id));
  return [
    ...after.flatMap((rate) => rateChange(earlier.get(rate.id), rate) ?? []),
    ...before.filter((rate) => !later.has(rate.id)).map((rate) => ({ kind: 'gone', before: rate }) as const),
  ];
}

function rateChange(before: Rate | undefined, after: Rate): RateChange | null {
  if (before === undefined) return { kind: 'new', after };
  if (before.perMinute !== null && after.perMinute !== null && before.perMinute !== after.perMinute) {
    return { kind: after.perMinute > before.perMinute ? 'up' : 'down', before, after };
  }
  return terms(before) === terms(after) ? null : { kind: 'changed', before, after };
}

/** All of a rate that a charge or a match depends on; names may be spelt anew without a change of price. */
function terms(rate: Rate): string {
  const place = [rate.direction, rate.region, rate.numberType, rate.zone];
  return JSON.stringify([place, priceTerms(rate), [...rate.prefixes].sort()]);
}
