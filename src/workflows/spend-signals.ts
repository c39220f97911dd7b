import type { Signal } from '../alerts/signal.ts';
import { destinationClasses, type SpendSeries, spendFindings } from '../alerts/spike.ts';
import type { TenantId } from '../decision/ids.ts';
import { type Day, type Instant, utcDay } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import { deckAt } from '../rates/rate-at.ts';
import type { RateDeck } from '../rates/rate-deck.ts';
import { readUsageField, usageModel } from '../usage/read-models.ts';
import { classesBy } from './destination-class.ts';
import type { Store } from './ports.ts';
import { rateDecks } from './rate-decks.ts';

/** What stands out in the spend of the last days, by user and by class of destinations. */
export async function spendSignals(
  store: Store,
  tenant: TenantId,
  { currency, now }: { readonly currency: Currency; readonly now: Instant },
): Promise<readonly Signal[]> {
  const [byUser, byNumber, decks] = await Promise.all([
    store.counts(tenant, usageModel('usage', currency, 'user')),
    store.counts(tenant, usageModel('usage', currency, 'number')),
    rateDecks(store, tenant),
  ]);
  const deck = deckAt(decks, { currency, at: now });
  const series = [
    ...seriesOf(byUser, (user) => user).map(([id, byDay]) => ({
      subject: 'user' as const,
      id,
      weight: 1,
      byDay,
    })),
    ...classSeries(byNumber, deck),
  ];
  return [{ type: 'spendLooked', currency, findings: spendFindings({ series, today: utcDay(now) }) }];
}

function classSeries(byNumber: ReadonlyMap<string, bigint>, deck: RateDeck | null): readonly SpendSeries[] {
  if (deck === null) return [];
  const classOf = classesBy(deck);
  return seriesOf(byNumber, classOf).map(([id, byDay]) => ({
    subject: 'class' as const,
    id,
    weight: destinationClasses[id],
    byDay,
  }));
}

/** Sums of a read model by what its values come to; calls of nobody are no series. */
function seriesOf<Id extends string>(
  model: ReadonlyMap<string, bigint>,
  idOf: (value: string | null) => Id | null,
): readonly (readonly [Id, ReadonlyMap<Day, bigint>])[] {
  const series = new Map<Id, Map<Day, bigint>>();
  const ids = new Map<string | null, Id | null>();
  for (const [field, microUnits] of model) {
    const { day, value } = readUsageField(field);
    const id = ids.has(value) ? (ids.get(value) ?? null) : idOf(value);
    ids.set(value, id);
    if (id === null) continue;
    const byDay = series.get(id) ?? new Map<Day, bigint>();
    series.set(id, byDay.set(day, (byDay.get(day) ?? 0n) + microUnits));
  }
  return [...series];
}
