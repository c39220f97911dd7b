import { type Day, dayMs, type Instant, startOfDay, utcDay } from '../decision/time.ts';
import type { AccountFacts, Funding, Observation } from './facts.ts';

/** One thing that happened on a UTC day. */
export type Step =
  | { readonly kind: 'funding'; readonly day: Day; readonly funding: Funding }
  | { readonly kind: 'usage'; readonly day: Day; readonly microUnits: bigint }
  | { readonly kind: 'observation'; readonly day: Day; readonly observation: Observation };

/** More calls were counted before an observation than the days hold: a defect of whoever counted. */
export class UsageBelowZero extends Error {
  constructor(day: Day, microUnits: bigint) {
    super(`The usage of a part of ${day} would be ${microUnits} micro-units.`);
    this.name = 'UsageBelowZero';
  }
}

/**
 * The facts in their order. On a day money comes in before calls take it; an observation stands between what was
 * before its instant and what was not, and splits the calls of its day exactly.
 * @throws {UsageBelowZero}
 */
export function* timeline(facts: AccountFacts): Generator<Step> {
  const fundings = queue(facts.fundings);
  const observations = queue(facts.observations);
  let usageToDay = 0n;
  let usageSoFar = 0n;

  for (const day of daysOf(facts)) {
    const dayEnd = startOfDay(day) + dayMs;
    usageToDay += facts.usageByDay.get(day) ?? 0n;

    for (const observation of observations.before(dayEnd)) {
      for (const funding of fundings.before(observation.at)) yield { kind: 'funding', day, funding };
      yield* usage(day, observation.usageBefore - usageSoFar);
      usageSoFar = observation.usageBefore;
      yield { kind: 'observation', day, observation };
    }
    for (const funding of fundings.before(dayEnd)) yield { kind: 'funding', day, funding };
    yield* usage(day, usageToDay - usageSoFar);
    usageSoFar = usageToDay;
  }
}

function daysOf(facts: AccountFacts): readonly Day[] {
  const days = new Set(facts.usageByDay.keys());
  for (const { at } of facts.fundings) days.add(utcDay(at));
  for (const { at } of facts.observations) days.add(utcDay(at));
  return [...days].sort();
}

function* usage(day: Day, microUnits: bigint): Generator<Step> {
  if (microUnits < 0n) throw new UsageBelowZero(day, microUnits);
  if (microUnits > 0n) yield { kind: 'usage', day, microUnits };
}

/** Hands out facts in their order, each once, up to an instant at a time. */
function queue<Fact extends { readonly at: Instant }>(facts: readonly Fact[]) {
  let next = 0;
  return {
    *before(end: Instant): Generator<Fact> {
      for (let fact = facts[next]; fact !== undefined && fact.at < end; fact = facts[next]) {
        next += 1;
        yield fact;
      }
    },
  };
}
