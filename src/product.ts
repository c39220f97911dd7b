import type { Answer, BalanceFigures } from './answers/answer.ts';
import type { Asker } from './answers/asker.ts';
import type { ExplainAnswer } from './answers/explain.ts';
import type { HistoryAnswer } from './answers/history.ts';
import type { RecommendAnswer } from './answers/recommend.ts';
import type { UsageAnswer } from './answers/usage.ts';
import type { DayRange } from './answers/usage-period.ts';
import type { AuditEntry } from './decision/audit.ts';
import type { Refusal } from './decision/decider.ts';
import type { Handled } from './decision/handle.ts';
import type { TenantId } from './decision/ids.ts';
import type { Instant } from './decision/time.ts';
import type { Forecast } from './forecast/forecast.ts';
import type { SeriesFault } from './forecast/series-file.ts';
import {
  longestCallMinutes,
  type Period,
  periodSchema,
  type Question,
  questionSchema,
} from './language/question.ts';
import { type Understood, understand } from './language/understand.ts';
import type { Funding } from './ledger/facts.ts';
import type { Currency } from './money/currency.ts';
import type { RateDeck } from './rates/rate-deck.ts';
import { readDeckFile } from './rates/read-deck-file.ts';
import { act } from './workflows/act.ts';
import { answerQuestion } from './workflows/answer-question.ts';
import { answerRate, deckInForce, type RateQuestion, rateByDeck } from './workflows/answer-rate.ts';
import { auditLog } from './workflows/audit-log.ts';
import { balances } from './workflows/balances.ts';
import { changePolicy, type PolicyChanged, type PolicyShown, showPolicy } from './workflows/change-policy.ts';
import { checkPolicy, type PolicyChecked } from './workflows/check-policy.ts';
import { explanation } from './workflows/explain.ts';
import { firstMeeting } from './workflows/first-meeting.ts';
import { type AccountForecast, forecasts } from './workflows/forecasts.ts';
import { ledgerHistory } from './workflows/history.ts';
import { importReportedUsage, importUsageFile, type UsageImported } from './workflows/import-usage.ts';
import { inConversation, type Said } from './workflows/in-conversation.ts';
import { type CallsPlanned, type CallsToPlan, planCalls } from './workflows/plan-calls.ts';
import type { Ports } from './workflows/ports.ts';
import { type Preferences, preferencesOf } from './workflows/preferences.ts';
import {
  changeCounts,
  type DeckImported,
  type DeckToImport,
  importRateDeck,
} from './workflows/rate-decks.ts';
import { dialledNumber, rateNumber } from './workflows/rate-numbers.ts';
import { recommendation } from './workflows/recommend.ts';
import { type Check, reconcile } from './workflows/reconcile.ts';
import { recordFunding } from './workflows/record-funding.ts';
import type { UsageRecorded } from './workflows/record-usage.ts';
import { seriesForecast } from './workflows/series-forecast.ts';
import type { Tap } from './workflows/tap.ts';
import { type Ticked, tickTopUps } from './workflows/tick-top-ups.ts';
import { usageReport } from './workflows/usage-report.ts';
import { type Verified, verifyTenant } from './workflows/verify-tenant.ts';

export type { Forecast, SeriesFault };
/** What needs neither socket nor state. */
export {
  changeCounts,
  dialledNumber,
  longestCallMinutes,
  periodSchema,
  type Question,
  questionSchema,
  rateByDeck,
  rateNumber,
  readDeckFile,
  seriesForecast,
  understand,
};

