import { InvalidArgumentError, Option } from 'commander';
import { type Day, startOfDay, utcDay } from '../decision/time.ts';
import { type Scenario, scenarioRefusal } from '../product.ts';
import { Refused } from './refused.ts';

/** What if: a new site, another price, an event. */
export interface WhatIfOptions {
  readonly times?: number;
  readonly timesFrom?: Day;
  readonly timesUntil?: Day;
}

export function whatIfOptions(): readonly Option[] {
  return [
    new Option('--times <factor>', 'what if so many times as much were spent; 1.2 is a fifth more').argParser(
      factor,
    ),
    new Option('--times-from <day>', 'the first day of it').argParser(day),
    new Option('--times-until <day>', 'the last day of it').argParser(day),
  ];
}

/** Undefined where nothing is asked. @throws {Refused} where it cannot be tried */
export function scenarioOf({ times, timesFrom, timesUntil }: WhatIfOptions): Scenario | undefined {
  if (times === undefined) return undefined;
  const scenario = { factor: times, from: timesFrom ?? null, until: timesUntil ?? null };
  const refusal = scenarioRefusal(scenario);
  if (refusal === null) return scenario;
  throw new Refused(
    refusal.code,
    refusal.code === 'scenario-ends-before-it-starts'
      ? 'The last day lies before the first. Turn --times-from and --times-until round.'
      : `The factor must be from 0 to ${refusal.data?.highest}.`,
  );
}

function factor(text: string): number {
  if (!/^\d{1,4}(?:\.\d{1,4})?$/.test(text))
    throw new InvalidArgumentError('Give a plain number such as 1.2.');
  return Number(text);
}

function day(text: string): Day {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? startOfDay(text as Day) : Number.NaN;
  if (Number.isNaN(at) || utcDay(at) !== text)
    throw new InvalidArgumentError('Give a day such as 2026-12-24.');
  return utcDay(at);
}
