import { peopleAnswer, roleList } from './answers/people.ts';
import type { Refusal } from './decision/decider.ts';
import type { Handled } from './decision/handle.ts';
import type { TenantId } from './decision/ids.ts';
import { understand } from './language/understand.ts';
import { receipts } from './outbox/deliveries.ts';
import type { Product } from './product.ts';
import { act } from './workflows/act.ts';
import { alertSettingsOf } from './workflows/alert-settings.ts';
import { incidentSays } from './workflows/answer-incident.ts';
import { answerQuestion } from './workflows/answer-question.ts';
import { answerRate, deckInForce } from './workflows/answer-rate.ts';
import { answerSpokenRequest } from './workflows/answer-spoken-request.ts';
import { auditLog } from './workflows/audit-log.ts';
import { balances } from './workflows/balances.ts';
import { changePolicy, showPolicy } from './workflows/change-policy.ts';
import { chargedDuring } from './workflows/charged-while.ts';
import { checkPolicy } from './workflows/check-policy.ts';
import { checkReach } from './workflows/check-reach.ts';
import { rememberConversation } from './workflows/conversations.ts';
import { crossCheck } from './workflows/cross-check.ts';
import { delegationSays } from './workflows/delegation-says.ts';
import { digestSays, previewDigest } from './workflows/digest-says.ts';
import { examine } from './workflows/doctor/examine.ts';
import { drillCertificate } from './workflows/drill-certificate.ts';
import { explanation } from './workflows/explain.ts';
import { exportJournal } from './workflows/export-journal.ts';
import { feedUsage } from './workflows/feed-usage.ts';
import { firstMeeting } from './workflows/first-meeting.ts';
import { doAbout, type Followed, observeLedger, tickIncidents } from './workflows/follow-incident.ts';
import { forecasts } from './workflows/forecasts.ts';
import { ledgerHistory } from './workflows/history.ts';
import { importUsageFile } from './workflows/import-usage.ts';
import { inConversation } from './workflows/in-conversation.ts';
import { episodeNow, incident, incidents } from './workflows/incidents.ts';
import { discardQuarantined } from './workflows/judge-quarantined.ts';
import { licencesOf } from './workflows/licenses.ts';
import { lastPeople, refreshPeople } from './workflows/people.ts';
import { planCalls } from './workflows/plan-calls.ts';
import { type Ports, StoreUnavailable } from './workflows/ports.ts';
import { preferencesOf } from './workflows/preferences.ts';
import { quarantineList } from './workflows/quarantine-list.ts';
import { importRateDeck } from './workflows/rate-decks.ts';
import { reachability } from './workflows/reachability.ts';
import { rebuild } from './workflows/rebuild.ts';
import { recommendation } from './workflows/recommend.ts';
import { reconcile } from './workflows/reconcile.ts';
import { recordFunding } from './workflows/record-funding.ts';
import { reportEvent } from './workflows/report-event.ts';
import { retryQuarantined } from './workflows/retry-quarantined.ts';
import { chooseRoles, chosenRoles } from './workflows/role-choice.ts';
import { sendDigests } from './workflows/send-digests.ts';
import { tickTopUps } from './workflows/tick-top-ups.ts';
import { changeToldSettings, toldSettings } from './workflows/told-settings.ts';
import { topUpSays } from './workflows/top-up-says.ts';
import { usageCoverage } from './workflows/usage-coverage.ts';
import { usageReport } from './workflows/usage-report.ts';
import { verifyTenant } from './workflows/verify-tenant.ts';
import { vitals } from './workflows/vitals.ts';

/** The product, standing on whatever provides what it asks of the outside. */
export function product(ports: Ports): Product {
  const { store, clock } = ports;
  return {
    understand: (text, { locale, timeZone }) =>
      understand(text, { locale, timeZone, now: clock.now(), currency: ports.defaultCurrency }),
    inConversation: (said) => inConversation(ports, said),
    answer: (question, asker, period, request) => answerQuestion(ports, question, asker, { period, request }),
    answerSpokenRequest: (request, asker) => answerSpokenRequest(ports, request, asker),
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
    incidentCharged: async (tenant, id) => {
      const episode = await episodeNow(store, tenant, id);
      return episode && chargedDuring(store, tenant, { episode, now: clock.now() });
    },
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
    digestAnswer: digestSays(ports),
    previewDigest: (tenant, person) => previewDigest(ports, tenant, person),
    sendDigests: (tenant) => sendDigests(ports, tenant),
    delegationAnswer: delegationSays(ports),
    topUpAnswer: topUpSays(ports),
    tickTopUps: (tenant) => tickTopUps(ports, tenant),
    auditLog: (tenant) => auditLog(store, tenant),
    verify: (tenant) => verifyTenant(store, tenant),
    doctor: (tenant, settings) => examine(ports, tenant, settings),
    exportJournal: (tenant) => exportJournal(store, tenant, clock.now()),
    rebuild: (journal) => rebuild(store, journal),
    knowsTenant: (tenant) => store.knowsTenant(tenant),
    vitals: () => vitals(store),
    ping: () => store.ping(),
    checkReach: (tenant) => checkReach(ports, tenant),
    drillCertificate: (tenant, id) => drillCertificate(store, tenant, id),
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
