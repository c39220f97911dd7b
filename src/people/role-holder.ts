import type { PersonId } from '../decision/ids.ts';
import roles from './roles.json' with { type: 'json' };

/** One person's hold on one role. */
export interface RoleHolder {
  readonly person: PersonId;
  readonly displayName: string;
  readonly enabled: boolean;
  readonly guest: boolean;
  /** `eligible`: not active, and to be activated in Privileged Identity Management first. */
  readonly how: 'direct' | 'group' | 'eligible';
}

/** Who holds which role in the whole tenant, by role template id. */
export interface RoleHoldings {
  readonly holders: ReadonlyMap<string, readonly RoleHolder[]>;
  /** False where the tenant does not tell who is eligible, as without Privileged Identity Management. */
  readonly eligibleKnown: boolean;
}

/**
 * The roles whose holders Microsoft tells of recharges and low balances, in the order of its list. Holders of
 * `Microsoft Entra Joined Device Local Administrator` are often many and have little to do with money.
 */
export const notifiedRoles: readonly string[] = roles.map(({ roleTemplateId }) => roleTemplateId);

const offByDefault: ReadonlySet<string> = new Set(['9f06204d-73c1-4d4c-880a-6edb90606fd8']);

/** Whether the product itself would tell the holders of a role, unless an admin chooses otherwise. */
export function isOnByDefault(roleTemplateId: string): boolean {
  return !offByDefault.has(roleTemplateId);
}
