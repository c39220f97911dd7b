import type { Rate } from './rate.ts';

/** All of a rate that a charge depends on, as text: two rates with equal terms price every call alike. */
export function priceTerms(rate: Rate): string {
  const {
    connectionFee,
    maximumCharge,
    firstIncrementSeconds,
    nextIncrementSeconds,
    minimumSeconds,
    rounding,
  } = rate.billing;
  return [
    rate.currency,
    rate.status,
    rate.perMinute,
    connectionFee,
    maximumCharge,
    firstIncrementSeconds,
    nextIncrementSeconds,
    minimumSeconds,
    rounding.mode,
    rounding.decimals,
  ].join(' ');
}
