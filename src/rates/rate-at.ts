import type { Refusal } from '../decision/decider.ts';
import { type Instant, startOfDay } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import type { Direction, Rate } from './rate.ts';
import { longestPrefix, longestTollFreePrefix, type RateDeck } from './rate-deck.ts';

/** What of a call decides its rate. */
export interface CallToRate {
  readonly startedAt: Instant;
  readonly currency: Currency;
  readonly direction: Direction;
  /** The number that was called, E.164, possibly masked at its end: for a toll-free call, the tenant's own. */
  readonly number: string;
  /** Region of the tenant's toll-free number, which decides where regions share a code; null where unknown. */
  readonly region: string | null;
}

export type RateAt =
  | { readonly kind: 'found'; readonly deck: RateDeck; readonly rate: Rate }
  | { readonly kind: 'refused'; readonly refusal: NoRateAt };

export interface NoRateAt extends Refusal {
  readonly code: 'no-deck-yet' | 'no-matching-prefix' | 'toll-free-region-unknown';
}

/**
 * The rate of a call by the deck that counted when it began. Refuses, in this order, `no-deck-yet` where no deck of
 * its currency did, `no-matching-prefix`, and `toll-free-region-unknown` where regions that share the number's
 * code have rates and none is the call's.
 */
export function rateAt(decks: readonly RateDeck[], call: CallToRate): RateAt {
  const deck = deckAt(decks, { currency: call.currency, at: call.startedAt });
  if (deck === null) return { kind: 'refused', refusal: { code: 'no-deck-yet' } };
  if (call.direction === 'outbound') {
    const match = longestPrefix(deck, call.number);
    return match ? { kind: 'found', deck, rate: match.value } : unmatched;
  }

  const rates = longestTollFreePrefix(deck, call.number)?.value ?? [];
  const [only, second] = rates;
  if (only === undefined) return unmatched;
  const rate = second === undefined ? only : rates.find((one) => one.region === call.region);
  if (rate === undefined) return { kind: 'refused', refusal: { code: 'toll-free-region-unknown' } };
  return { kind: 'found', deck, rate };
}

/** The deck of a currency that counts at an instant: the latest that began by then. Null where none had. */
export function deckAt(
  decks: readonly RateDeck[],
  when: { readonly currency: Currency; readonly at: Instant },
): RateDeck | null {
  let found: RateDeck | null = null;
  for (const deck of decks) {
    if (deck.currency !== when.currency || startOfDay(deck.effectiveFrom) > when.at) continue;
    if (found === null || deck.effectiveFrom > found.effectiveFrom) found = deck;
  }
  return found;
}

const unmatched: RateAt = { kind: 'refused', refusal: { code: 'no-matching-prefix' } };
