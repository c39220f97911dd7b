import { readFileSync } from 'node:fs';
import { sandboxTenant } from '../../src/sandbox/people.ts';
import { priceByDeck } from '../../src/sandbox/price-call.ts';
import type { UsageMaking } from '../../src/sandbox/usage-maker.ts';

const deck = readFileSync(new URL('../../src/sandbox/rates.csv', import.meta.url), 'utf8');

/** The sandbox's calls, priced by its own deck. */
export const usageMaking: UsageMaking = {
  seed: 7,
  currency: sandboxTenant.currency,
  price: priceByDeck(deck, sandboxTenant),
};
