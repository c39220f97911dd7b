import { type DestinationClass, destinationClass } from '../alerts/spike.ts';
import { longestPrefix, type RateDeck } from '../rates/rate-deck.ts';

/** How numbers are classed by a price list; what it does not name is ordinary. */
export function classesBy(deck: RateDeck): (number: string | null) => DestinationClass {
  const usualPerMinute = usualRate(deck);
  return (number) => {
    const rate = number === null ? undefined : longestPrefix(deck, number)?.value;
    const { numberType = null, perMinute = null } = rate ?? {};
    return destinationClass({ numberType, perMinute, usualPerMinute });
  };
}

/** What a minute costs at the middle of the price list. */
function usualRate(deck: RateDeck): bigint | null {
  const prices = deck.rates.flatMap(({ perMinute, direction }) =>
    perMinute === null || direction !== 'outbound' ? [] : [perMinute],
  );
  const ascending = prices.sort((left, right) => Number(left - right));
  return ascending[Math.floor(ascending.length / 2)] ?? null;
}
