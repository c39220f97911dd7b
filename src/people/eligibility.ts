import type { DirectoryPerson } from './directory-person.ts';
import type { RoleChoice } from './role-choice.ts';

export type Eligibility =
  | { readonly eligible: true }
  | { readonly eligible: false; readonly reason: 'unknown-person' | 'disabled' | 'guest' | 'no-role' };

/**
 * Whether a person may see amounts and act: an enabled member with a role that the tenant chose. Roles are compared
 * by template id, for legacy tenants return other names. A role that is only eligible in Privileged Identity
 * Management is not held yet.
 */
export function eligibility(person: DirectoryPerson | null, chosen: RoleChoice): Eligibility {
  if (person === null) return { eligible: false, reason: 'unknown-person' };
  if (!person.enabled) return { eligible: false, reason: 'disabled' };
  if (person.guest) return { eligible: false, reason: 'guest' };
  if (!person.roles.some((role) => chosen.has(role))) return { eligible: false, reason: 'no-role' };
  return { eligible: true };
}
