import type { Instant } from '../decision/time.ts';
import { notifiedRoles, roleName, selectableRoles } from '../people/role-catalogue.ts';
import type { RoleChoice } from '../people/role-choice.ts';
import { type RoleHolder, type RoleHoldings, type Standing, standing } from '../people/role-holder.ts';

/** Every holder of every role that counts or that Microsoft mails: for the operator. */
export interface PeopleAnswer {
  /** When the directory was read. */
  readonly asOf: Instant;
  readonly eligibleKnown: boolean;
  readonly roles: readonly RolePeople[];
}

export interface SelectableRole {
  /** Role template id. */
  readonly role: string;
  readonly name: string;
  /** Whether its holders count in the tenant. */
  readonly chosen: boolean;
}

export interface RolePeople extends SelectableRole {
  readonly holders: readonly (RoleHolder & { readonly standing: Standing })[];
}

export function peopleAnswer(
  { readAt, holders, eligibleKnown }: RoleHoldings,
  chosen: RoleChoice,
): PeopleAnswer {
  return {
    asOf: readAt,
    eligibleKnown,
    roles: roleList(chosen)
      .filter(({ role, chosen }) => chosen || notifiedRoles.includes(role))
      .map((role) => ({
        ...role,
        holders: (holders.get(role.role) ?? []).map((holder) => ({ ...holder, standing: standing(holder) })),
      })),
  };
}

/** All roles that a tenant may choose. */
export function roleList(chosen: RoleChoice): readonly SelectableRole[] {
  return selectableRoles.map((role) => ({ role, name: roleName(role), chosen: chosen.has(role) }));
}
