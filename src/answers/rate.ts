import type { Day } from '../decision/time.ts';
import type { Money } from '../money/money.ts';
import type { AskedNumberType, NumberMatch } from '../rates/destination.ts';
import type { PaidAgainstPublished } from '../rates/paid-rates.ts';
import type { BillingRules, Rate } from '../rates/rate.ts';
import type { RateCover } from './rate-covers.ts';

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
