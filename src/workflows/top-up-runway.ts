import type { TopUpRunway } from '../answers/top-up.ts';
import { type Instant, utcDay } from '../decision/time.ts';
import { futures } from '../forecast/forecast.ts';
import { usualRecharge } from '../forecast/usual-recharge.ts';
import { leastToReach, type Spending, worthOf } from '../forecast/worth.ts';
import type { AccountState } from '../ledger/account.ts';
import { money, upToMinorUnit } from '../money/money.ts';
import { forecastQuestion, seedOf } from './forecasts.ts';

/**
 * How long the money lasts without an amount and with it, and the least that lasts until money usually comes in, by the
 * engine that forecasts; null where it is too early.
 */
export function runwayWith(
  state: AccountState | undefined,
  microUnits: bigint,
  now: Instant,
): TopUpRunway | null {
  if (state === undefined) return null;
  const question = forecastQuestion(state, { now, seed: seedOf(utcDay(now)) });
  const ahead = futures(question);
  if (ahead.kind === 'too-early') return null;
  const spending = { ahead, funds: question.funds };
  const { untilWithout: before, until: after, days, certainty } = worthOf(spending, microUnits);
  return { before, after, days, certainty, nextRecharge: nextRecharge(state, spending, now) };
}

/** By what was recharged, else by what was bought: whoever never recharges buys in a rhythm, if in any. */
function nextRecharge(state: AccountState, spending: Spending, now: Instant): TopUpRunway['nextRecharge'] {
  const recharges = state.fundings.filter(({ kind }) => kind === 'recharge');
  const usual = recharges.length === 0 ? state.fundings : recharges;
  const day = usualRecharge(
    usual.map(({ at }) => at),
    now,
  );
  if (day === null) return null;
  return { day, least: upToMinorUnit(money(leastToReach(spending, day), state.currency)) };
}
