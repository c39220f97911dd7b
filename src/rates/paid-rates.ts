import { type Currency, minorUnitDigits } from '../money/currency.ts';
import { divideHalfUp } from '../money/divide.ts';
import { type Money, microUnitDigits, money, subtract } from '../money/money.ts';
import { billedSeconds } from './price.ts';
import type { BillingRules, Rate } from './rate.ts';

/** How many calls to one destination came to one price per minute: what a read model counts. */
export interface PaidCount {
  /** In micro-units, as of {@link paidPerMinute}. */
  readonly perMinute: bigint;
  readonly calls: number;
}

/** What the tenant really paid per minute at one destination. */
export interface PaidRate {
  readonly calls: number;
  readonly median: Money;
  /** The tenth and the ninetieth percentile: four calls in five lie between them. */
  readonly low: Money;
  readonly high: Money;
}

/** Paid against published; the difference is paid minus published. */
export type PaidAgainstPublished =
  | { readonly kind: 'no-calls' }
  | { readonly kind: 'no-published-rate' }
  | {
      readonly kind: 'too-few-calls' | 'as-published' | 'cheaper' | 'dearer';
      readonly paid: PaidRate;
      readonly published: Money;
      readonly difference: Money;
    };

/**
 * The price per minute that a charge amounts to, without its connection fee, over the seconds that the rules bill;
 * in micro-units, to one decimal beyond the currency's minor unit, so that equal prices are counted together.
 * Null for a call of zero seconds.
 */
export function paidPerMinute(call: {
  /** In micro-units, the connection fee included. */
  readonly charge: bigint;
  readonly connectionFee: bigint;
  readonly currency: Currency;
  readonly durationSeconds: number;
  readonly billing: BillingRules;
}): bigint | null {
  const billed = billedSeconds(call.billing, call.durationSeconds);
  if (billed === 0) return null;
  const unit = 10n ** BigInt(Math.max(0, microUnitDigits - minorUnitDigits(call.currency) - 1));
  return divideHalfUp((call.charge - call.connectionFee) * 60n, BigInt(billed) * unit) * unit;
}

/** Median and spread of what was paid; null where nothing was. */
export function paidRate(counts: readonly PaidCount[], currency: Currency): PaidRate | null {
  const calls = totalCalls(counts);
  if (calls === 0) return null;
  const ordered = [...counts].sort((left, right) => Number(left.perMinute - right.perMinute));
  const at = (percent: number) => money(priceAtPercent(ordered, percent), currency);
  return { calls, median: at(50), low: at(10), high: at(90) };
}

/** The price of the call so many percent of the way from the cheapest: the nearest that a call really had. */
function priceAtPercent(ordered: readonly PaidCount[], percent: number): bigint {
  const calls = totalCalls(ordered);
  let passed = 0;
  for (const count of ordered) {
    passed += count.calls;
    if (passed * 100 >= calls * percent) return count.perMinute;
  }
  throw new RangeError(`No price lies at ${percent} percent of ${calls} calls.`);
}

function totalCalls(counts: readonly PaidCount[]): number {
  return counts.reduce((sum, count) => sum + count.calls, 0);
}

/** Whether what was paid differs materially from the published price, once there are calls enough to tell. */
export function paidAgainstPublished(paid: PaidRate | null, rate: Rate): PaidAgainstPublished {
  if (paid === null) return { kind: 'no-calls' };
  if (rate.status === 'no_published_rate') return { kind: 'no-published-rate' };
  const published = money(rate.perMinute, rate.currency);
  const difference = subtract(paid.median, published);
  return { kind: verdict(paid, { published, difference }), paid, published, difference };
}

/** Fewer calls say little about a price. */
const callsToCompare = 5;
/** Below a tenth, rounding of short calls explains the difference. */
const materialPercent = 10n;

function verdict(
  paid: PaidRate,
  { published, difference }: { readonly published: Money; readonly difference: Money },
): 'too-few-calls' | 'as-published' | 'cheaper' | 'dearer' {
  if (paid.calls < callsToCompare) return 'too-few-calls';
  const cheaper = difference.microUnits < 0n;
  const distance = cheaper ? -difference.microUnits : difference.microUnits;
  const material = distance > 0n && distance * 100n >= published.microUnits * materialPercent;
  if (!material) return 'as-published';
  return cheaper ? 'cheaper' : 'dearer';
}
