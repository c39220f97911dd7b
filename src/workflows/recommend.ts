import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import { type RecommendAnswer, recommendFigures, unknownFacts } from '../answers/recommend.ts';
import type { TenantId } from '../decision/ids.ts';
import { dayMs, utcDay } from '../decision/time.ts';
import type { TenantFacts } from '../forecast/recommend.ts';
import { forEligible } from './for-eligible.ts';
import { daysLookedAt, forecastQuestion, seedOf } from './forecasts.ts';
import { knownUsage } from './known-usage.ts';
import { DirectoryUnavailable, type Ports } from './ports.ts';
import { readSettledBooks } from './settle.ts';

type RecommendPorts = Pick<Ports, 'store' | 'organisationDirectory' | 'clock'>;

/** @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
export function answerRecommend(
  ports: RecommendPorts & Pick<Ports, 'directory' | 'defaultCurrency'>,
  asker: Asker,
): Promise<Answer> {
  return forEligible(ports, { asker, intent: 'recommend' }, async () => {
    const advised = await recommendation(ports, asker.tenant);
    return advised.accounts.length === 0 ? { kind: 'no-account', currency: ports.defaultCurrency } : advised;
  });
}

/** For every account; none where the tenant has none. The same day has the same seed. @throws {StoreUnavailable} */
export async function recommendation(ports: RecommendPorts, tenant: TenantId): Promise<RecommendAnswer> {
  const now = ports.clock.now();
  const [books, facts] = await Promise.all([
    readSettledBooks(ports.store, tenant, now),
    tenantFacts(ports, tenant),
  ]);
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
          tenant: facts,
        }),
      ),
    unknown: unknownFacts(facts),
    ...knownUsage(books, { from: now - daysLookedAt * dayMs, to: now }, now),
  };
}

/**
 * The contract is told by no source that is asked, and a guess could advise what does harm. Nor is the country worth
 * more than the advice: while the directory is away, it is one thing more that is not known.
 */
async function tenantFacts(
  { organisationDirectory }: Pick<Ports, 'organisationDirectory'>,
  tenant: TenantId,
): Promise<TenantFacts> {
  const country = await organisationDirectory.organisation(tenant).then(
    (organisation) => organisation.country,
    (error: unknown) => {
      if (error instanceof DirectoryUnavailable) return null;
      throw error;
    },
  );
  return { agreement: null, country, agreementCountry: null };
}
