import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import { type RecommendAnswer, recommendFigures, unknownFacts } from '../answers/recommend.ts';
import type { TenantId } from '../decision/ids.ts';
import { type Instant, utcDay } from '../decision/time.ts';
import type { TenantFacts } from '../forecast/recommend.ts';
import { forEligible } from './for-eligible.ts';
import { forecastQuestion, seedOf } from './forecasts.ts';
import type { Ports, Store } from './ports.ts';
import { readSettledBooks } from './settle.ts';

/** No source that is asked tells of the contract, and a guess could advise what does harm. */
const untold: TenantFacts = { agreement: null, country: null, agreementCountry: null };

/** @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
export function answerRecommend(
  ports: Pick<Ports, 'store' | 'directory' | 'clock' | 'defaultCurrency'>,
  asker: Asker,
): Promise<Answer> {
  return forEligible(ports, { asker, intent: 'recommend' }, async () => {
    const advised = await recommendation(ports.store, asker.tenant, ports.clock.now());
    return advised.accounts.length === 0 ? { kind: 'no-account', currency: ports.defaultCurrency } : advised;
  });
}

/** For every account; none where the tenant has none. The same day has the same seed. @throws {StoreUnavailable} */
export async function recommendation(store: Store, tenant: TenantId, now: Instant): Promise<RecommendAnswer> {
  const books = await readSettledBooks(store, tenant, now);
  const seed = seedOf(utcDay(now));
  return {
    kind: 'recommend',
    accounts: [...books.accounts.values()]
      .map(({ state }) => state)
      .sort((left, right) => (left.currency < right.currency ? -1 : 1))
      .map((state) =>
        recommendFigures({
          ...forecastQuestion(state, { now, seed }),
          currency: state.currency,
          tenant: untold,
        }),
      ),
    unknown: unknownFacts(untold),
    reportedUntil: books.usage.state.latestStartedAt,
  };
}
