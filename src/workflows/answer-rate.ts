import type { Answer } from '../answers/answer.ts';
import type { RateAnswer } from '../answers/rate.ts';
import type { PaidPrice } from '../answers/rate-figures.ts';
import { type RateAsked, rateAnswer } from '../answers/rate-readings.ts';
import type { TenantId } from '../decision/ids.ts';
import { addDays, type Day, type Instant, utcDay } from '../decision/time.ts';
import type { Question } from '../language/question.ts';
import type { Currency } from '../money/currency.ts';
import { deckAt } from '../rates/rate-at.ts';
import type { RateDeck } from '../rates/rate-deck.ts';
import { monthsOf, paidModel, readPaidField } from '../usage/paid-counts.ts';
import type { Ports, Store } from './ports.ts';
import { rateDecks } from './rate-decks.ts';
import { readBooks } from './tenant-books.ts';

export type RateQuestion = Question & { readonly intent: 'rate' };

const paidDays = 90;

/** What calls to a destination cost; asks for the destination where none was understood. */
export async function answerRate(
  ports: Pick<Ports, 'store' | 'clock' | 'defaultCurrency'>,
  question: RateQuestion,
  tenant: TenantId,
): Promise<Answer> {
  const asked = rateAsked(question);
  if (asked === null) return { kind: 'rate-ask' };
  const { deck, currency } = await deckInForce(ports, tenant);
  if (deck === null) return { kind: 'no-rates', currency };

  const to = utcDay(ports.clock.now());
  const from = addDays(to, -paidDays);
  const paid = await paidPrices(ports.store, tenant, { currency, from, to });
  return rateAnswer(asked, { deck, paid, paidSince: from });
}

/** The answer by a price list alone, where there is no tenant whose calls could be looked at. */
export function rateByDeck(question: RateQuestion, deck: RateDeck, now: Instant): RateAnswer | null {
  const asked = rateAsked(question);
  return asked && rateAnswer(asked, { deck, paid: [], paidSince: addDays(utcDay(now), -paidDays) });
}

/** The price list that counts now, in the currency of the tenant's that has one; null where none has. */
export async function deckInForce(
  { store, clock, defaultCurrency }: Pick<Ports, 'store' | 'clock' | 'defaultCurrency'>,
  tenant: TenantId,
): Promise<{ readonly deck: RateDeck | null; readonly currency: Currency }> {
  const currencies = [...(await currenciesOf(store, tenant)), defaultCurrency];
  const decks = await rateDecks(store, tenant);
  for (const currency of currencies) {
    const deck = deckAt(decks, { currency, at: clock.now() });
    if (deck !== null) return { deck, currency };
  }
  return { deck: null, currency: currencies[0] ?? defaultCurrency };
}

/** Null where no destination was understood. */
export function rateAsked(question: RateQuestion): RateAsked | null {
  const { region, alternatives = [], number, destination, numberType, service, minutes } = question;
  if (region === undefined) return null;
  return {
    regions: [region, ...alternatives],
    number: number === undefined ? null : { e164: number, typed: destination ?? number },
    numberType: numberType ?? null,
    service: service ?? null,
    seconds: minutes === undefined ? null : Math.max(1, Math.round(minutes * 60)),
  };
}

/** The currencies of the tenant's accounts, the one with the most charged calls first. */
async function currenciesOf(store: Store, tenant: TenantId): Promise<readonly Currency[]> {
  const { accounts } = await readBooks(store, tenant);
  return [...accounts.values()]
    .map(({ state }) => state)
    .sort((left, right) => right.chargedCalls - left.chargedCalls)
    .map(({ currency }) => currency);
}

async function paidPrices(
  store: Store,
  tenant: TenantId,
  { currency, from, to }: { readonly currency: Currency; readonly from: Day; readonly to: Day },
): Promise<readonly PaidPrice[]> {
  const models = await Promise.all(
    monthsOf({ from, to }).map((month) => store.counts(tenant, paidModel(currency, month))),
  );
  return models.flatMap((model) =>
    [...model].flatMap(([field, calls]) => {
      const { day, direction, digits, perStartedMinute } = readPaidField(field);
      if (day < from || calls <= 0n) return [];
      return [{ direction, digits, perMinute: perStartedMinute, calls: Number(calls) }];
    }),
  );
}
