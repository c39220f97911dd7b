import { addDays, type Day, dayMs, type Instant, minuteMs, utcDay } from '../decision/time.ts';
import type { Lateness } from '../forecast/lateness.ts';
import { unreported } from '../forecast/unreported.ts';
import { type AccountState, balance } from '../ledger/account.ts';
import { balanceByDay } from '../ledger/balance-by-day.ts';
import { checks } from '../ledger/check.ts';
import { lots } from '../ledger/lots.ts';
import { worthAsking } from '../ledger/worth-asking.ts';
import { type Money, money } from '../money/money.ts';
import type { BalanceFigures, BalanceLevel } from './answer.ts';
import type { KnownUsage } from './known-usage.ts';

/** An account as it was read, with what is known of the usage behind it. */
export interface AccountView {
  readonly state: AccountState;
  readonly version: number;
  readonly known: KnownUsage;
  /** How late this tenant's calls are first seen; null while too little is learned. */
  readonly lateness: Lateness | null;
}

const trendDays = 30;
const expiryHorizonMs = 60 * dayMs;
/** "Low" until an admin sets a level: money that a usual week would use up. */
const lowDays = 7n;
const usualDays = 28n;
const completeAfterDays = 3;

/** All that a balance card says of one account, as of an instant. */
export function balanceFigures(view: AccountView, now: Instant): BalanceFigures {
  return { ...concluded(view, now), ...view.known, ledgerVersion: view.version };
}

type Concluded = Omit<BalanceFigures, keyof KnownUsage | 'ledgerVersion'>;

/** Many ask at once when something is wrong; within a minute a state has the same figures for all of them. */
const latest = new WeakMap<AccountState, { readonly asOf: string; readonly figures: Concluded }>();

function concluded({ state, lateness }: AccountView, now: Instant): Concluded {
  const asOf = [Math.floor(now / minuteMs), ...(lateness?.callsByLagHour ?? [])].join(' ');
  const known = latest.get(state);
  if (known?.asOf === asOf) return known.figures;
  const figures = conclude(state, lateness, now);
  latest.set(state, { asOf, figures });
  return figures;
}

function conclude(state: AccountState, lateness: Lateness | null, now: Instant): Concluded {
  const inCurrency = (microUnits: bigint): Money => money(microUnits, state.currency);
  const exposure = unreported(state.usageByDay, now, lateness ?? undefined);
  const check = checks(state).at(-1);
  const askFor = worthAsking(
    {
      checkedAt: check?.observation.at ?? null,
      estimate: balance(state).microUnits,
      unreported: exposure,
      lowLevel: lowLevel(state, now),
      recharges: state.fundings.some(({ kind }) => kind === 'recharge'),
    },
    now,
  );
  return {
    currency: state.currency,
    estimate: balance(state),
    confirmed: check === undefined ? null : { amount: check.observation.amount, at: check.observation.at },
    notYetReported: { low: inCurrency(exposure.low), high: inCurrency(exposure.high) },
    chargedCalls: state.chargedCalls,
    // The figure that opened the ledger was checked against nothing.
    lastDrift: check === undefined || check.opening ? null : check.drift,
    level: balanceLevel(state, now),
    ...(askFor === null ? {} : { askFor }),
    trend: balanceByDay(state, trendDaysOf(state, now)),
    expiresNext: expiresNext(state, now),
  };
}

/** Without a figure, so that it may be told in a channel. */
export function balanceLevel(state: AccountState, now: Instant): BalanceLevel {
  const { microUnits } = balance(state);
  if (microUnits <= 0n) return 'empty';
  return microUnits * usualDays <= usualSpend(state, now) * lowDays ? 'low' : 'healthy';
}

function lowLevel(state: AccountState, now: Instant): bigint {
  return (usualSpend(state, now) * lowDays) / usualDays;
}

/** The last days for which there is a balance: before the first funds or figure there are only calls. */
function trendDaysOf(state: AccountState, now: Instant): readonly Day[] {
  const [firstFact] = [...state.fundings, ...state.observations]
    .map(({ at }) => at)
    .sort((left, right) => left - right);
  if (firstFact === undefined) return [];
  const today = utcDay(now);
  const days = Array.from({ length: trendDays }, (_, index) => addDays(today, index + 1 - trendDays));
  return days.filter((day) => day >= utcDay(firstFact));
}

/** What the last four complete weeks cost; a day is complete 48 hours after it ended. */
function usualSpend(state: AccountState, now: Instant): bigint {
  const lastComplete = addDays(utcDay(now), -completeAfterDays);
  let sum = 0n;
  for (let back = 0; back < usualDays; back += 1)
    sum += state.usageByDay.get(addDays(lastComplete, -back)) ?? 0n;
  return sum;
}

function expiresNext(state: AccountState, now: Instant): BalanceFigures['expiresNext'] {
  const next = lots(state, now).find((lot) => lot.remaining > 0n);
  if (next === undefined || next.expiresAt > now + expiryHorizonMs) return null;
  return { amount: money(next.remaining, state.currency), at: next.expiresAt };
}
