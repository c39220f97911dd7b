import type { TooEarly } from '../forecast/forecast.ts';
import {
  type Advice,
  type Recommendation,
  type RecommendQuestion,
  type RecommendWarning,
  recommend,
  type TenantFacts,
} from '../forecast/recommend.ts';
import { type Money, money } from '../money/money.ts';
import type { KnownUsage } from './known-usage.ts';

/** How auto-recharge is best set; shown in a personal chat to a holder of an eligible role. */
export interface RecommendAnswer extends KnownUsage {
  readonly kind: 'recommend';
  /** By currency in alphabetical order. */
  readonly accounts: readonly RecommendFigures[];
  /** What nobody told of the tenant; the advice may have to be another with it. */
  readonly unknown: readonly (keyof TenantFacts)[];
}

export interface RecommendFigures {
  readonly currency: string;
  readonly outcome: TooEarly | Extract<Recommendation, { readonly kind: 'post-paid' }> | AdviceFigures;
}

export interface AdviceFigures {
  readonly kind: 'advice';
  /** "When balance is below". */
  readonly trigger: Money;
  /** "Add this amount". */
  readonly amount: Money;
  /** What 72 hours cost at the most in 99 of 100 futures. */
  readonly worst72Hours: Money;
  readonly usualMonth: Money;
  /** To a tenth. */
  readonly rechargesPerMonth: number;
  /** What lies there on average. */
  readonly idle: Money;
  /** The smallest purchase; null where it is not published. */
  readonly minimum: Money | null;
  readonly warnings: readonly RecommendWarning[];
}

export function recommendFigures(question: RecommendQuestion): RecommendFigures {
  const made = recommend(question);
  const { currency } = question;
  return { currency, outcome: made.kind === 'advice' ? adviceFigures(made, question) : made };
}

export function unknownFacts(tenant: TenantFacts): RecommendAnswer['unknown'] {
  return (['agreement', 'country'] as const).filter((fact) => tenant[fact] === null);
}

function adviceFigures(
  { trigger, amount, reasons, warnings }: Advice,
  { currency }: Pick<RecommendQuestion, 'currency'>,
): AdviceFigures {
  return {
    kind: 'advice',
    trigger: money(trigger, currency),
    amount: money(amount, currency),
    worst72Hours: money(reasons.p99Of72Hours, currency),
    usualMonth: money(reasons.usualMonth, currency),
    rechargesPerMonth: Math.round(reasons.rechargesPerMonth * 10) / 10,
    idle: money(reasons.idle, currency),
    minimum: reasons.minimum === null ? null : money(reasons.minimum, currency),
    warnings,
  };
}
