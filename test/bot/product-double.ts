import type { Product } from '../../src/product.ts';

export const now = Date.UTC(2026, 10, 24, 9, 0, 0);

/** A product of which a test says what it does; anything else that is asked of it fails the turn. */
export function productDouble(parts: Partial<Product> = {}): Product {
  return {
    understand: () => ({ question: { intent: 'balance' }, language: 'en' }),
    inConversation: async ({ own }) => own,
    answer: unexpected,
    answerSpokenRequest: unexpected,
    act: unexpected,
    preferences: async () => ({ language: null }),
    isFirstMeeting: unexpected,
    rememberConversation: async () => undefined,
    deliveries: unexpected,
    reachability: unexpected,
    balances: unexpected,
    forecasts: unexpected,
    recommend: unexpected,
    licenses: unexpected,
    usage: unexpected,
    explain: unexpected,
    history: unexpected,
    importUsageFile: unexpected,
    feedUsage: unexpected,
    crossCheck: unexpected,
    coverage: unexpected,
    quarantine: unexpected,
    retryQuarantined: unexpected,
    discardQuarantined: unexpected,
    rate: unexpected,
    rateDeck: unexpected,
    planCalls: unexpected,
    importRateDeck: unexpected,
    recordFunding: unexpected,
    reconcile: unexpected,
    observeLedger: unexpected,
    tickIncidents: unexpected,
    checkReach: unexpected,
    incident: unexpected,
    incidents: unexpected,
    incidentAnswer: unexpected,
    incidentCharged: unexpected,
    reportEvent: unexpected,
    drill: unexpected,
    drillCertificate: unexpected,
    alertSettings: unexpected,
    changeAlertSettings: unexpected,
    people: unexpected,
    refreshPeople: unexpected,
    roles: unexpected,
    chooseRoles: unexpected,
    checkPolicy: unexpected,
    policy: unexpected,
    changePolicy: unexpected,
    topUpAnswer: unexpected,
    delegationAnswer: unexpected,
    tickTopUps: unexpected,
    digestAnswer: unexpected,
    previewDigest: unexpected,
    sendDigests: unexpected,
    auditLog: neverAsked,
    verify: unexpected,
    doctor: unexpected,
    exportJournal: silence,
    rebuild: unexpected,
    knowsTenant: unexpected,
    vitals: unexpected,
    ping: async () => undefined,
    now: () => now,
    ...parts,
  };
}

async function unexpected(): Promise<never> {
  throw new Error('The case does not expect this of the product.');
}

// biome-ignore lint/correctness/useYield: what is not expected yields nothing
async function* silence(): AsyncGenerator<never> {
  await unexpected();
}

function neverAsked(): never {
  throw new Error('The case does not expect this of the product.');
}
