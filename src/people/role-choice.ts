import { z } from 'zod';
import { accepted, type Decider, type Refusal, refused } from '../decision/decider.ts';
import type { JsonValue } from '../decision/json.ts';
import { defaultRoles, selectableRole, selectableRoles } from './role-catalogue.ts';

/** The roles whose holders count in a tenant, by template id: they see amounts, act, and are told. */
export type RoleChoice = ReadonlySet<string>;

export const defaultChoice: RoleChoice = new Set(defaultRoles);

/** Roles by template id or by name, as somebody typed them. */
export interface ChooseRoles {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

export interface RolesChosen {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

export type ChoiceRefused = Refusal & { readonly code: 'unknown-role' | 'no-role-left' };

/**
 * Which roles count. Refuses `unknown-role`, and `no-role-left` where nobody could use the product any more.
 * A choice that stands already comes to nothing.
 */
export const roleChoice: Decider<RoleChoice, ChooseRoles, RolesChosen, ChoiceRefused> = {
  decide(state, { add, remove }) {
    const unknown = [...add, ...remove].find((text) => selectableRole(text) === null);
    if (unknown !== undefined) return refused({ code: 'unknown-role', data: { role: unknown } });

    const [toAdd, toRemove] = [idsOf(add), idsOf(remove)];
    const added = selectableRoles.filter(
      (role) => toAdd.has(role) && !toRemove.has(role) && !state.has(role),
    );
    const removed = selectableRoles.filter((role) => toRemove.has(role) && state.has(role));
    if (added.length + removed.length === 0) return accepted();
    if (state.size + added.length === removed.length) return refused({ code: 'no-role-left' });
    return accepted({ added, removed });
  },
  evolve(state, { added, removed }) {
    const chosen = new Set([...state, ...added]);
    for (const role of removed) chosen.delete(role);
    return chosen;
  },
};

function idsOf(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => selectableRole(text) ?? []));
}

export function storeChoice(choice: RoleChoice): JsonValue {
  return { v: 1, roles: selectableRoles.filter((role) => choice.has(role)) };
}

const stored = z.object({ v: z.literal(1), roles: z.array(z.string()).min(1) });

/** @throws where what is stored has not the shape that this version knows */
export function readChoice(value: JsonValue): RoleChoice {
  return new Set(stored.parse(value).roles);
}
