import type { Currency } from '../money/currency.ts';

/** Toll-free calls that come in are priced apart from calls that go out, also to the same number. */
export type Direction = 'outbound' | 'inbound_toll_free';

/** One line of a deck: what calls to (or, toll-free, from the callers of) a set of prefixes cost. */
export type Rate = PricedRate | UnpricedRate;

/** `blocked_by_default` has a price, but policy must first allow the destination (premium numbers mostly). */
export interface PricedRate extends RateFacts {
  readonly status: 'published' | 'blocked_by_default';
  /** In micro-units of {@link RateFacts.currency}. */
  readonly perMinute: bigint;
}

/** The destination is known and has no price. That is not a price of zero. */
export interface UnpricedRate extends RateFacts {
  readonly status: 'no_published_rate';
  readonly perMinute: null;
}

interface RateFacts {
  readonly id: string;
  readonly direction: Direction;
  /** ISO 3166-1 alpha-2, `XK` for Kosovo, `001` for networks of no country. */
  readonly region: string;
  readonly name: { readonly en: string; readonly ko: string | null };
  /** `fixed`, `mobile`, `fixed_or_mobile`, `toll_free`, `premium`, … An open set: unknown values are kept. */
  readonly numberType: string;
  /** Audio Conferencing Zone A or not; null where the deck does not say. */
  readonly zone: 'A' | 'other' | null;
  /** Leading digits of E.164 numbers, without the plus sign. */
  readonly prefixes: readonly string[];
  readonly currency: Currency;
  readonly billing: BillingRules;
  readonly provenance: string | null;
}

/** How a call's duration becomes a charge. Microsoft publishes none of it, so each row of a deck can say its own. */
export interface BillingRules {
  /** Once per answered call, in micro-units. */
  readonly connectionFee: bigint;
  readonly firstIncrementSeconds: number;
  readonly nextIncrementSeconds: number;
  readonly minimumSeconds: number;
  /** Most that one call may cost, fee included, in micro-units; null for no limit. */
  readonly maximumCharge: bigint | null;
  readonly rounding: Rounding;
}

export interface Rounding {
  readonly mode: 'half_up' | 'up' | 'down';
  /** Decimals of the major unit that a charge is rounded to, 0 to 6. */
  readonly decimals: number;
}
