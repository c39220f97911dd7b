import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import { type ForecastAnswer, forecastOutcome } from '../answers/forecast.ts';
import { untilDay } from '../answers/until-day.ts';
import type { TenantId } from '../decision/ids.ts';
import { type Day, dayMs, type Instant, utcDay } from '../decision/time.ts';
import type { Question } from '../language/question.ts';
import { balance } from '../ledger/account.ts';
import { checks } from '../ledger/check.ts';
import { forEligible } from './for-eligible.ts';
import { daysLookedAt, forecastQuestion, seedOf } from './forecasts.ts';
import { knownUsage } from './known-usage.ts';
import type { Ports, Store } from './ports.ts';
import { readSettledBooks } from './settle.ts';

type ForecastAsked = Extract<Question, { readonly intent: 'forecast' }>;

/** @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
export function answerForecast(
  ports: Pick<Ports, 'store' | 'directory' | 'clock' | 'defaultCurrency'>,
  { until }: ForecastAsked,
  asker: Asker,
): Promise<Answer> {
  return forEligible(ports, { asker, intent: 'forecast' }, async () => {
    const now = ports.clock.now();
    const day = until === undefined ? null : untilDay(until, { now, timeZone: asker.timeZone });
    const made = await forecastOf(ports.store, asker.tenant, { now, until: day });
    return made.accounts.length === 0 ? { kind: 'no-account', currency: ports.defaultCurrency } : made;
  });
}

async function forecastOf(
  store: Store,
  tenant: TenantId,
  { now, until }: { readonly now: Instant; readonly until: Day | null },
): Promise<ForecastAnswer> {
  const books = await readSettledBooks(store, tenant, now);
  const seed = seedOf(utcDay(now));
  const states = [...books.accounts.values()].map(({ state }) => state);
  return {
    kind: 'forecast',
    accounts: states
      .sort((left, right) => (left.currency < right.currency ? -1 : 1))
      .map((state) => {
        const check = checks(state).at(-1);
        const { currency } = state;
        return {
          from: {
            currency,
            estimate: balance(state),
            confirmed:
              check === undefined ? null : { amount: check.observation.amount, at: check.observation.at },
          },
          outcome: forecastOutcome({ question: forecastQuestion(state, { now, seed }), currency, until }),
        };
      }),
    ...knownUsage(books, { from: now - daysLookedAt * dayMs, to: now }, now),
  };
}
