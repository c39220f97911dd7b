import type { TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { Money } from '../money/money.ts';

/** A figure that an admin read in the admin centre at an instant. */
export interface Check {
  readonly tenant: TenantId;
  readonly observed: Money;
  readonly reason: string | null;
  /** A person's id, or the name of the part that acted, such as `credits reconcile`. */
  readonly by: string;
  readonly byName: string;
  /** When the figure was read. */
  readonly observedAt: Instant;
  /** Now. */
  readonly at: Instant;
  /** From the tap; a repetition of it is told what the first was told. */
  readonly idempotencyKey: string;
}
