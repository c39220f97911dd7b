import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import { type ExplainAnswer, explainedChange, stoppingServices } from '../answers/explain.ts';
import { comparedPeriod, type DayRange } from '../answers/usage-period.ts';
import type { TenantId } from '../decision/ids.ts';
import { addDays, type Instant, utcDay } from '../decision/time.ts';
import type { Period } from '../language/question.ts';
import type { Currency } from '../money/currency.ts';
import { usageModel } from '../usage/read-models.ts';
import { forEligible } from './for-eligible.ts';
import { scarcePools } from './included-minutes.ts';
import { knownUsage, spanOf } from './known-usage.ts';
import type { Ports, Store } from './ports.ts';
import { readSettledBooks } from './settle.ts';

/**
 * Over the period that was named, else the last days.
 * @throws {StoreUnavailable} @throws {DirectoryUnavailable}
 */
export function answerExplain(
  ports: Pick<Ports, 'store' | 'directory' | 'licenceDirectory' | 'clock' | 'defaultCurrency'>,
  period: Period | undefined,
  asker: Asker,
): Promise<Answer> {
  return forEligible(ports, { asker, intent: 'explain' }, async () => {
    const now = ports.clock.now();
    const days = period && comparedPeriod(period, { now, timeZone: asker.timeZone }).days;
    const [explained, pools] = await Promise.all([
      explanation(ports.store, asker.tenant, { now, ...(days && { days }) }),
      scarcePools(ports, asker.tenant),
    ]);
    return explained.changes.length === 0
      ? { kind: 'no-account', currency: ports.defaultCurrency }
      : { ...explained, pools };
  });
}

const usualDays = 7;
/** Whole weeks, so that no weekday counts more than another. */
const daysThatTellWhatStops = 28;

/**
 * Why the balances changed over some UTC days, the last seven where none are named, and what stops at zero by the
 * calls of the last 28. The books tell nothing of pools. @throws {StoreUnavailable}
 */
export async function explanation(
  store: Store,
  tenant: TenantId,
  { now, days: asked }: { readonly now: Instant; readonly days?: DayRange },
): Promise<ExplainAnswer> {
  const books = await readSettledBooks(store, tenant, now);
  const today = utcDay(now);
  const days = asked ?? { from: addDays(today, 1 - usualDays), to: today };
  const usageDays = { from: addDays(today, 1 - daysThatTellWhatStops), to: today };
  const currencies = [...books.accounts.keys()].sort();
  const [destinations, services] = await Promise.all([
    Promise.all(currencies.map((of) => store.counts(tenant, usageModel('usage', of, 'destination')))),
    Promise.all(currencies.map((of) => store.counts(tenant, usageModel('calls', of, 'service')))),
  ]);
  const changeOf = (currency: Currency, index: number) => {
    const account = books.accounts.get(currency);
    const byDestination = destinations[index] ?? new Map<string, bigint>();
    return account === undefined ? [] : [explainedChange(account.state, { days, byDestination })];
  };
  return {
    kind: 'explain',
    days,
    changes: currencies.flatMap(changeOf),
    usageDays,
    stops: stoppingServices(services, usageDays),
    pools: [],
    ...knownUsage(books, spanOf(days), now),
  };
}
