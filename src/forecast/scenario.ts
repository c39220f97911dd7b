import type { Refusal } from '../decision/decider.ts';
import { addDays, type Day } from '../decision/time.ts';
import type { SpendPaths } from './spend-paths.ts';

/** What if: a new site, another price, an event. Never part of the ledger (features C8). */
export interface Scenario {
  /** 1.2 is a fifth more than is expected without it, 0 is nothing. */
  readonly factor: number;
  /** The first day it holds; null from the start. */
  readonly from: Day | null;
  /** The last day it holds; null without an end. */
  readonly until: Day | null;
}

export interface ScenarioRefused extends Refusal {
  readonly code: 'scenario-factor-out-of-range' | 'scenario-ends-before-it-starts';
}

/** More than a hundredfold is a slip of the hand. */
const highestFactor = 100;

/** Refuses, in this order, a factor below 0 or above 100, and an end before the start; null where it may be tried. */
export function scenarioRefusal({ factor, from, until }: Scenario): ScenarioRefused | null {
  if (!(factor >= 0 && factor <= highestFactor))
    return { code: 'scenario-factor-out-of-range', data: { highest: highestFactor } };
  if (from !== null && until !== null && until < from) return { code: 'scenario-ends-before-it-starts' };
  return null;
}

/** The same futures with the change, so that what differs is the change alone: a factor above 1 is never cheaper. */
export function underScenario(paths: SpendPaths, { factor, from, until }: Scenario): SpendPaths {
  const holds = Array.from({ length: paths.days }, (_, index) => {
    const day = addDays(paths.firstDay, index);
    return (from === null || day >= from) && (until === null || day <= until);
  });
  const spends = paths.spends.map((spend, at) =>
    holds[at % paths.days] ? Math.round(spend * factor) : spend,
  );
  return { ...paths, spends };
}
