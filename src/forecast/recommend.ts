import type { Currency } from '../money/currency.ts';
import { type ForecastQuestion, futures, type TooEarly } from './forecast.ts';
import { friendlyAmount } from './friendly-amount.ts';
import { quantile } from './quantile.ts';
import { type SpendPaths, totalsOver } from './spend-paths.ts';

/** What the tenant's contract says; null where it is not known. */
export interface TenantFacts {
  /** Microsoft Online Subscription Agreement, Customer Agreement, a reseller, or an Enterprise Agreement. */
  readonly agreement: 'mosa' | 'mca' | 'csp' | 'ea' | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  /** Of an Enterprise Agreement, where its bills go. */
  readonly agreementCountry: string | null;
}

export type RecommendWarning =
  /** Customer Agreement: usage is billed afterwards, and a balance that refills itself keeps that from starting. */
  | 'switch-auto-recharge-off'
  /** Korea, Russia, Taiwan: credits could not be set up there; the present state is not published. */
  | 'credits-may-be-unavailable'
  /** Customers of a reseller cannot buy in the admin centre. */
  | 'reseller-buys'
  /** An organisation in another region than its Enterprise Agreement's bills may have to ask support. */
  | 'agreement-in-another-region'
  /** The smallest purchase is more than a year's spend: part of it will be forfeited. */
  | 'funds-would-expire'
  /** The smallest purchase is published in US dollars only. */
  | 'minimum-unknown';

export type Recommendation = Advice | PostPaid | TooEarly;

/** All amounts in micro-units. */
export interface Advice {
  readonly kind: 'advice';
  /** "When balance is below". */
  readonly trigger: bigint;
  /** "Add this amount". */
  readonly amount: bigint;
  readonly reasons: Reasons;
  /** Null while the present trigger is as safe, or not known. */
  readonly unsafe: Unsafe | null;
  readonly warnings: readonly RecommendWarning[];
}

export interface Reasons {
  /** Three days cost no more in 99 of 100 futures, from whichever of the next days they start. */
  readonly p99Of72Hours: bigint;
  readonly usualMonth: bigint;
  readonly rechargesPerMonth: number;
  /** What lies there on average: the trigger, and half an amount above it. */
  readonly idle: bigint;
  readonly minimum: bigint | null;
}

/** What the present trigger lacks, and what the safer one costs: money that lies idle. */
export interface Unsafe {
  readonly present: bigint;
  readonly lacks: bigint;
  readonly moreIdle: bigint;
}

/** No figures: advice to recharge would do harm. */
export interface PostPaid {
  readonly kind: 'post-paid';
  readonly warnings: readonly RecommendWarning[];
}

export interface RecommendQuestion extends ForecastQuestion {
  readonly currency: Currency;
  readonly tenant: TenantFacts;
}

/**
 * A trigger that is not below what 72 hours may cost: reports come up to 48 hours late, and a failed card takes a day
 * to mend. An amount of half a month, so that two purchases a month are usual; never below the trigger, for whether a
 * second purchase follows the first is not documented; never more than would be used within the year that funds live.
 */
export function recommend(question: RecommendQuestion): Recommendation {
  const { tenant, currency } = question;
  const about = warningsAbout(tenant);
  if (tenant.agreement === 'mca') return { kind: 'post-paid', warnings: about };
  const ahead = futures(question);
  if (ahead.kind === 'too-early') return ahead;

  const minimum = minimumOf(currency);
  const p99Of72Hours = worst72Hours(ahead.spend);
  const usualMonth = BigInt(quantile(totalsOver(ahead.spend, { from: tomorrow, days: monthDays }), 0.5));
  const modestYear = BigInt(quantile(totalsOver(ahead.spend, { from: tomorrow, days: yearDays }), 0.1));
  const trigger = friendlyAmount(p99Of72Hours, currency);
  const amount = friendlyAmount(largest(usualMonth / 2n, trigger, minimum ?? 0n), currency);
  const idle = trigger + amount / 2n;
  return {
    kind: 'advice',
    trigger,
    amount,
    reasons: {
      p99Of72Hours,
      usualMonth,
      rechargesPerMonth: amount === 0n ? 0 : Number(usualMonth) / Number(amount),
      idle,
      minimum,
    },
    unsafe: unsafeTrigger(question.funds.autoRecharge?.trigger ?? null, p99Of72Hours, trigger),
    warnings: [
      ...about,
      ...(trigger + amount > modestYear ? (['funds-would-expire'] as const) : []),
      ...(minimum === null ? (['minimum-unknown'] as const) : []),
    ],
  };
}

/** Today also holds what is still to be reported of the days before. */
const tomorrow = 1;
const monthDays = 30;
const yearDays = 364;
/** In the first month: later ones will have advice of their own. */
const startsLookedAt = 28;

function worst72Hours(spend: SpendPaths): bigint {
  const starts = Array.from({ length: startsLookedAt }, (_, index) => tomorrow + index);
  return BigInt(Math.max(...starts.map((from) => quantile(totalsOver(spend, { from, days: 3 }), 0.99))));
}

/** Microsoft names 50 USD for small organisations ("What are Communications Credits"); nothing for other currencies. */
function minimumOf(currency: Currency): bigint | null {
  return currency === 'USD' ? 50_000_000n : null;
}

function unsafeTrigger(present: bigint | null, needed: bigint, advised: bigint): Unsafe | null {
  if (present === null || present >= needed) return null;
  return { present, lacks: needed - present, moreIdle: advised - present };
}

const withoutCredits: readonly string[] = ['KR', 'RU', 'TW'];

function warningsAbout({ agreement, country, agreementCountry }: TenantFacts): readonly RecommendWarning[] {
  const isElsewhere = country !== null && agreementCountry !== null && country !== agreementCountry;
  return [
    ...(agreement === 'mca' ? (['switch-auto-recharge-off'] as const) : []),
    ...(country !== null && withoutCredits.includes(country)
      ? (['credits-may-be-unavailable'] as const)
      : []),
    ...(agreement === 'csp' ? (['reseller-buys'] as const) : []),
    ...(agreement === 'ea' && isElsewhere ? (['agreement-in-another-region'] as const) : []),
  ];
}

function largest(...amounts: readonly bigint[]): bigint {
  let most = 0n;
  for (const amount of amounts) if (amount > most) most = amount;
  return most;
}
