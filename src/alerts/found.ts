import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import type { AlertFacts } from './alert-facts.ts';
import type { AlertKind } from './kind.ts';
import type { AlertSettings } from './settings.ts';

/** What a condition is judged by, besides what is watched. */
export interface ConditionContext {
  readonly currency: Currency;
  readonly settings: AlertSettings;
  readonly at: Instant;
}

/** How one kind of incident stands, without what is the same for all kinds of a currency. */
export interface Found {
  readonly kind: AlertKind;
  readonly status: ConditionStatus;
  readonly levels?: readonly string[];
  readonly facts?: Partial<AlertFacts>;
}

/** `between`: neither bad enough to begin nor good enough to end. */
export type ConditionStatus = 'firing' | 'between' | 'clear';
