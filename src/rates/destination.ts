import type { Refusal } from '../decision/decider.ts';
import type { PrefixMatch } from './prefix-index.ts';
import { priceTerms } from './price-terms.ts';
import type { Rate } from './rate.ts';
import { longestPrefix, longestTollFreePrefix, type RateDeck } from './rate-deck.ts';

export type Service = 'inbound_tollfree' | 'dial_out' | 'user_out';

/** As a person says it; a deck that does not tell fixed from mobile answers for both. */
export type AskedNumberType = 'fixed' | 'mobile' | 'tollfree' | 'premium' | 'any';

export type AskedDestination =
  | {
      readonly by: 'number';
      /** E.164; asterisks at its end are a mask. */
      readonly number: string;
      /** Of the number, by its numbering plan; null where unknown. */
      readonly region: string | null;
      readonly service: Service;
    }
  | {
      readonly by: 'region';
      readonly region: string;
      readonly numberType: AskedNumberType;
      readonly service: Service;
    };

export type Destination =
  | { readonly kind: 'found'; readonly tariffs: readonly Tariff[]; readonly match: NumberMatch | null }
  | { readonly kind: 'refused'; readonly refusal: NoRateForDestination };

/** Rates of one kind of number and with the same terms; a destination may have several, and then costs a range. */
export interface Tariff {
  readonly numberType: string;
  /** Fixed and mobile numbers, which people mean when they name a country and nothing else. */
  readonly ordinary: boolean;
  /** Never empty; the first speaks for all. */
  readonly rates: readonly [Rate, ...Rate[]];
}

/** How a number came to its rate. */
export interface NumberMatch {
  readonly prefix: string;
  /** False where digits that are masked or missing could lead to another rate. */
  readonly certain: boolean;
  /**
   * False where the number's own region has no such prefix in the deck and a neighbour's stands in, as +1 (United
   * States) does for an island of +1: a price to be shown with a warning, if at all.
   */
  readonly ownRegion: boolean;
}

/** The deck names no such destination. That is neither free nor blocked: nothing is known. */
export interface NoRateForDestination extends Refusal {
  readonly code: 'no-rate-for-destination';
  readonly data: { readonly region: string };
}

/**
 * The rows of a deck that a question is about, ordinary numbers first. Refuses `no-rate-for-destination`.
 * A destination whose price is not published is found, with that status.
 */
export function destination(deck: RateDeck, asked: AskedDestination): Destination {
  const found = asked.by === 'number' ? byNumber(deck, asked) : byRegion(deck, asked);
  if (found.rates.length === 0) {
    return {
      kind: 'refused',
      refusal: { code: 'no-rate-for-destination', data: { region: asked.region ?? '' } },
    };
  }
  return { kind: 'found', tariffs: tariffsOf(found.rates), match: found.match };
}

interface Found {
  readonly rates: readonly Rate[];
  readonly match: NumberMatch | null;
}

function byNumber(deck: RateDeck, asked: AskedDestination & { readonly by: 'number' }): Found {
  const { number, region, service } = asked;
  if (service === 'inbound_tollfree') {
    const match = longestTollFreePrefix(deck, number);
    if (match === null) return { rates: [], match };
    const own = match.value.filter((rate) => rate.region === region);
    const rates = own.length > 0 ? own : match.value;
    return { rates, match: numberMatch(match, region === null || own.length > 0) };
  }
  const match = longestPrefix(deck, number);
  if (match === null) return { rates: [], match };
  return {
    rates: [match.value],
    match: numberMatch(match, region === null || match.value.region === region),
  };
}

function numberMatch({ prefix, certain }: PrefixMatch<unknown>, ownRegion: boolean): NumberMatch {
  return { prefix, certain, ownRegion };
}

function byRegion(deck: RateDeck, asked: AskedDestination & { readonly by: 'region' }): Found {
  const direction = asked.service === 'inbound_tollfree' ? 'inbound_toll_free' : 'outbound';
  const inRegion = deck.rates.filter((rate) => rate.region === asked.region && rate.direction === direction);
  const types = numberTypes[asked.numberType];
  const wanted = direction === 'inbound_toll_free' || types === 'all';
  return {
    rates: wanted ? inRegion : inRegion.filter((rate) => types.includes(rate.numberType)),
    match: null,
  };
}

const numberTypes: Readonly<Record<AskedNumberType, readonly string[] | 'all'>> = {
  fixed: ['fixed', 'fixed_or_mobile'],
  mobile: ['mobile', 'fixed_or_mobile'],
  tollfree: ['toll_free'],
  premium: ['premium'],
  any: 'all',
};

/** Rates with equal terms are one tariff; ordinary numbers come first, and of one type the cheaper. */
function tariffsOf(rates: readonly Rate[]): readonly Tariff[] {
  const tariffs = new Map<string, Tariff>();
  for (const rate of rates) {
    const key = `${rate.numberType} ${priceTerms(rate)}`;
    const { numberType } = rate;
    const soFar = tariffs.get(key)?.rates;
    tariffs.set(key, {
      numberType,
      ordinary: ordinaryTypes.includes(numberType),
      rates: soFar ? [...soFar, rate] : [rate],
    });
  }
  return [...tariffs.values()].sort(
    (left, right) => typeRank(left) - typeRank(right) || byPrice(left, right),
  );
}

const ordinaryTypes: readonly string[] = ['fixed', 'fixed_or_mobile', 'mobile'];

/** Sorting is stable, so that types beyond the ordinary keep the order of the deck. */
function typeRank(tariff: Tariff): number {
  const rank = ordinaryTypes.indexOf(tariff.numberType);
  return rank === -1 ? ordinaryTypes.length : rank;
}

function byPrice(left: Tariff, right: Tariff): number {
  if (!left.ordinary || !right.ordinary) return 0;
  const { perMinute: leftPrice } = left.rates[0];
  const { perMinute: rightPrice } = right.rates[0];
  // No published price is not the cheapest one, so it comes last.
  if (leftPrice === null) return rightPrice === null ? 0 : 1;
  if (rightPrice === null) return -1;
  return Number(leftPrice - rightPrice);
}
