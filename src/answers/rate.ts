import type { Day } from '../decision/time.ts';
import { type Money, money } from '../money/money.ts';
import {
  type AskedNumberType,
  type Destination,
  destination,
  type NumberMatch,
  type Service,
  type Tariff,
} from '../rates/destination.ts';
import { type PaidAgainstPublished, paidAgainstPublished, paidRate } from '../rates/paid-rates.ts';
import { priceCall } from '../rates/price.ts';
import type { BillingRules, Rate } from '../rates/rate.ts';
import { longestPrefix, longestTollFreePrefix, type RateDeck } from '../rates/rate-deck.ts';
import { type RateCover, rateCovers } from './rate-covers.ts';

/** What calls cost: by the published list, by what was really paid, and whether a licence pays for them. */
export interface RateAnswer {
  readonly kind: 'rate';
  readonly deck: { readonly currency: string; readonly effectiveFrom: Day };
  /** Whole minutes or parts of them, for which a cost is told; an example where none were asked for. */
  readonly seconds: { readonly count: number; readonly asked: boolean };
  /** What was meant, likeliest first: a word or a code may have several meanings, and none is chosen in silence. */
  readonly readings: readonly [RateReading, ...RateReading[]];
  /** Further regions that may be meant, for which there is no room. */
  readonly further: readonly string[];
}

/** No destination was understood: which one is meant? */
export interface RateAskAnswer {
  readonly kind: 'rate-ask';
}

/** There is no price list in a currency of the tenant that counts by now. */
export interface NoRatesAnswer {
  readonly kind: 'no-rates';
  readonly currency: string;
}

export interface RateReading {
  /** ISO 3166-1 alpha-2, `XK`, or `001` for networks of no country. */
  readonly region: string;
  /** The number as it was typed; null where a place was. */
  readonly number: string | null;
  readonly numberType: AskedNumberType | null;
  readonly direction: 'outbound' | 'inbound_toll_free';
  /** Ordinary numbers first; empty where the list names no such destination, of which then nothing is known. */
  readonly tariffs: readonly TariffFigures[];
  /** How a number came to its price. */
  readonly match: NumberMatch | null;
  readonly covers: readonly RateCover[];
}

export interface TariffFigures {
  readonly numberType: string;
  /** One of the beginnings of such numbers, to tell tariffs of one kind apart. */
  readonly prefix: string;
  readonly status: Rate['status'];
  /** Null where no price is published, which is never zero. */
  readonly perMinute: Money | null;
  readonly connectionFee: Money;
  readonly billing: Pick<BillingRules, 'firstIncrementSeconds' | 'nextIncrementSeconds' | 'minimumSeconds'>;
  /** Of one call of the length that was asked for. */
  readonly cost: { readonly charge: Money; readonly billedSeconds: number; readonly limited: boolean } | null;
  readonly paid: PaidFigures | null;
}

/** What calls of the last ninety days came to per started minute. */
export interface PaidFigures {
  readonly calls: number;
  readonly median: Money;
  /** Four calls in five lie between the two. */
  readonly low: Money;
  readonly high: Money;
  readonly since: Day;
  /** Against the published price; `not-comparable` where that one is not by started minutes alone. */
  readonly verdict: Exclude<PaidAgainstPublished['kind'], 'no-calls'> | 'not-comparable';
}

/** A price that was paid, and how often: a field of the read model. */
export interface PaidPrice {
  readonly direction: 'in' | 'out';
  /** Beginning of the number that was called, without the plus sign. */
  readonly digits: string;
  /** In micro-units, per started minute. */
  readonly perMinute: bigint;
  readonly calls: number;
}

/** What is asked: one region and its alternatives, or one number. */
export interface RateAsked {
  readonly regions: readonly [string, ...string[]];
  readonly number: { readonly e164: string; readonly typed: string } | null;
  readonly numberType: AskedNumberType | null;
  readonly service: Service | null;
  /** Null where no length was said. */
  readonly seconds: number | null;
}

/** What is known of prices when a question is answered. */
export interface PricesKnown {
  readonly deck: RateDeck;
  readonly paid: readonly PaidPrice[];
  readonly paidSince: Day;
}

/** Beyond so many a card would be too long to read; the rest are named. */
const mostReadings = 3;
const exampleSeconds = 10 * 60;

/** The prices of all that may be meant. */
export function rateAnswer(asked: RateAsked, known: PricesKnown): RateAnswer {
  const seconds = { count: asked.seconds ?? exampleSeconds, asked: asked.seconds !== null };
  const [first, ...others] = readingsAsked(asked);
  const read = (one: ReadingAsked) => rateReading(one, { ...known, seconds: seconds.count });
  const { currency, effectiveFrom } = known.deck;
  return {
    kind: 'rate',
    deck: { currency, effectiveFrom },
    seconds,
    readings: [read(first), ...others.slice(0, mostReadings - 1).map(read)],
    further: others.slice(mostReadings - 1).map(({ region }) => region),
  };
}

/** Every rate that may be meant, as calls that are planned need them; empty where the list names no such destination. */
export function ratesMeant(asked: RateAsked, deck: RateDeck): readonly Rate[] {
  return readingsAsked(asked).flatMap((reading) => {
    const found = findDestination(reading, deck);
    return found.kind === 'found' ? tariffsShown(found.tariffs, reading).flatMap(({ rates }) => rates) : [];
  });
}

