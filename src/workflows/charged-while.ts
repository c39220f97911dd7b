import type { Episode } from '../alerts/episode.ts';
import type { Charged } from '../answers/incident.ts';
import type { TenantId } from '../decision/ids.ts';
import { addDays, dayMs, type Instant, startOfDay, utcDay } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { money } from '../money/money.ts';
import { isFunded } from '../usage/known-row.ts';
import { readUsageField, rowsIndex, usageModel } from '../usage/read-models.ts';
import { readRow } from '../usage/stored-known-row.ts';
import type { Store } from './ports.ts';

/** While an incident lasted, or until now where it goes on; null where it is of no currency, or was told only. */
export async function chargedDuring(
  store: Store,
  tenant: TenantId,
  { episode, now }: { readonly episode: Episode; readonly now: Instant },
): Promise<Charged | null> {
  const { currency, openedAt: from, resolved } = episode;
  if (currency === null || resolved?.how === 'told') return null;
  return chargedWhile(store, tenant, { currency, from, until: resolved?.at ?? now });
}

interface Time {
  readonly currency: Currency;
  readonly from: Instant;
  /** Not with it. */
  readonly until: Instant;
}

/**
 * The calls that started within a time, by what is known now. Whole UTC days are read from the sums, and the days
 * that it begins and ends in by their calls. @throws {StoreUnavailable}
 */
export async function chargedWhile(store: Store, tenant: TenantId, time: Time): Promise<Charged> {
  const { currency, from, until } = time;
  const afterFirst = Math.min(until, startOfDay(addDays(utcDay(from), 1)));
  const lastStart = Math.max(afterFirst, startOfDay(utcDay(until)));
  const [first, whole, last] = await Promise.all([
    inPartOfDay(store, tenant, { currency, from, until: afterFirst }),
    inWholeDays(store, tenant, { currency, from: afterFirst, until: lastStart }),
    inPartOfDay(store, tenant, { currency, from: lastStart, until }),
  ]);
  const parts = [first, whole, last];
  return {
    calls: Number(parts.reduce((sum, { calls }) => sum + calls, 0n)),
    spent: money(
      parts.reduce((sum, { charge }) => sum + charge, 0n),
      currency,
    ),
  };
}

interface Sum {
  calls: bigint;
  charge: bigint;
}

async function inPartOfDay(store: Store, tenant: TenantId, { currency, from, until }: Time): Promise<Sum> {
  const sum: Sum = { calls: 0n, charge: 0n };
  if (from >= until) return sum;
  const ids = await store.members(tenant, rowsIndex(utcDay(from)), { from, to: until });
  for (const stored of (await store.records(tenant, 'usage', ids)).values()) {
    const row = readRow(stored);
    // The index still has calls whose start was corrected.
    const isWithin = row.startedAt >= from && row.startedAt < until;
    if (!isWithin || !isFunded(row) || row.currency !== currency) continue;
    sum.calls += 1n;
    sum.charge += row.charge;
  }
  return sum;
}

async function inWholeDays(store: Store, tenant: TenantId, { currency, from, until }: Time): Promise<Sum> {
  if (until - from < dayMs) return { calls: 0n, charge: 0n };
  // By the dimension with the fewest values, for only the sums of days are wanted.
  const [calls, charge] = await Promise.all(
    (['calls', 'usage'] as const).map(async (measure) => {
      let sum = 0n;
      for (const [field, count] of await store.counts(tenant, usageModel(measure, currency, 'call-type'))) {
        const start = startOfDay(readUsageField(field).day);
        if (start >= from && start < until) sum += count;
      }
      return sum;
    }),
  );
  return { calls: calls ?? 0n, charge: charge ?? 0n };
}
