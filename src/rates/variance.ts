import { type Currency, minorUnitDigits } from '../money/currency.ts';
import { type Money, microUnitDigits, money, subtract } from '../money/money.ts';
import { type NoPublishedRate, type Price, priceCall } from './price.ts';
import { type CallToRate, type NoRateAt, rateAt } from './rate-at.ts';
import type { RateDeck } from './rate-deck.ts';

/** A call as it was charged, with what decides its rate. */
export interface ChargedCall extends CallToRate {
  readonly id: string;
  readonly durationSeconds: number;
  /** In micro-units, the connection fee included. */
  readonly charge: bigint;
}

/** What the deck says beside what was charged. The charge stands: a variance is read, never booked. */
export type Variance =
  | {
      readonly kind: 'compared';
      readonly call: ChargedCall;
      readonly deck: RateDeck;
      readonly price: Price;
      /** Charged minus the deck's price. */
      readonly difference: Money;
    }
  | {
      readonly kind: 'not-compared';
      readonly call: ChargedCall;
      readonly refusal: NoRateAt | NoPublishedRate;
    };

/** The variance of one call by the deck that counted when it began. */
export function variance(decks: readonly RateDeck[], call: ChargedCall): Variance {
  const rated = rateAt(decks, call);
  if (rated.kind === 'refused') return { kind: 'not-compared', call, refusal: rated.refusal };
  const priced = priceCall({ rate: rated.rate, durationSeconds: call.durationSeconds });
  if (priced.kind === 'refused') return { kind: 'not-compared', call, refusal: priced.refusal };
  const { price } = priced;
  const difference = subtract(money(call.charge, call.currency), price.charge);
  return { kind: 'compared', call, deck: rated.deck, price, difference };
}

export interface VarianceReport {
  /** Calls whose charge lies more than one minor unit from the deck's price, in their order. */
  readonly differing: readonly (Variance & { readonly kind: 'compared' })[];
  readonly compared: number;
  readonly notCompared: readonly (Variance & { readonly kind: 'not-compared' })[];
}

/** Reports the calls that differ; one minor unit is what the rounding of an exported report may do. */
export function varianceReport(decks: readonly RateDeck[], calls: Iterable<ChargedCall>): VarianceReport {
  const differing: (Variance & { readonly kind: 'compared' })[] = [];
  const notCompared: (Variance & { readonly kind: 'not-compared' })[] = [];
  let compared = 0;
  for (const call of calls) {
    const found = variance(decks, call);
    if (found.kind === 'not-compared') {
      notCompared.push(found);
      continue;
    }
    compared += 1;
    if (isBeyondMinorUnit(found.difference)) differing.push(found);
  }
  return { differing, compared, notCompared };
}

function isBeyondMinorUnit({ microUnits, currency }: Money): boolean {
  const minorUnit = minorUnitOf(currency);
  return microUnits > minorUnit || microUnits < -minorUnit;
}

/** In micro-units. */
function minorUnitOf(currency: Currency): bigint {
  return 10n ** BigInt(microUnitDigits - minorUnitDigits(currency));
}
