import { divideHalfUp, divideUp } from '../money/divide.ts';
import { type Money, microUnitDigits, money } from '../money/money.ts';
import type { BillingRules, PricedRate, Rate, Rounding } from './rate.ts';

/** A price with everything that its formula is printed from: `billedSeconds / 60 × perMinute + connectionFee`. */
export interface Price {
  readonly rate: PricedRate;
  readonly durationSeconds: number;
  /** The longer of the minimum and the duration in whole increments; 0 for a call that nobody answered. */
  readonly billedSeconds: number;
  readonly perMinute: Money;
  readonly connectionFee: Money;
  readonly charge: Money;
  /** True where the rate's limit per call took the place of the formula's result. */
  readonly limited: boolean;
}

/** The destination is known and has no published rate, so there is no price: neither zero nor a guess. */
export interface NoPublishedRate {
  readonly code: 'no-published-rate';
  readonly data: { readonly rate: string; readonly region: string; readonly numberType: string };
}

export type Priced =
  | { readonly kind: 'priced'; readonly price: Price }
  | { readonly kind: 'refused'; readonly refusal: NoPublishedRate };

/**
 * Prices one call: `max(minimum, duration rounded up to the increment) / 60 × rate + connection fee`, rounded once,
 * at the end. A call of zero seconds was not answered and costs nothing, not even the fee. Refuses
 * `no-published-rate`.
 * @throws {RangeError} where the duration is not a whole number of seconds from 0 up.
 */
export function priceCall(call: { readonly rate: Rate; readonly durationSeconds: number }): Priced {
  const { rate, durationSeconds } = call;
  const billed = billedSeconds(rate.billing, durationSeconds);
  if (rate.status === 'no_published_rate') {
    const data = { rate: rate.id, region: rate.region, numberType: rate.numberType };
    return { kind: 'refused', refusal: { code: 'no-published-rate', data } };
  }

  const calculated = chargeOf(rate, billed);
  const limit = rate.billing.maximumCharge;
  const limited = limit !== null && calculated > limit;
  return {
    kind: 'priced',
    price: {
      rate,
      durationSeconds,
      billedSeconds: billed,
      perMinute: money(rate.perMinute, rate.currency),
      connectionFee: money(billed === 0 ? 0n : rate.billing.connectionFee, rate.currency),
      charge: money(limited ? limit : calculated, rate.currency),
      limited,
    },
  };
}

/**
 * The seconds that a call is charged for: the first increment whole, then each further one that was started, and
 * never less than the minimum.
 * @throws {RangeError} where the duration is not a whole number of seconds from 0 up.
 */
export function billedSeconds(rules: BillingRules, durationSeconds: number): number {
  if (!Number.isSafeInteger(durationSeconds) || durationSeconds < 0) {
    throw new RangeError(`A call cannot last ${durationSeconds} seconds.`);
  }
  if (durationSeconds === 0) return 0;
  const { firstIncrementSeconds, nextIncrementSeconds, minimumSeconds } = rules;
  const beyondFirst = Math.max(0, durationSeconds - firstIncrementSeconds);
  const startedIncrements = Math.ceil(beyondFirst / nextIncrementSeconds);
  return Math.max(minimumSeconds, firstIncrementSeconds + startedIncrements * nextIncrementSeconds);
}

const secondsPerMinute = 60n;

/** In micro-units. Fee and usage are rounded together: two roundings would drift from the printed formula. */
function chargeOf(rate: PricedRate, billed: number): bigint {
  if (billed === 0) return 0n;
  const sixtyfold = BigInt(billed) * rate.perMinute + secondsPerMinute * rate.billing.connectionFee;
  const { mode, decimals } = rate.billing.rounding;
  const unit = 10n ** BigInt(microUnitDigits - decimals);
  return divide[mode](sixtyfold, secondsPerMinute * unit) * unit;
}

const divide: Readonly<Record<Rounding['mode'], (dividend: bigint, divisor: bigint) => bigint>> = {
  half_up: divideHalfUp,
  up: divideUp,
  down: (dividend, divisor) => dividend / divisor,
};
