import { setTimeout as sleep } from 'node:timers/promises';
import { dayMs, type Instant, utcDay } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import { parseAmount } from '../money/parse-amount.ts';
import type { Product } from '../product.ts';
import { type SandboxFunding, sandboxFundings } from './fundings.ts';
import type { SandboxPerson, SandboxTenant } from './people.ts';
import { daysOfUsage, type SandboxCall } from './usage-maker.ts';

/**
 * Brings the made-up tenant up to date as a real one would be: its calls come from Graph's wire, its funds and
 * figures from an administrator. What a former start loaded, and what people did since, stays.
 */
export async function loadTenant(
  product: Product,
  tenant: SandboxTenant,
  world: {
    readonly administrator: SandboxPerson;
    readonly calls: readonly SandboxCall[];
    /** The price list, as CSV. */
    readonly rates: string;
  },
): Promise<void> {
  const now = product.now();
  const accounts = await product.balances(tenant.id);
  await importRates(product, tenant, { csvText: world.rates, actor: world.administrator.id });
  const from = now - daysOfUsage * dayMs;
  await readAllUsage(product, tenant.id);
  // The funds are made to fit one day; a tenant that has an opening figure goes on from it.
  if (accounts.some((account) => account.confirmed !== null)) return;
  for (const funding of sandboxFundings(
    world.calls.filter((call) => call.startedAt >= from),
    now,
  )) {
    await recordFunding(product, funding, { tenant, by: world.administrator, now });
  }
}

/** Another start may be reading the same calls at this moment; it is waited for. */
async function readAllUsage(product: Product, tenant: SandboxTenant['id']): Promise<void> {
  for (;;) {
    const fed = await product.feedUsage(tenant);
    if (fed.kind === 'complete') return;
    if (fed.kind === 'stopped') throw new SandboxNotLoaded(`calls: ${fed.problem.kind}`);
    await sleep(takenOverPauseMs);
  }
}

const takenOverPauseMs = 500;

async function importRates(
  product: Product,
  { id: tenant, currency }: SandboxTenant,
  rates: { readonly csvText: string; readonly actor: string },
): Promise<void> {
  if ((await product.rateDeck(tenant)) !== null) return;
  const unstated = { currency, effectiveFrom: utcDay(product.now()) };
  const imported = await product.importRateDeck({ tenant, ...rates, unstated, apply: true });
  if (imported.kind === 'refused') throw new SandboxNotLoaded(`rates: ${imported.refusal.code}`);
}

async function recordFunding(
  product: Product,
  funding: SandboxFunding,
  { tenant, by, now }: { readonly tenant: SandboxTenant; readonly by: SandboxPerson; readonly now: Instant },
): Promise<void> {
  const amount = amountOf(funding, tenant.currency);
  const { id, kind, at } = funding;
  const recorded =
    kind === 'purchase' || kind === 'recharge'
      ? await product.recordFunding(tenant.id, { id, kind, amount, at, recordedBy: by.id, reference: null })
      : await product.reconcile({
          tenant: tenant.id,
          observed: amount,
          reason: null,
          by: by.id,
          byName: by.displayName,
          observedAt: at,
          at: now,
          idempotencyKey: `sandbox:${id}`,
        });
  if (recorded.kind === 'refused') throw new SandboxNotLoaded(`${kind} ${id}: ${recorded.refusal.code}`);
}

function amountOf(funding: SandboxFunding, currency: Currency): Money {
  const parsed = parseAmount(funding.amount, currency);
  if (!parsed.ok) throw new SandboxNotLoaded(`${funding.id}: ${parsed.refusal.code}`);
  return parsed.amount;
}

/** The made-up facts were refused by the product: one of the two is wrong. */
class SandboxNotLoaded extends Error {
  constructor(what: string) {
    super(`The sandbox's tenant could not be loaded: ${what}.`);
    this.name = 'SandboxNotLoaded';
  }
}
