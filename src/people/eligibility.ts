import type { DirectoryPerson } from './directory-person.ts';
import roles from './roles.json' with { type: 'json' };

/**
 * The sixteen roles whose holders Microsoft tells of recharges and low balances ("What are Communications
 * Credits?"); they may ask for figures and check the balance. Compared by template id: legacy tenants return other names.
 */
const eligibleRoles: ReadonlySet<string> = new Set(roles.map((role) => role.roleTemplateId));

export type Eligibility =
  | { readonly eligible: true }
  | { readonly eligible: false; readonly reason: 'unknown-person' | 'disabled' | 'guest' | 'no-role' };

/** Whether a person may see amounts. A role that is only eligible in Privileged Identity Management is not held yet. */
export function eligibility(person: DirectoryPerson | null): Eligibility {
  if (person === null) return { eligible: false, reason: 'unknown-person' };
  if (!person.enabled) return { eligible: false, reason: 'disabled' };
  if (person.guest) return { eligible: false, reason: 'guest' };
  if (!person.roles.some((role) => eligibleRoles.has(role))) return { eligible: false, reason: 'no-role' };
  return { eligible: true };
}
