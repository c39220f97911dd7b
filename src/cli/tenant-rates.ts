import type { TenantId } from '../decision/ids.ts';
import { utcDay } from '../decision/time.ts';
import type { Product } from '../product.ts';
import type { RateDeck } from '../rates/rate-deck.ts';
import { sandboxTenant } from '../sandbox/people.ts';
import { sandboxRates } from '../sandbox/world.ts';
import { deckOf } from './rate-deck-file.ts';
import { withProduct } from './with-product.ts';

/**
 * Asks a tenant's price lists. The sandbox's own list is made up and in our hands, so its tenant is answered from it
 * where nothing is stored or no Redis can be had; prices that it really paid are then not told.
 */
export async function withTenantRates<Result>(
  tenant: TenantId,
  asked: {
    readonly ask: (product: Product) => Promise<Result>;
    readonly isMissing: (result: Result) => boolean;
    readonly sandbox: () => Result;
  },
): Promise<Result> {
  if (tenant !== sandboxTenant.id) return withProduct(asked.ask);
  try {
    const result = await withProduct(asked.ask);
    return asked.isMissing(result) ? asked.sandbox() : result;
  } catch (error) {
    if (error instanceof Error && withoutRedis.has(error.name)) return asked.sandbox();
    throw error;
  }
}

const withoutRedis: ReadonlySet<string> = new Set([
  'PortSilent',
  'ProgramMissing',
  'RedisDidNotStart',
  'StoreUnavailable',
]);

export function sandboxDeck(): RateDeck {
  return deckOf(sandboxRates(), { currency: sandboxTenant.currency, effectiveFrom: utcDay(Date.now()) });
}
