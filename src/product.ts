import type { Answer, BalanceFigures, BalanceReconciledAnswer } from './answers/answer.ts';
import type { Asker } from './answers/asker.ts';
import type { ExplainAnswer } from './answers/explain.ts';
import type { HistoryAnswer } from './answers/history.ts';
import type { Charged } from './answers/incident.ts';
import type { LicensesAnswer } from './answers/licenses.ts';
import type { PeopleAnswer, SelectableRole } from './answers/people.ts';
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
import { requestOf, type SpokenRequest, spokenRequests } from './language/request.ts';
import { type Understood, understand } from './language/understand.ts';
import type { Funding } from './ledger/facts.ts';
import type { Currency } from './money/currency.ts';
import type { Receipt } from './outbox/deliveries.ts';
import type { Subject } from './outbox/message.ts';
import type { ChoiceRefused } from './people/role-choice.ts';
import type { RateDeck } from './rates/rate-deck.ts';
import { readDeckFile } from './rates/read-deck-file.ts';
import type { QuarantinedItem, QuarantineRefusal } from './usage/quarantine.ts';
import type { Span } from './usage/span.ts';
import { type RateQuestion, rateByDeck } from './workflows/answer-rate.ts';
import type { PolicyChanged, PolicyShown } from './workflows/change-policy.ts';
import type { Check } from './workflows/check.ts';
import type { PolicyChecked } from './workflows/check-policy.ts';
import type { Meeting } from './workflows/conversations.ts';
import type { CrossCheck } from './workflows/cross-check.ts';
import type { DigestPreview } from './workflows/digest-says.ts';
import type { Facts } from './workflows/doctor/facts.ts';
import type { Finding } from './workflows/doctor/finding.ts';
import type { DrillCertificate } from './workflows/drill-certificate.ts';
import type { Fed } from './workflows/feed-usage.ts';
import type { Followed } from './workflows/follow-incident.ts';
import type { AccountForecast, ForecastAsked } from './workflows/forecasts.ts';
import type { UsageImported } from './workflows/import-usage.ts';
import type { Said } from './workflows/in-conversation.ts';
import type { Incident, ListedIncident } from './workflows/incidents.ts';
import type { PeopleRead } from './workflows/people.ts';
import type { CallsPlanned, CallsToPlan } from './workflows/plan-calls.ts';
import type { Preferences } from './workflows/preferences.ts';
import type { QuarantineList } from './workflows/quarantine-list.ts';
import { changeCounts, type DeckImported, type DeckToImport } from './workflows/rate-decks.ts';
import { dialledNumber, rateNumber } from './workflows/rate-numbers.ts';
import type { Reachability } from './workflows/reachability.ts';
import type { JournalToRebuild, Rebuilt } from './workflows/rebuild.ts';
import type { ReportedEvent } from './workflows/report-event.ts';
import type { QuarantineToRetry, Retried } from './workflows/retry-quarantined.ts';
import type { RolesToChoose } from './workflows/role-choice.ts';
import type { DigestsSent } from './workflows/send-digests.ts';
import { seriesForecast } from './workflows/series-forecast.ts';
import type { Tap } from './workflows/tap.ts';
import type { Ticked } from './workflows/tick-top-ups.ts';
import type { SettingsWish, ToldSettings } from './workflows/told-settings.ts';
import type { UsageCoverage } from './workflows/usage-coverage.ts';
import type { Verified } from './workflows/verify-tenant.ts';
import type { Vitals } from './workflows/vitals.ts';

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
  requestOf,
  scenarioRefusal,
  seriesForecast,
  spokenRequests,
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
  /** What is said to a request that is no question; it changes nothing. @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
  answerSpokenRequest(request: SpokenRequest, asker: Asker): Promise<Answer>;
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
  /** Looks once a day at who could be told. @throws {StoreUnavailable} @throws {DirectoryUnavailable} */
  checkReach(tenant: TenantId): Promise<Followed>;
  /** Null where there never was one of that id. @throws {StoreUnavailable} */
  incident(tenant: TenantId, id: string): Promise<Incident | null>;
  /** The calls that were charged while it lasted; null where it is of no currency. @throws {StoreUnavailable} */
  incidentCharged(tenant: TenantId, id: string): Promise<Charged | null>;
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
  /** What the audit keeps of a drill that is over, of the last one where none is named; null where there is none. */
  drillCertificate(tenant: TenantId, id: string | null): Promise<DrillCertificate | null>;
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
  /** What a delegation says to the delegate; null where there is nothing to say. */
  delegationAnswer(tenant: TenantId, id: string, person: PersonId | null): Promise<Answer | null>;
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
  /** How the product is over all tenants, for whoever watches it. @throws {StoreUnavailable} */
  vitals(): Promise<Vitals>;
  /** Resolves when the store answers. @throws {StoreUnavailable} */
  ping(): Promise<void>;
  now(): Instant;
}
