import type { AlertSettings } from '../alerts/settings.ts';
import type { Signal } from '../alerts/signal.ts';
import type { TenantId } from '../decision/ids.ts';
import { dayMs, hourMs, type Instant, utcDay } from '../decision/time.ts';
import { futures } from '../forecast/forecast.ts';
import { reportingLagMs } from '../forecast/history.ts';
import { median } from '../forecast/quantile.ts';
import { probabilityBelow } from '../forecast/runway.ts';
import type { AccountState } from '../ledger/account.ts';
import { forecastQuestion, seedOf } from './forecasts.ts';
import { incidents } from './incidents.ts';
import type { Store } from './ports.ts';

/** Until a tenant has mended a failure: a card that was refused is usually mended within a day. */
const usualMendingMs = dayMs;
/** Older failures say little of who is in charge by now. */
const rememberedMs = 365 * dayMs;
const smallest = 1n;

/** An estimate costs more than all else that is looked at, and changes little within the hour. */
export const runwayEveryMs = hourMs;

/**
 * How likely the balance falls below the trigger, or to nothing where no trigger is known, within the lead time: as
 * long as reports may be late, and as mending takes. None while too little is known.
 */
export function runwaySignals(
  account: AccountState,
  {
    settings,
    now,
    mendingMs,
  }: { readonly settings: AlertSettings; readonly now: Instant; readonly mendingMs: number },
): readonly Signal[] {
  const ahead = futures(forecastQuestion(account, { now, seed: seedOf(utcDay(now)) }));
  if (ahead.kind === 'too-early') return [];
  const below = settings.autoRecharge[account.currency]?.trigger ?? smallest;
  const until = utcDay(now + reportingLagMs + mendingMs);
  const probability = Math.round(probabilityBelow(ahead.balance, below, until) * 10_000);
  return [{ type: 'runwayEstimated', currency: account.currency, probability }];
}

/** How long this tenant takes to mend a failed recharge: the median of the last year. @throws {StoreUnavailable} */
export async function mendingTime(store: Store, tenant: TenantId, now: Instant): Promise<number> {
  const known = await incidents(store, tenant, { from: now - rememberedMs, to: now });
  const mended = known
    .filter(({ episode }) => episode.kind === 'recharge-failed')
    .flatMap(({ episode: { openedAt, resolved } }) => (resolved === null ? [] : [resolved.at - openedAt]));
  return mended.length === 0 ? usualMendingMs : median(mended);
}
