import { createHash } from 'node:crypto';
import type { JsonValue } from '../../decision/json.ts';
import type { HeldRole, Holding, RoleRegister } from './role-register.ts';

/** A group that roles may be assigned to. Its members are in a group within it, as in larger tenants. */
export interface RoleGroup {
  readonly id: string;
  readonly within: string;
  readonly held: HeldRole;
  readonly members: readonly string[];
}

/** One group for each way in which a role is held through a group. */
export function roleGroups(roles: RoleRegister): readonly RoleGroup[] {
  const groups = new Map<string, Holding[]>();
  for (const holding of roles.holdings()) {
    if (holding.held.through !== 'group') continue;
    const id = groupId(holding.held);
    groups.set(id, [...(groups.get(id) ?? []), holding]);
  }
  return [...groups].flatMap(([id, holdings]) => {
    const [first] = holdings;
    if (first === undefined) return [];
    const members = [...new Set(holdings.map(({ principal }) => principal))];
    return [{ id, within: nestedGroupId(id), held: first.held, members }];
  });
}

/** The group as a directory object. */
export function groupObject(id: string, isAssignableToRole: boolean): Readonly<Record<string, JsonValue>> {
  return {
    '@odata.type': '#microsoft.graph.group',
    id,
    displayName: isAssignableToRole ? 'Telephony operations' : 'Telephony operations, all offices',
    isAssignableToRole,
    securityEnabled: true,
  };
}

function groupId({ role, standing, scope }: HeldRole): string {
  return guidOf(`${role} ${standing} ${scope}`);
}

function nestedGroupId(id: string): string {
  return guidOf(`within ${id}`);
}

/** The same text has the same id at every start. */
function guidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
