import type { Answer, BalanceFigures, BalanceReconciledAnswer } from './answers/answer.ts';
import type { Asker } from './answers/asker.ts';
import type { ExplainAnswer } from './answers/explain.ts';
import type { HistoryAnswer } from './answers/history.ts';
import type { LicensesAnswer } from './answers/licenses.ts';
import { type PeopleAnswer, peopleAnswer, roleList, type SelectableRole } from './answers/people.ts';
import type { RecommendAnswer } from './answers/recommend.ts';
import type { UsageAnswer } from './answers/usage.ts';
import type { DayRange } from './answers/usage-period.ts';
import type { AuditEntry } from './decision/audit.ts';
import type { Refusal } from './decision/decider.ts';
import type { Handled } from './decision/handle.ts';
import type { PersonId, TenantId } from './decision/ids.ts';
import type { Instant } from './decision/time.ts';
import type { Forecast } from './forecast/forecast.ts';
import { type Scenario, scenarioRefusal } from './forecast/scenario.ts';
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
import { type Receipt, receipts } from './outbox/deliveries.ts';
import type { Subject } from './outbox/message.ts';
import type { ChoiceRefused } from './people/role-choice.ts';
import type { RateDeck } from './rates/rate-deck.ts';
import { readDeckFile } from './rates/read-deck-file.ts';
import type { QuarantinedItem, QuarantineRefusal } from './usage/quarantine.ts';
import type { Span } from './usage/span.ts';
import { act } from './workflows/act.ts';
import { alertSettingsOf } from './workflows/alert-settings.ts';
import { incidentSays } from './workflows/answer-incident.ts';
import { answerQuestion } from './workflows/answer-question.ts';
import { answerRate, deckInForce, type RateQuestion, rateByDeck } from './workflows/answer-rate.ts';
import { auditLog } from './workflows/audit-log.ts';
import { balances } from './workflows/balances.ts';
import { changePolicy, type PolicyChanged, type PolicyShown, showPolicy } from './workflows/change-policy.ts';
import type { Check } from './workflows/check.ts';
import { checkPolicy, type PolicyChecked } from './workflows/check-policy.ts';
import { type Meeting, rememberConversation } from './workflows/conversations.ts';
import { type CrossCheck, crossCheck } from './workflows/cross-check.ts';
import { type DigestPreview, digestSays, previewDigest } from './workflows/digest-says.ts';
import { examine } from './workflows/doctor/examine.ts';
import type { Facts } from './workflows/doctor/facts.ts';
import type { Finding } from './workflows/doctor/finding.ts';
import { explanation } from './workflows/explain.ts';
import { exportJournal } from './workflows/export-journal.ts';
import { type Fed, feedUsage } from './workflows/feed-usage.ts';
import { firstMeeting } from './workflows/first-meeting.ts';
import { doAbout, type Followed, observeLedger, tickIncidents } from './workflows/follow-incident.ts';
import { type AccountForecast, type ForecastAsked, forecasts } from './workflows/forecasts.ts';
import { ledgerHistory } from './workflows/history.ts';
import { importUsageFile, type UsageImported } from './workflows/import-usage.ts';
import { inConversation, type Said } from './workflows/in-conversation.ts';
import { type Incident, incident, incidents, type ListedIncident } from './workflows/incidents.ts';
import { licencesOf } from './workflows/licenses.ts';
import { lastPeople, type PeopleRead, refreshPeople } from './workflows/people.ts';
import { type CallsPlanned, type CallsToPlan, planCalls } from './workflows/plan-calls.ts';
import { type Ports, StoreUnavailable } from './workflows/ports.ts';
import { type Preferences, preferencesOf } from './workflows/preferences.ts';
import { discardQuarantined, type QuarantineList, quarantineList } from './workflows/quarantine.ts';
import {
  changeCounts,
  type DeckImported,
  type DeckToImport,
  importRateDeck,
} from './workflows/rate-decks.ts';
import { dialledNumber, rateNumber } from './workflows/rate-numbers.ts';
import { type Reachability, reachability } from './workflows/reachability.ts';
import { type JournalToRebuild, type Rebuilt, rebuild } from './workflows/rebuild.ts';
import { recommendation } from './workflows/recommend.ts';
import { reconcile } from './workflows/reconcile.ts';
import { recordFunding } from './workflows/record-funding.ts';
import { type ReportedEvent, reportEvent } from './workflows/report-event.ts';
import { type QuarantineToRetry, type Retried, retryQuarantined } from './workflows/retry-quarantined.ts';
import { chooseRoles, chosenRoles, type RolesToChoose } from './workflows/role-choice.ts';
import { type DigestsSent, sendDigests } from './workflows/send-digests.ts';
import { seriesForecast } from './workflows/series-forecast.ts';
import type { Tap } from './workflows/tap.ts';
import { type Ticked, tickTopUps } from './workflows/tick-top-ups.ts';
import {
  changeToldSettings,
  type SettingsWish,
  type ToldSettings,
  toldSettings,
} from './workflows/told-settings.ts';
import { topUpSays } from './workflows/top-up-says.ts';
import { type UsageCoverage, usageCoverage } from './workflows/usage-coverage.ts';
import { usageReport } from './workflows/usage-report.ts';
import { type Verified, verifyTenant } from './workflows/verify-tenant.ts';

