import { zipSync } from 'fflate';
import type { BalanceReconciledAnswer } from '../../src/answers/answer.ts';
import type { PersonId, TenantId } from '../../src/decision/ids.ts';
import type { Instant } from '../../src/decision/time.ts';
import type { Funding } from '../../src/ledger/facts.ts';
import { toDecimal } from '../../src/money/money.ts';
import type { ReadRow } from '../../src/usage/read-row.ts';
import type { UsageRow } from '../../src/usage/usage-row.ts';
import { balances } from '../../src/workflows/balances.ts';
import type { Check } from '../../src/workflows/check.ts';
import { importUsageFile, type UsageImported } from '../../src/workflows/import-usage.ts';
import type { Store } from '../../src/workflows/ports.ts';
import { reconcile } from '../../src/workflows/reconcile.ts';
import { recordFunding } from '../../src/workflows/record-funding.ts';
import { recordUsage, type UsageRecorded } from '../../src/workflows/record-usage.ts';
import { type Verified, verifyTenant } from '../../src/workflows/verify-tenant.ts';
import { freshTenant } from '../fakes/redis.ts';
import { moneyOf } from '../money/builders.ts';
import { bytesOf, fixture } from '../usage/samples.ts';

/** A day after the last call of the sample files. */
export const now = Date.parse('2026-11-24T12:00:00Z');

export const administrator = '1cddbfb5-9c7b-48e7-9dd7-a240ed516d91' as PersonId;

/** One tenant of a test's own, on the real store, at a time that the test sets. */
export interface TenantUnderTest {
  readonly id: TenantId;
  import(content: string | Uint8Array): Promise<UsageRecorded>;
  tryImport(content: string | Uint8Array): Promise<UsageImported>;
  record(...rows: readonly UsageRow[]): Promise<UsageRecorded>;
  fund(funding: Funding): ReturnType<typeof recordFunding>;
  check(observed: string, told?: Partial<Check>): ReturnType<typeof reconcile>;
  verify(): Promise<Verified>;
  /** Estimates by currency, as decimals, as of an instant. */
  estimates(at?: Instant): Promise<Readonly<Record<string, string>>>;
}

export function tenantUnderTest(store: Store, id: TenantId = freshTenant()): TenantUnderTest {
  const clock = { now: () => now };
  const tryImport: TenantUnderTest['tryImport'] = (content) =>
    importUsageFile({ store, clock }, { tenant: id, bytes: bytesOf(content), actor: 'test' });
  return {
    id,
    tryImport,
    import: async (content) => {
      const imported = await tryImport(content);
      if (imported.kind === 'refused') throw new Error(`refused: ${imported.refusal.code}`);
      return imported.recorded;
    },
    record: (...rows) => recordUsage(store, clock, { tenant: id, batches: oneBatch(rows), actor: 'test' }),
    fund: (funding) => recordFunding(store, id, funding, now),
    check: (observed, told) => reconcile(store, checkOf(id, observed, told)),
    verify: () => verifyTenant(store, id),
    estimates: async (at = now) => {
      const figures = await balances(store, id, at);
      return Object.fromEntries(figures.map(({ currency, estimate }) => [currency, toDecimal(estimate)]));
    },
  };
}

/** A check that is taken, and what its card says. */
export async function checked(
  tenant: TenantUnderTest,
  observed: string,
  told?: Parameters<TenantUnderTest['check']>[1],
): Promise<BalanceReconciledAnswer> {
  const done = await tenant.check(observed, told);
  if (done.kind === 'refused') throw new Error(`refused: ${done.refusal.code}`);
  return done.outcome;
}

function checkOf(tenant: TenantId, observed: string, told: Partial<Check> = {}): Check {
  return {
    tenant,
    observed: moneyOf(observed),
    reason: null,
    by: administrator,
    byName: 'Grace Whitfield',
    observedAt: now,
    at: now,
    idempotencyKey: `tap:${observed}`,
    ...told,
  };
}

export function purchase(told: Partial<Funding> & { readonly id: string }): Funding {
  return {
    kind: 'purchase',
    amount: moneyOf('100'),
    at: Date.parse('2026-09-01T00:00:00Z'),
    recordedBy: administrator,
    reference: null,
    ...told,
  };
}

async function* oneBatch(rows: readonly UsageRow[]): AsyncGenerator<readonly ReadRow[]> {
  yield rows.map((usage, index) => ({ kind: 'row', row: index + 1, usage }));
}

/** The same calls as the export, its ZIP, and Graph's two pages tell of them. */
export const sampleFiles: readonly (readonly [name: string, content: Uint8Array])[] = [
  ['export', fixture('pstn-usage-export.csv')],
  ['archive', zipSync({ 'PSTN.calls.2026-10-01.2026-10-31.csv': fixture('pstn-usage-export.csv') })],
  ['page 1', fixture('pstn-calls-page.json')],
  ['page 2', fixture('pstn-calls-page-2.json')],
];
