import type { Day, Instant } from '../decision/time.ts';
import type { Money } from '../money/money.ts';

/** Money that came in: bought once, or by auto-recharge. */
export interface Funding {
  readonly id: string;
  readonly kind: 'purchase' | 'recharge';
  readonly amount: Money;
  readonly at: Instant;
  readonly recordedBy: string;
  /** The order number, where there is one. */
  readonly reference: string | null;
}

/** A balance that an admin read in the admin centre at an instant. */
export interface Observation {
  readonly id: string;
  readonly amount: Money;
  readonly at: Instant;
  /** Micro-units of all known calls that started before {@link at}: these are inside the figure that was read. */
  readonly usageBefore: bigint;
  readonly reason: string | null;
  readonly by: string;
}

/** What happened, as far as it is known; all else in an account is concluded from it. */
export interface AccountFacts {
  /** In the order of `at`, then of id. */
  readonly fundings: readonly Funding[];
  /** In the order of `at`, then of id. */
  readonly observations: readonly Observation[];
  /** Micro-units of the calls that started on a UTC day; days without any are absent. */
  readonly usageByDay: ReadonlyMap<Day, bigint>;
}

interface Dated {
  readonly id: string;
  readonly at: Instant;
}

/** The list with one more fact, in order of time and then of id, so that the order of arrival never shows. */
export function withFact<Fact extends Dated>(known: readonly Fact[], fact: Fact): readonly Fact[] {
  return [...known, fact].sort(byTime);
}

function byTime(left: Dated, right: Dated): number {
  if (left.at !== right.at) return left.at - right.at;
  if (left.id === right.id) return 0;
  return left.id < right.id ? -1 : 1;
}
