import type { AlertSettings } from './alerts/settings.ts';
import type { SettingsCommand } from './alerts/settings-change.ts';
import type { Answer, BalanceFigures } from './answers/answer.ts';
import type { Asker } from './answers/asker.ts';
import type { ExplainAnswer } from './answers/explain.ts';
import type { HistoryAnswer } from './answers/history.ts';
import type { RecommendAnswer } from './answers/recommend.ts';
import type { UsageAnswer } from './answers/usage.ts';
import type { DayRange } from './answers/usage-period.ts';
import type { Refusal } from './decision/decider.ts';
import type { Handled } from './decision/handle.ts';
import type { PersonId, TenantId } from './decision/ids.ts';
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
import { act, type Tap } from './workflows/act.ts';
import { alertSettingsOf, changeAlertSettings } from './workflows/alert-settings.ts';
import { incidentSays } from './workflows/answer-incident.ts';
import { answerQuestion } from './workflows/answer-question.ts';
import { answerRate, deckInForce, type RateQuestion, rateByDeck } from './workflows/answer-rate.ts';
import { balances } from './workflows/balances.ts';
import { explanation } from './workflows/explain.ts';
import { firstMeeting } from './workflows/first-meeting.ts';
import { doAbout, type Followed, observeLedger, tickIncidents } from './workflows/follow-incident.ts';
import { type AccountForecast, forecasts } from './workflows/forecasts.ts';
import { ledgerHistory } from './workflows/history.ts';
import { importReportedUsage, importUsageFile, type UsageImported } from './workflows/import-usage.ts';
import { inConversation, type Said } from './workflows/in-conversation.ts';
import { type Incident, incident, incidents, type ListedIncident } from './workflows/incidents.ts';
import { type CallsPlanned, type CallsToPlan, planCalls } from './workflows/plan-calls.ts';
import { type Ports, StoreUnavailable } from './workflows/ports.ts';
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
import { type ReportedEvent, reportEvent } from './workflows/report-event.ts';
import { seriesForecast } from './workflows/series-forecast.ts';
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
   * The period is what was said beside a question that has no slot for it.
   * @throws {StoreUnavailable} @throws {DirectoryUnavailable}
   */
  answer(question: Question, asker: Asker, period?: Period): Promise<Answer>;
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
  /** Brings the incidents to what the ledger says by now; the ids of those that it touched. @throws {StoreUnavailable} */
  observeLedger(tenant: TenantId): Promise<Followed>;
  /** What the passing of time brings to the incidents; to be called every minute. @throws {StoreUnavailable} */
  tickIncidents(tenant: TenantId): Promise<Followed>;
  /** Null where there never was one of that id. @throws {StoreUnavailable} */
  incident(tenant: TenantId, id: string): Promise<Incident | null>;
  /** Those that go on first, then the latest, of those that began within the time. @throws {StoreUnavailable} */
  incidents(
    tenant: TenantId,
    begun: { readonly from: Instant; readonly to: Instant },
  ): Promise<readonly ListedIncident[]>;
  /** What an incident says to a person, or in a channel (null). @throws {StoreUnavailable} */
  incidentAnswer(tenant: TenantId, id: string, person: PersonId | null): Promise<Answer | null>;
  /** A billing event from outside, whose signature was checked. @throws {StoreUnavailable} */
  reportEvent(event: ReportedEvent): Promise<Handled<{ readonly tenant: TenantId }, Refusal>>;
  /** A marked test incident, to try the whole chain; one at a time. @throws {StoreUnavailable} */
  drill(tenant: TenantId, by: string): Promise<Handled<Followed, Refusal>>;
  /** @throws {StoreUnavailable} */
  alertSettings(tenant: TenantId): Promise<AlertSettings>;
  /** Changes settings, or undoes the last change within a day. @throws {StoreUnavailable} */
  changeAlertSettings(
    tenant: TenantId,
    told: { readonly command: SettingsCommand; readonly by: string },
  ): Promise<Handled<AlertSettings, Refusal>>;
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
    answer: (question, asker, period) => answerQuestion(ports, question, asker, period),
    act: async (tap, asker) => {
      const answer = await act(ports, tap, asker);
      const isBooked = answer.kind === 'balance-reconciled';
      return isBooked ? thenObserve(ports, asker.tenant, async () => answer) : answer;
    },
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
    importUsageFile: (file) => thenObserve(ports, file.tenant, () => importUsageFile(ports, file)),
    importReportedUsage: (wanted) =>
      thenObserve(ports, wanted.tenant, () => importReportedUsage(ports, wanted)),
    rate: (tenant, question) => answerRate(ports, question, tenant),
    rateDeck: async (tenant) => (await deckInForce(ports, tenant)).deck,
    planCalls: (tenant, planned) => planCalls(ports, tenant, planned),
    importRateDeck: (deck) => importRateDeck(store, { ...deck, at: clock.now() }),
    recordFunding: (tenant, funding) =>
      thenObserve(ports, tenant, () => recordFunding(store, tenant, funding, clock.now())),
    reconcile: (check) => thenObserve(ports, check.tenant, () => reconcile(store, check)),
    observeLedger: async (tenant) => idsOf(await observeLedger(ports, tenant)),
    tickIncidents: async (tenant) => idsOf(await tickIncidents(ports, tenant)),
    incident: (tenant, id) => incident(store, tenant, id),
    incidents: (tenant, begun) => incidents(store, tenant, begun),
    incidentAnswer: incidentSays(ports),
    reportEvent: async (event) => {
      const reported = await reportEvent(ports, event);
      if (reported.kind === 'refused') return reported;
      return thenObserve(ports, reported.outcome.tenant, async () => reported);
    },
    drill: (tenant, by) => doAbout(ports, tenant, { command: { type: 'drill', by } }),
    alertSettings: (tenant) => alertSettingsOf(ports, tenant),
    changeAlertSettings: (tenant, told) => changeAlertSettings(ports, tenant, told),
    verify: (tenant) => verifyTenant(store, tenant),
    knowsTenant: (tenant) => store.knowsTenant(tenant),
    ping: () => store.ping(),
    now: () => clock.now(),
  };
}

/**
 * What moved a balance may be an incident, which the next tick finds at the latest: a store that went away in between
 * does not undo what was done.
 */
async function thenObserve<Done>(ports: Ports, tenant: TenantId, work: () => Promise<Done>): Promise<Done> {
  const done = await work();
  try {
    await observeLedger(ports, tenant);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
  }
  return done;
}

/** Neither the ledger nor time is ever refused. */
function idsOf(followed: Handled<Followed, Refusal>): Followed {
  return followed.kind === 'done' ? followed.outcome : [];
}
