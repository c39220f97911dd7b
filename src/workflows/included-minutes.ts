import { type IncludedMinutes, includedMinutes, type MinutePool } from '../answers/included-minutes.ts';
import type { TenantId } from '../decision/ids.ts';
import { addDays, type Day, type Instant, utcDay } from '../decision/time.ts';
import type { Licensing } from '../people/licensed-person.ts';
import { monthOf, monthsOf } from '../usage/paid-counts.ts';
import { poolModel, readPoolField } from '../usage/pool-counts.ts';
import { seedOf } from './forecasts.ts';
import { DirectoryUnavailable, type Ports, type Store } from './ports.ts';
import { readBooks, type TenantBooks } from './tenant-books.ts';

/** Six weeks of complete days, and those of which calls are still to be reported. */
const daysBack = 48;

/** The same day has the same answer. @throws {StoreUnavailable} */
export async function minutesIncluded(
  store: Store,
  tenant: TenantId,
  { licensing, now }: { readonly licensing: Licensing; readonly now: Instant },
): Promise<IncludedMinutes> {
  const today = utcDay(now);
  const months = monthsOf({ from: addDays(today, -daysBack), to: today });
  const [books, models] = await Promise.all([
    readBooks(store, tenant),
    Promise.all(months.map((month) => store.counts(tenant, poolModel(month)))),
  ]);
  return includedMinutes(licensing, {
    models,
    knownSince: firstKnownDay(books, models),
    reportedUntil: books.usage.state.latestStartedAt,
    firstDay: `${monthOf(today)}-01` as Day,
    now,
    seed: seedOf(today),
  });
}

/**
 * The pools that are used up or nearly; none while the directory does not answer: whoever asks for something else is
 * told that without them. @throws {StoreUnavailable}
 */
export async function scarcePools(
  { store, licenceDirectory, clock }: Pick<Ports, 'store' | 'licenceDirectory' | 'clock'>,
  tenant: TenantId,
): Promise<readonly MinutePool[]> {
  try {
    const licensing = await licenceDirectory.licensing(tenant);
    const { pools } = await minutesIncluded(store, tenant, { licensing, now: clock.now() });
    return pools.filter(({ state }) => state === 'exhausted' || state === 'at-80');
  } catch (error) {
    if (error instanceof DirectoryUnavailable) return [];
    throw error;
  }
}

function firstKnownDay(
  { accounts }: TenantBooks,
  models: readonly ReadonlyMap<string, bigint>[],
): Day | null {
  const ofAccounts = [...accounts.values()].flatMap(({ state }) => [...state.usageByDay.keys()]);
  const ofPools = models.flatMap((model) => [...model.keys()].map((field) => readPoolField(field).day));
  return [...ofAccounts, ...ofPools].reduce<Day | null>(
    (first, day) => (first === null || day < first ? day : first),
    null,
  );
}
