import type { Day } from '../decision/time.ts';
import { money } from '../money/money.ts';
import type { Tariff } from '../rates/destination.ts';
import { paidAgainstPublished, paidRate } from '../rates/paid-rates.ts';
import { priceCall } from '../rates/price.ts';
import type { Rate } from '../rates/rate.ts';
import { longestPrefix, longestTollFreePrefix, type RateDeck } from '../rates/rate-deck.ts';
import type { PaidFigures, TariffFigures } from './rate.ts';

/** What is known of prices when a question is answered. */
export interface PricesKnown {
  readonly deck: RateDeck;
  readonly paid: readonly PaidPrice[];
  readonly paidSince: Day;
}

/** The same for calls of one length. */
export type PricesForLength = PricesKnown & { readonly seconds: number };

/** A price that was paid, and how often: a field of the read model. */
export interface PaidPrice {
  readonly direction: 'in' | 'out';
  /** Beginning of the number that was called, without the plus sign. */
  readonly digits: string;
  /** In micro-units, per started minute. */
  readonly perMinute: bigint;
  readonly calls: number;
}

/** What calls under a tariff cost, by the list and as they were paid. */
export function tariffFigures(tariff: Tariff, known: PricesForLength): TariffFigures {
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