/** All that the product can do. The bot and the command talk to this and to nothing else. */
export interface Product {
  /** What a text asks, by the grammar alone: no socket, no state. */
  understand(text: string, asker: Pick<Asker, 'locale' | 'timeZone'>): Understood;
  /** What a text asks that may lean on the question before it: "and to Japan?" */
  inConversation(said: Said): Promise<Understood>;
  /**
   * The period and the number of a request are what was said beside a question that has no slot for it.
   * @throws {StoreUnavailable} @throws {DirectoryUnavailable}
   */
  answer(question: Question, asker: Asker, period?: Period, request?: number): Promise<Answer>;
  /** Does what a card asks for. @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
  act(tap: Tap, asker: Asker): Promise<Answer>;
  /** What the person chose; nothing where nobody is known. @throws {StoreUnavailable} */
  preferences(asker: Asker): Promise<Preferences>;
  /** True once a conversation: it is then to be welcomed. @throws {StoreUnavailable} */
  isFirstMeeting(tenant: TenantId, conversationId: string): Promise<boolean>;
  balances(tenant: TenantId): Promise<readonly BalanceFigures[]>;
  /** When each account runs out, the one with the most calls first. */
  forecasts(tenant: TenantId, seed: number): Promise<readonly AccountForecast[]>;
  /** How auto-recharge is best set, account by account. @throws {StoreUnavailable} */
  recommend(tenant: TenantId): Promise<RecommendAnswer>;
  /** By UTC days, with whole numbers and names: for the operator. @throws {StoreUnavailable} */
  usage(tenant: TenantId, wanted: Pick<UsageAnswer, 'period' | 'by'>): Promise<UsageAnswer>;
  /** Over the UTC days named, else the last seven. @throws {StoreUnavailable} */
  explain(tenant: TenantId, days: DayRange | null): Promise<ExplainAnswer>;
  /** Entries of the ledger, the latest first; null where there is no such account. @throws {StoreUnavailable} */
  history(
    tenant: TenantId,
    wanted: { readonly limit: number; readonly currency?: Currency },
  ): Promise<HistoryAnswer | null>;
  importUsageFile(file: {
    readonly tenant: TenantId;
    readonly bytes: AsyncIterable<Uint8Array>;
    readonly actor: string;
  }): Promise<UsageImported>;
  /** @throws {UsageSourceUnavailable} */
  importReportedUsage(wanted: {
    readonly tenant: TenantId;
    readonly from: Instant;
    readonly to: Instant;
  }): Promise<UsageRecorded>;
  /** What calls cost, with what was really paid: for the operator. @throws {StoreUnavailable} */
  rate(tenant: TenantId, question: RateQuestion): Promise<Answer>;
  /** The price list that counts now; null where the tenant has none. @throws {StoreUnavailable} */
  rateDeck(tenant: TenantId): Promise<RateDeck | null>;
  /** What planned calls cost, and what is then left: for the operator. @throws {StoreUnavailable} */
  planCalls(tenant: TenantId, planned: readonly CallsToPlan[]): Promise<CallsPlanned>;
  importRateDeck(deck: Omit<DeckToImport, 'at'>): Promise<DeckImported>;
  recordFunding(tenant: TenantId, funding: Funding): Promise<Handled<null, Refusal>>;
  reconcile(check: Check): Promise<Handled<Answer, Refusal>>;
  /** Who would have to approve a top-up of an amount: for the operator. @throws {StoreUnavailable} */
  checkPolicy(
    tenant: TenantId,
    asked: { readonly amount: string; readonly currency: string | null },
  ): Promise<PolicyChecked>;
  /** The policy as a file tells it. @throws {StoreUnavailable} */
  policy(tenant: TenantId, currency: Currency | null): Promise<PolicyShown>;
  /** Takes a file as the policy for requests from now on. @throws {StoreUnavailable} */
  changePolicy(
    tenant: TenantId,
    wanted: { readonly file: unknown; readonly currency: Currency | null; readonly actor: string },
  ): Promise<PolicyChanged>;
  /** What the passing of time does to requests; for a scheduler, every minute. @throws {StoreUnavailable} */
  tickTopUps(tenant: TenantId): Promise<Ticked>;
  /** The audit from its first entry on, in batches. @throws {StoreUnavailable} */
  auditLog(tenant: TenantId): AsyncIterable<readonly AuditEntry[]>;
  /** @throws {TenantTooBusy} */
  verify(tenant: TenantId): Promise<Verified>;
  knowsTenant(tenant: TenantId): Promise<boolean>;
  /** Resolves when the store answers. @throws {StoreUnavailable} */
  ping(): Promise<void>;
  now(): Instant;
}

export function product(ports: Ports): Product {
  const { store, clock } = ports;
  return {
    understand: (text, { locale, timeZone }) =>
      understand(text, { locale, timeZone, now: clock.now(), currency: ports.defaultCurrency }),
    inConversation: (said) => inConversation(ports, said),
    answer: (question, asker, period, request) => answerQuestion(ports, question, asker, { period, request }),
    act: (tap, asker) => act(ports, tap, asker),
    preferences: async ({ tenant, person }) =>
      person === null ? { language: null } : preferencesOf(store, tenant, person),
    isFirstMeeting: (tenant, conversationId) => firstMeeting(store, tenant, conversationId),
    balances: (tenant) => balances(store, tenant, clock.now()),
    forecasts: (tenant, seed) => forecasts(store, tenant, { now: clock.now(), seed }),
    recommend: (tenant) => recommendation(store, tenant, clock.now()),
    usage: (tenant, wanted) =>
      usageReport(store, tenant, { ...wanted, now: clock.now(), timeZone: 'UTC', numbersMasked: false }),
    explain: (tenant, days) =>
      explanation(store, tenant, { now: clock.now(), ...(days === null ? {} : { days }) }),
    history: (tenant, wanted) => ledgerHistory(store, tenant, wanted),
    importUsageFile: (file) => importUsageFile(ports, file),
    importReportedUsage: (wanted) => importReportedUsage(ports, wanted),
    rate: (tenant, question) => answerRate(ports, question, tenant),
    rateDeck: async (tenant) => (await deckInForce(ports, tenant)).deck,
    planCalls: (tenant, planned) => planCalls(ports, tenant, planned),
    importRateDeck: (deck) => importRateDeck(store, { ...deck, at: clock.now() }),
    recordFunding: (tenant, funding) => recordFunding(store, tenant, funding, clock.now()),
    reconcile: (check) => reconcile(store, check),
    checkPolicy: (tenant, asked) => checkPolicy(ports, tenant, asked),
    policy: (tenant, currency) => showPolicy(ports, tenant, currency),
    changePolicy: (tenant, wanted) => changePolicy(ports, tenant, wanted),
    tickTopUps: (tenant) => tickTopUps(ports, tenant),
    auditLog: (tenant) => auditLog(store, tenant),
    verify: (tenant) => verifyTenant(store, tenant),
    knowsTenant: (tenant) => store.knowsTenant(tenant),
    ping: () => store.ping(),
    now: () => clock.now(),
  };
}