type ReadingAsked = Omit<RateAsked, 'regions' | 'seconds'> & {
  readonly region: string;
  /** Several regions share the number's code, and its own is not known. */
  readonly regionUnsure: boolean;
};

/** "Toll-free" says neither who calls nor who is called: both are told unless one was named. */
function readingsAsked(asked: RateAsked): readonly [ReadingAsked, ...ReadingAsked[]] {
  const { regions, number, numberType } = asked;
  const bothWays = asked.service === null && numberType === 'tollfree';
  const services: readonly [Service | null, ...Service[]] = bothWays
    ? ['inbound_tollfree', 'user_out']
    : [asked.service];
  const [region, ...alternatives] = number === null ? regions : [regions[0]];
  const reading = (of: string, service: Service | null): ReadingAsked => ({
    region: of,
    regionUnsure: regions.length > 1,
    number,
    numberType,
    service,
  });
  const [service, ...otherServices] = services;
  return [
    reading(region, service),
    ...otherServices.map((other) => reading(region, other)),
    ...alternatives.flatMap((other) => services.map((one) => reading(other, one))),
  ];
}

type PricesForLength = PricesKnown & { readonly seconds: number };

function rateReading(asked: ReadingAsked, known: PricesForLength): RateReading {
  const { number, numberType, service } = asked;
  const direction = service === 'inbound_tollfree' ? 'inbound_toll_free' : 'outbound';
  const found = findDestination(asked, known.deck);
  const tariffs = found.kind === 'found' ? tariffsShown(found.tariffs, asked) : [];
  const rate = tariffs[0]?.rates[0] ?? null;
  // A number of a shared code is where the list says, unless its own plan says better.
  const region = asked.regionUnsure && number !== null && rate !== null ? rate.region : asked.region;
  return {
    region,
    number: number?.typed ?? null,
    numberType,
    direction,
    tariffs: tariffs.map((tariff) => tariffFigures(tariff, known)),
    match: found.kind === 'found' ? found.match : null,
    covers: rateCovers({ region, service, rate }),
  };
}

function findDestination(asked: ReadingAsked, deck: RateDeck): Destination {
  const { region, number, numberType } = asked;
  const service = asked.service ?? 'user_out';
  if (number !== null) {
    const own = asked.regionUnsure ? null : region;
    return destination(deck, { by: 'number', number: number.e164, region: own, service });
  }
  return destination(deck, { by: 'region', region, numberType: numberType ?? 'any', service });
}

/** Who names a country and nothing else means its ordinary numbers. */
function tariffsShown(tariffs: readonly Tariff[], { numberType }: ReadingAsked): readonly Tariff[] {
  const ordinary = tariffs.filter((tariff) => tariff.ordinary);
  return numberType === null && ordinary.length > 0 ? ordinary : tariffs;
}

function tariffFigures(tariff: Tariff, known: PricesForLength): TariffFigures {
  const [rate] = tariff.rates;
  const { currency, billing, perMinute } = rate;
  const { firstIncrementSeconds, nextIncrementSeconds, minimumSeconds } = billing;
  const priced = priceCall({ rate, durationSeconds: known.seconds });
  return {
    numberType: tariff.numberType,
    prefix: rate.prefixes[0] ?? '',
    status: rate.status,
    perMinute: perMinute === null ? null : money(perMinute, currency),
    connectionFee: money(billing.connectionFee, currency),
    billing: { firstIncrementSeconds, nextIncrementSeconds, minimumSeconds },
    cost: priced.kind === 'priced' ? costOf(priced.price) : null,
    paid: paidFigures(tariff, known),
  };
}

function costOf({
  charge,
  billedSeconds,
  limited,
}: NonNullable<TariffFigures['cost']>): TariffFigures['cost'] {
  return { charge, billedSeconds, limited };
}

function paidFigures(tariff: Tariff, { deck, paid, paidSince }: PricesKnown): PaidFigures | null {
  const [rate] = tariff.rates;
  const own = paid.filter((price) => ratesOf(deck, price, rate).some((one) => tariff.rates.includes(one)));
  const figures = paidRate(own, deck.currency);
  if (figures === null) return null;
  const compared = paidAgainstPublished(figures, rate).kind;
  const verdict = isByStartedMinutes(rate) || compared === 'no-published-rate' ? compared : 'not-comparable';
  return { ...figures, since: paidSince, verdict: verdict === 'no-calls' ? 'not-comparable' : verdict };
}

/** The rates that calls to such numbers fall under, where they went the way that is asked about. */
function ratesOf(deck: RateDeck, { direction, digits }: PaidPrice, asked: Rate): readonly Rate[] {
  const number = `+${digits}`;
  if (asked.direction === 'inbound_toll_free') {
    return direction === 'in' ? (longestTollFreePrefix(deck, number)?.value ?? []) : [];
  }
  const match = direction === 'out' ? longestPrefix(deck, number) : null;
  return match === null ? [] : [match.value];
}

const minuteSeconds = 60;

/** What was paid is known per started minute, so that only such a price can be held against it. */
function isByStartedMinutes({ billing }: Rate): boolean {
  return (
    billing.connectionFee === 0n &&
    billing.firstIncrementSeconds === minuteSeconds &&
    billing.nextIncrementSeconds === minuteSeconds &&
    billing.minimumSeconds <= minuteSeconds
  );
}
