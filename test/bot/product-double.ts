import type { Product } from '../../src/product.ts';

export const now = Date.UTC(2026, 10, 24, 9, 0, 0);

/** A product of which a test says what it does; anything else that is asked of it fails the turn. */
export function productDouble(parts: Partial<Product> = {}): Product {
  return {
    understand: () => ({ question: { intent: 'balance' }, language: 'en' }),
    inConversation: async ({ own }) => own,
    answer: unexpected,
    act: unexpected,
    preferences: async () => ({ language: null }),
    isFirstMeeting: unexpected,
    balances: unexpected,
    forecasts: unexpected,
    recommend: unexpected,
    usage: unexpected,
    explain: unexpected,
    history: unexpected,
    importUsageFile: unexpected,
    importReportedUsage: unexpected,
    rate: unexpected,
    rateDeck: unexpected,
    planCalls: unexpected,
    importRateDeck: unexpected,
    recordFunding: unexpected,
    reconcile: unexpected,
    checkPolicy: unexpected,
    policy: unexpected,
    changePolicy: unexpected,
    tickTopUps: unexpected,
    auditLog: neverAsked,
    verify: unexpected,
    knowsTenant: unexpected,
    ping: async () => undefined,
    now: () => now,
    ...parts,
  };
}

async function unexpected(): Promise<never> {
  throw new Error('The case does not expect this of the product.');
}

function neverAsked(): never {
  throw new Error('The case does not expect this of the product.');
}
