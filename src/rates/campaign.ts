import type { Currency } from '../money/currency.ts';
import { add, compare, type Money, money, subtract } from '../money/money.ts';
import { priceCall } from './price.ts';
import type { Rate } from './rate.ts';

/** Calls of one kind that are planned: dial-outs of a meeting, or a round of calls to one destination. */
export interface PlannedCalls {
  /** What each call may cost: fixed and mobile, say, where it is not known which will be dialled. */
  readonly rates: readonly Rate[];
  readonly calls: number;
  /** Of one call; equal where the length is known. */
  readonly seconds: { readonly shortest: number; readonly longest: number };
}

export interface CampaignCost {
  readonly total: MoneyRange;
  readonly parts: readonly CampaignPart[];
  /** False where calls without a published rate are planned: the total then leaves them out, and is too low. */
  readonly complete: boolean;
  /** Of the balance that was given, after the dearest and the cheapest outcome; below zero where it is too small. */
  readonly leftAfter: MoneyRange | null;
}

export interface MoneyRange {
  readonly low: Money;
  readonly high: Money;
}

export interface CampaignPart {
  readonly planned: PlannedCalls;
  /** Null where none of the rates is published. */
  readonly cost: MoneyRange | null;
  /** Those of the rates that give no price, and so are not in the range. */
  readonly unpriced: readonly Rate[];
  /** Those of the rates that a policy must first allow. */
  readonly blocked: readonly Rate[];
}

/**
 * The cost of planned calls as a range over their rates and lengths, each call priced by {@link priceCall}.
 * @throws {CurrenciesMixed} where a rate or the balance is in another currency.
 * @throws {RangeError} where a number of calls or a length is not a whole number from 0 up.
 */
export function campaignCost(campaign: {
  readonly currency: Currency;
  readonly planned: readonly PlannedCalls[];
  readonly balance: Money | null;
}): CampaignCost {
  const parts = campaign.planned.map(partOf);
  const nothing = money(0n, campaign.currency);
  const total = parts.reduce<MoneyRange>(
    (sum, { cost }) => (cost ? { low: add(sum.low, cost.low), high: add(sum.high, cost.high) } : sum),
    { low: nothing, high: nothing },
  );
  const { balance } = campaign;
  return {
    total,
    parts,
    complete: parts.every((part) => part.unpriced.length === 0),
    leftAfter: balance && { low: subtract(balance, total.high), high: subtract(balance, total.low) },
  };
}

function partOf(planned: PlannedCalls): CampaignPart {
  const { rates, calls, seconds } = planned;
  if (!Number.isSafeInteger(calls) || calls < 0) throw new RangeError(`There cannot be ${calls} calls.`);
  const charges = rates.flatMap((rate) =>
    [seconds.shortest, seconds.longest].flatMap((durationSeconds) => {
      const priced = priceCall({ rate, durationSeconds });
      return priced.kind === 'priced' ? times(priced.price.charge, calls) : [];
    }),
  );
  return {
    planned,
    cost: rangeOf(charges),
    unpriced: rates.filter((rate) => rate.status === 'no_published_rate'),
    blocked: rates.filter((rate) => rate.status === 'blocked_by_default'),
  };
}

/** Each call is charged, and rounded, by itself; so many calls are a multiple of one. */
function times(charge: Money, calls: number): Money {
  return money(charge.microUnits * BigInt(calls), charge.currency);
}

function rangeOf([first, ...others]: readonly Money[]): MoneyRange | null {
  if (first === undefined) return null;
  const low = others.reduce((least, one) => (compare(one, least) < 0 ? one : least), first);
  const high = others.reduce((most, one) => (compare(one, most) > 0 ? one : most), first);
  return { low, high };
}
