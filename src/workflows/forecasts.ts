import type { TenantId } from '../decision/ids.ts';
import { type Day, dayMs, type Instant, startOfDay } from '../decision/time.ts';
import { type Forecast, type ForecastQuestion, forecast } from '../forecast/forecast.ts';
import type { Scenario } from '../forecast/scenario.ts';
import { type AccountState, balance } from '../ledger/account.ts';
import { lots } from '../ledger/lots.ts';
import type { Currency } from '../money/currency.ts';
import type { Store } from './ports.ts';
import { readSettledBooks } from './settle.ts';

/** When one account's balance runs out. */
export interface AccountForecast {
  readonly currency: Currency;
  readonly forecast: Forecast;
}

/** A forecast knows of no pattern that is older. */
export const daysLookedAt = 90;

/** The same seed has the same futures. */
export interface ForecastAsked {
  readonly seed: number;
  /** What if: never a part of the ledger. */
  readonly scenario?: Scenario;
}

/** A forecast of every account, the one with the most calls first; the same seed has the same answer. */
export async function forecasts(
  store: Store,
  tenant: TenantId,
  { now, seed, scenario }: ForecastAsked & { readonly now: Instant },
): Promise<readonly AccountForecast[]> {
  const books = await readSettledBooks(store, tenant, now);
  return [...books.accounts.values()]
    .map(({ state }) => state)
    .sort((left, right) => right.chargedCalls - left.chargedCalls)
    .map((state) => ({
      currency: state.currency,
      forecast: forecast({ ...forecastQuestion(state, { now, seed }), ...(scenario && { scenario }) }),
    }));
}

/** The same day has the same futures, so that whoever asks twice has one answer. */
export function seedOf(day: Day): number {
  return startOfDay(day) / dayMs;
}

export function forecastQuestion(
  state: AccountState,
  { now, seed }: { readonly now: Instant; readonly seed: number },
): ForecastQuestion {
  return {
    usageByDay: state.usageByDay,
    funds: {
      balance: balance(state).microUnits,
      lots: lots(state, now)
        .filter((lot) => lot.remaining > 0n)
        .map((lot) => ({ amount: lot.remaining, expiresAt: lot.expiresAt })),
      // Nobody told of auto-recharge, and a forecast that counts on it would hide that it failed.
      autoRecharge: null,
    },
    now,
    seed,
  };
}
