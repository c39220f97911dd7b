import type { Policy } from '../approvals/policy.ts';
import { policyAsFile, readPolicyFile } from '../approvals/policy-file.ts';
import { handle, type Plan } from '../decision/handle.ts';
import type { TenantId } from '../decision/ids.ts';
import type { Currency } from '../money/currency.ts';
import { bookAudit, changeOf } from './booking.ts';
import { usualCurrency } from './check-policy.ts';
import type { Ports } from './ports.ts';
import { policyChange, policyIn, readTopUpBooks } from './top-up-books.ts';

/** A tenant's policy in one currency, as a file tells it. */
export interface PolicyShown {
  readonly version: number;
  readonly currency: Currency;
  readonly file: ReturnType<typeof policyAsFile>;
}

export type PolicyChanged =
  | { readonly kind: 'changed'; readonly shown: PolicyShown }
  | { readonly kind: 'faults'; readonly faults: readonly string[] };

type PolicyPorts = Pick<Ports, 'store' | 'clock' | 'defaultCurrency'>;

/** Without a currency, that of the account with the most calls. @throws {StoreUnavailable} */
export async function showPolicy(
  { store, defaultCurrency }: PolicyPorts,
  tenant: TenantId,
  currency: Currency | null,
): Promise<PolicyShown> {
  const found = await readTopUpBooks(store, tenant);
  return shown(policyIn(found, currency ?? usualCurrency(found, defaultCurrency)));
}

/**
 * Takes a file as the next version of the policy, for requests from now on: those that are under way keep the one
 * they were born with. @throws {StoreUnavailable}
 */
export async function changePolicy(
  ports: PolicyPorts,
  tenant: TenantId,
  wanted: { readonly file: unknown; readonly currency: Currency | null; readonly actor: string },
): Promise<PolicyChanged> {
  const handled = await handle<PolicyChanged, never>({
    decide: () => decide(ports, tenant, wanted),
    commit: (change) => ports.store.commit(change),
    readOutcome: () => ({ kind: 'faults', faults: [] }),
  });
  return handled.kind === 'done' ? handled.outcome : { kind: 'faults', faults: [handled.refusal.code] };
}

async function decide(
  { store, clock, defaultCurrency }: PolicyPorts,
  tenant: TenantId,
  { file, currency, actor }: Parameters<typeof changePolicy>[2],
): Promise<Plan<PolicyChanged, never>> {
  const found = await readTopUpBooks(store, tenant);
  const of = currency ?? usualCurrency(found, defaultCurrency);
  const read = readPolicyFile(file, policyIn(found, of));
  if (read.kind === 'faults') return { kind: 'nothing', outcome: read };
  const { policy } = read;
  const audited = bookAudit(found.books, {
    at: clock.now(),
    actor,
    type: 'policy.changed',
    subject: `topup-policy:${of}`,
    data: { version: policy.version, policy: policyAsFile(policy) },
  });
  const part = { heads: [policyChange(found, policy)], events: [] };
  return {
    kind: 'change',
    change: changeOf(tenant, [part, audited]),
    outcome: { kind: 'changed', shown: shown(policy) },
  };
}

function shown(policy: Policy): PolicyShown {
  return { version: policy.version, currency: policy.currency, file: policyAsFile(policy) };
}
