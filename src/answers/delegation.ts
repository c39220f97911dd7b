import type { Instant } from '../decision/time.ts';

/** Told to whoever acts for somebody, and told again where that was taken back. */
export interface DelegationAnswer {
  readonly kind: 'delegation';
  /** Who is absent. */
  readonly from: string;
  readonly start: Instant;
  /** The first instant at which it counts no more. */
  readonly end: Instant;
  readonly withdrawn: boolean;
}
