import { ratesMeant } from '../answers/rate-readings.ts';
import type { TenantId } from '../decision/ids.ts';
import { balance } from '../ledger/account.ts';
import type { Currency } from '../money/currency.ts';
import { type CampaignCost, campaignCost, type PlannedCalls } from '../rates/campaign.ts';
import { deckInForce, type RateQuestion, rateAsked } from './answer-rate.ts';
import type { Ports } from './ports.ts';
import { readSettledBooks } from './settle.ts';

/** Calls of a meeting or a campaign: so many to one destination. */
export interface CallsToPlan {
  readonly question: RateQuestion;
  readonly calls: number;
  /** Of one call. */
  readonly seconds: PlannedCalls['seconds'];
}

export type CallsPlanned =
  | { readonly kind: 'planned'; readonly currency: Currency; readonly cost: CampaignCost }
  | { readonly kind: 'no-rates'; readonly currency: Currency };

/**
 * What planned calls cost by the price list in force, each priced as a call is, and what is then left of the balance
 * in its currency. Where a place or a kind of number is open, the cost is a range. @throws {StoreUnavailable}
 */
export async function planCalls(
  ports: Pick<Ports, 'store' | 'clock' | 'defaultCurrency'>,
  tenant: TenantId,
  planned: readonly CallsToPlan[],
): Promise<CallsPlanned> {
  const { deck, currency } = await deckInForce(ports, tenant);
  if (deck === null) return { kind: 'no-rates', currency };
  const books = await readSettledBooks(ports.store, tenant, ports.clock.now());
  const account = books.accounts.get(currency);
  const ratesOf = (question: RateQuestion) => {
    const asked = rateAsked(question);
    return asked === null ? [] : ratesMeant(asked, deck);
  };
  const cost = campaignCost({
    currency,
    planned: planned.map(({ question, calls, seconds }) => ({ rates: ratesOf(question), calls, seconds })),
    balance: account === undefined ? null : balance(account.state),
  });
  return { kind: 'planned', currency, cost };
}
