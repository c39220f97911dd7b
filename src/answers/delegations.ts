import type { Instant } from '../decision/time.ts';
import type { FormRefusal } from './top-up-form.ts';

/** Who acts for whom, and a form for more; shown in a personal chat to a holder of an eligible role. */
export interface DelegationsAnswer {
  readonly kind: 'delegations';
  readonly known: readonly {
    readonly from: string;
    readonly to: string;
    readonly start: Instant;
    /** The first instant at which it counts no more. */
    readonly end: Instant;
    /** Names it where the asker may take it back; null for others. */
    readonly withdraw: string | null;
  }[];
  /** Who may act for somebody. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** Whose absence the asker may arrange besides their own; empty for most. */
  readonly absent: readonly { readonly id: string; readonly name: string }[];
  readonly typed: Readonly<Record<string, string>>;
  readonly refusal: FormRefusal | null;
  /** True where the last tap recorded one. */
  readonly recorded: boolean;
}
