import type { TopUpRunway } from '../answers/top-up.ts';
import { type Instant, utcDay } from '../decision/time.ts';
import { worthOf } from '../forecast/worth.ts';
import type { AccountState } from '../ledger/account.ts';
import { forecastQuestion, seedOf } from './forecasts.ts';

/** How long the money lasts without an amount and with it, by the engine that forecasts; null where it is too early. */
export function runwayWith(
  state: AccountState | undefined,
  microUnits: bigint,
  now: Instant,
): TopUpRunway | null {
  if (state === undefined) return null;
  const question = forecastQuestion(state, { now, seed: seedOf(utcDay(now)) });
  const [before, after] = [worthOf(question, 0n), worthOf(question, microUnits)];
  if (before.kind === 'too-early' || after.kind === 'too-early') return null;
  return { before: before.until, after: after.until, days: after.days };
}
