import { startOfDay, utcDay } from '../decision/time.ts';
import { rowsIndex } from '../usage/read-models.ts';
import { readRow } from '../usage/stored-known-row.ts';
import type { Check } from './check.ts';
import type { Store } from './ports.ts';

/** The charges of all known calls that started before the figure was read: these are inside it. */
export async function usageBefore(
  store: Store,
  { tenant, observed, observedAt: at }: Check,
  usageByDay: ReadonlyMap<string, bigint>,
): Promise<bigint> {
  const lastDay = utcDay(at);
  const dayStart = startOfDay(lastDay);
  let sum = 0n;
  for (const [day, microUnits] of usageByDay) if (day < lastDay) sum += microUnits;

  // The day itself is split at the instant, by the calls that started in it.
  const ids = await store.members(tenant, rowsIndex(lastDay), { from: dayStart, to: at });
  const rows = await store.records(tenant, 'usage', ids);
  for (const stored of rows.values()) {
    const row = readRow(stored);
    // The index still has calls whose start was corrected to another day.
    const isWithin = row.startedAt >= dayStart && row.startedAt < at;
    if (isWithin && row.ignored === null && row.currency === observed.currency) sum += row.charge;
  }
  return sum;
}
