import type { Day } from '../decision/time.ts';
import type { Money } from '../money/money.ts';
import type { SeatFigures, TopUpRunway } from './top-up.ts';

/** The form for a request, filled in as far as can be; shown in a personal chat to a holder of an eligible role. */
export interface TopUpFormAnswer {
  readonly kind: 'topup-form';
  /** Made when it opened, so that one form is one request. */
  readonly form: string;
  /** Null for a new request, else the one that is changed and the wish that was shown. */
  readonly changes: { readonly number: number; readonly revision: number } | null;
  readonly currency: string;
  /** The tenant's accounts; one, where it has none yet. */
  readonly currencies: readonly string[];
  readonly balance: Money | null;
  /** Null where none was said and none can be advised. */
  readonly amount: Money | null;
  /** Where the amount comes from. */
  readonly source: 'asked' | 'advised' | 'request' | null;
  /** What a usual month costs; null where too little is known. */
  readonly usualMonth: Money | null;
  readonly runway: TopUpRunway | null;
  /** Who would have to approve that amount; empty where there is none, or it may not be asked for. */
  readonly seats: readonly SeatFigures[];
  readonly today: Day;
  /** What was typed before, where it has to be put right. */
  readonly typed: { readonly amount: string; readonly reason: string; readonly neededBy: string };
  readonly refusal: FormRefusal | null;
}

export interface FormRefusal {
  readonly code: string;
  readonly data: Readonly<Record<string, string | number>>;
}
