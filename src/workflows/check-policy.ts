import { bandOf, type Policy, type RuleName } from '../approvals/policy.ts';
import type { Refusal } from '../decision/decider.ts';
import type { TenantId } from '../decision/ids.ts';
import { type Currency, currency } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import { parseAmount } from '../money/parse-amount.ts';
import roles from '../people/roles.json' with { type: 'json' };
import type { Ports } from './ports.ts';
import { policyIn, readTopUpBooks, type TopUpBooks } from './top-up-books.ts';

/** Who would have to approve an amount; the requester never counts. */
export type PolicyChecked =
  | {
      readonly kind: 'checked';
      readonly amount: Money;
      readonly rule: RuleName;
      /** Each is filled by another person. */
      readonly approvals: readonly ApprovalNeeded[];
      readonly waits: Pick<Policy, 'pendingMs' | 'executeMs' | 'proofMs'>;
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export interface ApprovalNeeded {
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  /** Directory object ids. */
  readonly people: readonly string[];
}

/**
 * What the tenant's policy says of an amount, as an operator types it; without a currency, that of the account with
 * the most calls. Refuses what is no amount of that currency, and what may not be asked for.
 * @throws {StoreUnavailable}
 */
export async function checkPolicy(
  { store, defaultCurrency }: Pick<Ports, 'store' | 'defaultCurrency'>,
  tenant: TenantId,
  asked: { readonly amount: string; readonly currency: string | null },
): Promise<PolicyChecked> {
  const found = await readTopUpBooks(store, tenant);
  const of = asked.currency === null ? usualCurrency(found, defaultCurrency) : currency(asked.currency);
  if (of === null) return { kind: 'refused', refusal: { code: 'unknown-currency' } };
  const parsed = parseAmount(asked.amount, of);
  if (!parsed.ok) return { kind: 'refused', refusal: parsed.refusal };
  const policy = policyIn(found, of);
  const band = bandOf(policy, parsed.amount);
  if (band.kind === 'refused') return band;
  const { pendingMs, executeMs, proofMs } = policy;
  return {
    kind: 'checked',
    amount: parsed.amount,
    rule: band.rule,
    approvals: band.band.seats.map((seat) => ({
      roles: seat.roles.map((id) => ({ id, name: roleNames.get(id) ?? id })),
      people: seat.people,
    })),
    waits: { pendingMs, executeMs, proofMs },
  };
}

const roleNames = new Map(roles.map(({ roleTemplateId, displayName }) => [roleTemplateId, displayName]));

/** That of the account with the most calls, else the one that a ledger would be opened with. */
export function usualCurrency({ books }: Pick<TopUpBooks, 'books'>, otherwise: Currency): Currency {
  const [most] = [...books.accounts.values()].sort(
    (left, right) => right.state.chargedCalls - left.state.chargedCalls,
  );
  return most?.state.currency ?? otherwise;
}