export type { Forecast, ForecastAsked, Meeting, Reachability, Scenario, SeriesFault };
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
  scenarioRefusal,
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
  preferences(asker: Asker): Promise<Pick<Preferences, 'language'>>;
  /** True once a conversation: it is then to be welcomed. @throws {StoreUnavailable} */
  isFirstMeeting(tenant: TenantId, conversationId: string): Promise<boolean>;
  /** Keeps where somebody can be written to. @throws {StoreUnavailable} */
  rememberConversation(meeting: Meeting): Promise<void>;
  /** Who was told of a subject, how, and who was not and why. @throws {StoreUnavailable} */
  deliveries(tenant: TenantId, about: Subject): Promise<readonly Receipt[]>;
  /** Who could be told tonight. @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
  reachability(tenant: TenantId): Promise<Reachability>;
  balances(tenant: TenantId): Promise<readonly BalanceFigures[]>;
  /** When each account runs out, the one with the most calls first; under a scenario, what if. */
  forecasts(tenant: TenantId, asked: ForecastAsked): Promise<readonly AccountForecast[]>;
  /** How auto-recharge is best set, account by account. @throws {StoreUnavailable} */
  recommend(tenant: TenantId): Promise<RecommendAnswer>;
  /** Who lacks a licence, and what is left of included minutes. @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
  licenses(tenant: TenantId): Promise<LicensesAnswer>;
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
  /** Reads on where the tenant's usage was read to, until all that is reported is known. @throws {StoreUnavailable} */
  feedUsage(tenant: TenantId): Promise<Fed>;
  /** What Microsoft's other reports say; null where they are not asked. @throws {StoreUnavailable} */
  crossCheck(tenant: TenantId): Promise<CrossCheck | null>;
  /** Which hours the usage speaks for. @throws {StoreUnavailable} */
  coverage(tenant: TenantId, range: Span): Promise<UsageCoverage>;
  /** Rows and pages that could not be read, masked. @throws {StoreUnavailable} */
  quarantine(tenant: TenantId, wanted: { readonly closedToo: boolean }): Promise<QuarantineList>;
  /** Reads one of them by the present reader and books it. @throws {StoreUnavailable} */
  retryQuarantined(retry: QuarantineToRetry): Promise<Handled<Retried, QuarantineRefusal>>;
  /** Gives one of them up. @throws {StoreUnavailable} */
  discardQuarantined(
    discard: QuarantineToRetry & { readonly reason: string },
  ): Promise<Handled<QuarantinedItem, QuarantineRefusal>>;
  /** What calls cost, with what was really paid: for the operator. @throws {StoreUnavailable} */
  rate(tenant: TenantId, question: RateQuestion): Promise<Answer>;
  /** The price list that counts now; null where the tenant has none. @throws {StoreUnavailable} */
  rateDeck(tenant: TenantId): Promise<RateDeck | null>;
  /** What planned calls cost, and what is then left: for the operator. @throws {StoreUnavailable} */
  planCalls(tenant: TenantId, planned: readonly CallsToPlan[]): Promise<CallsPlanned>;
  importRateDeck(deck: Omit<DeckToImport, 'at'>): Promise<DeckImported>;
  recordFunding(tenant: TenantId, funding: Funding): Promise<Handled<null, Refusal>>;
  reconcile(check: Check): Promise<Handled<BalanceReconciledAnswer, Refusal>>;
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
  alertSettings(tenant: TenantId): Promise<ToldSettings>;
  /** Changes a setting, or undoes the last change within a day. @throws {StoreUnavailable} */
  changeAlertSettings(
    tenant: TenantId,
    told: { readonly wish: SettingsWish; readonly by: string },
  ): Promise<Handled<ToldSettings, Refusal>>;
  /** Who holds which role, as last read; null where nobody was ever read. @throws {StoreUnavailable} */
  people(tenant: TenantId): Promise<PeopleAnswer | null>;
  /**
   * Reads who holds which role anew; what changed is then in the audit log. For whoever does it every so often.
   * @throws {DirectoryUnavailable} @throws {StoreUnavailable}
   */
  refreshPeople(tenant: TenantId): Promise<PeopleRead>;
  /** All roles that a tenant may choose, and whether it did. @throws {StoreUnavailable} */
  roles(tenant: TenantId): Promise<readonly SelectableRole[]>;
  /** Chooses whose holders count, from the next action on. @throws {StoreUnavailable} */
  chooseRoles(wanted: Omit<RolesToChoose, 'at'>): Promise<Handled<readonly SelectableRole[], ChoiceRefused>>;
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
  /** What a request says to a person; null to who may not see it, and in a channel. @throws {StoreUnavailable} */
  topUpAnswer(tenant: TenantId, id: string, person: PersonId | null): Promise<Answer | null>;
  /** What the passing of time does to requests; for a scheduler, every minute. @throws {StoreUnavailable} */
  tickTopUps(tenant: TenantId): Promise<Ticked>;
  /** What a digest says to the person whose it is, by the id of both. @throws {StoreUnavailable} */
  digestAnswer(tenant: TenantId, id: string, person: PersonId | null): Promise<Answer | null>;
  /** What a person would be told now. @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
  previewDigest(tenant: TenantId, person: PersonId): Promise<DigestPreview>;
  /** Decides on the digests whose morning it is; for a scheduler, every few minutes. @throws {StoreUnavailable} */
  sendDigests(tenant: TenantId): Promise<DigestsSent>;
  /** The audit from its first entry on, in batches. @throws {StoreUnavailable} */
  auditLog(tenant: TenantId): AsyncIterable<readonly AuditEntry[]>;
  /** @throws {TenantTooBusy} */
  verify(tenant: TenantId): Promise<Verified>;
  /** Whether all is set up that the product stands on; what does not answer is a finding, and no error. */
  doctor(tenant: TenantId, settings: Pick<Facts, 'usagePollMinutes'>): Promise<readonly Finding[]>;
  /** All facts of a tenant as the text of a journal, in pieces. @throws {StoreUnavailable} @throws {TenantTooBusy} */
  exportJournal(tenant: TenantId): AsyncIterable<string>;
  /** Reads a tenant back from its journal. @throws {StoreUnavailable} @throws {RebuiltMeanwhile} */
  rebuild(journal: JournalToRebuild): Promise<Rebuilt>;
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
    act: async (tap, asker) => {
      const answer = await act(ports, tap, asker);
      const isBooked = answer.kind === 'balance-reconciled' || answer.kind === 'topup';
      return isBooked ? thenObserve(ports, asker.tenant, async () => answer) : answer;
    },
    preferences: async ({ tenant, person }) =>
      person === null ? { language: null } : preferencesOf(store, tenant, person),
    isFirstMeeting: (tenant, conversationId) => firstMeeting(store, tenant, conversationId),
    rememberConversation: (meeting) => rememberConversation(store, meeting, clock.now()),
    deliveries: (tenant, about) => receipts(store, tenant, about),
    reachability: (tenant) => reachability(ports, tenant),
    balances: (tenant) => balances(store, tenant, clock.now()),
    forecasts: (tenant, asked) => forecasts(store, tenant, { ...asked, now: clock.now() }),
    recommend: (tenant) => recommendation(ports, tenant),
    licenses: (tenant) => licencesOf(ports, tenant, 'people'),
    usage: (tenant, wanted) =>
      usageReport(store, tenant, { ...wanted, now: clock.now(), timeZone: 'UTC', numbersMasked: false }),
    explain: (tenant, days) =>
      explanation(store, tenant, { now: clock.now(), ...(days === null ? {} : { days }) }),
    history: (tenant, wanted) => ledgerHistory(store, tenant, wanted),
    importUsageFile: (file) => thenObserve(ports, file.tenant, () => importUsageFile(ports, file)),
    feedUsage: (tenant) => thenObserve(ports, tenant, () => feedUsage(ports, tenant)),
    crossCheck: (tenant) => crossCheck(ports, tenant),
    coverage: (tenant, range) => usageCoverage(store, tenant, { range, now: clock.now() }),
    quarantine: (tenant, wanted) => quarantineList(store, tenant, wanted),
    retryQuarantined: (retry) =>
      thenObserve(ports, retry.tenant, () => retryQuarantined(store, clock, retry)),
    discardQuarantined: (discard) => discardQuarantined(store, { ...discard, at: clock.now() }),
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
    alertSettings: async (tenant) => toldSettings(await alertSettingsOf(ports, tenant)),
    changeAlertSettings: (tenant, told) => changeToldSettings(ports, tenant, told),
    people: async (tenant) => {
      const [holdings, chosen] = await Promise.all([lastPeople(store, tenant), chosenRoles(store, tenant)]);
      return holdings === null ? null : peopleAnswer(holdings, chosen);
    },
    refreshPeople: (tenant) => refreshPeople(ports, tenant),
    roles: async (tenant) => roleList(await chosenRoles(store, tenant)),
    chooseRoles: async (wanted) => {
      const handled = await chooseRoles(store, { ...wanted, at: clock.now() });
      return handled.kind === 'refused' ? handled : { ...handled, outcome: roleList(handled.outcome) };
    },
    checkPolicy: (tenant, asked) => checkPolicy(ports, tenant, asked),
    policy: (tenant, currency) => showPolicy(ports, tenant, currency),
    changePolicy: (tenant, wanted) => changePolicy(ports, tenant, wanted),
    topUpAnswer: topUpSays(ports),
    tickTopUps: (tenant) => tickTopUps(ports, tenant),
    digestAnswer: digestSays(ports),
    previewDigest: (tenant, person) => previewDigest(ports, tenant, person),
    sendDigests: (tenant) => sendDigests(ports, tenant),
    auditLog: (tenant) => auditLog(store, tenant),
    verify: (tenant) => verifyTenant(store, tenant),
    doctor: (tenant, settings) => examine(ports, tenant, settings),
    exportJournal: (tenant) => exportJournal(store, tenant, clock.now()),
    rebuild: (journal) => rebuild(store, journal),
    knowsTenant: (tenant) => store.knowsTenant(tenant),
    ping: () => store.ping(),
    now: () => clock.now(),
  };
}

/**
 * What moved a balance may be an incident, which the next tick finds at the latest: a store that went away in between
 * does not undo what was done.
 */
async function thenObserve<Done extends { readonly kind: string }>(
  ports: Ports,
  tenant: TenantId,
  work: () => Promise<Done>,
): Promise<Done> {
  const done = await work();
  if (done.kind === 'refused') return done;
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
