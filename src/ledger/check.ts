import { type Money, money, subtract } from '../money/money.ts';
import type { AccountState } from './account.ts';
import { type Drift, drift } from './drift.ts';
import type { Observation } from './facts.ts';

/** What a figure read in the admin centre came to. */
export interface Check {
  readonly observation: Observation;
  /** True for the earliest figure of the account: the ledger opens with it, and its drift is from nothing. */
  readonly opening: boolean;
  /** What the ledger says of the same instant without this figure, by all that is known by now. */
  readonly estimateBefore: Money;
  readonly drift: Drift;
}

/**
 * Every figure that was read, the earliest first. A call that started before it and is reported after it explains a
 * part of its drift, so the drift becomes another.
 */
export function checks(state: AccountState): readonly Check[] {
  return state.observations.map((observation, index) => {
    const settled = state.settlements.get(`observation:${observation.id}`)?.microUnits ?? 0n;
    const estimateBefore = subtract(observation.amount, money(settled, state.currency));
    return {
      observation,
      opening: index === 0,
      estimateBefore,
      drift: drift(observation.amount, estimateBefore),
    };
  });
}
