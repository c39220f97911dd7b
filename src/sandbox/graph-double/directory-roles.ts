import type { JsonValue } from '../../decision/json.ts';
import { type GraphUser, noSuchResource } from './directory-users.ts';
import { failed, found, type GraphAnswer, type GraphPart, type GraphQuestion } from './graph-answer.ts';
import type { RoleHolding, RoleRegister } from './role-register.ts';

/** Who holds a role: directory roles, unified role assignments, Privileged Identity Management, the group's members. */
export function directoryRoles(users: ReadonlyMap<string, GraphUser>, roles: RoleRegister): GraphPart {
  const register = { users, roles };
  return (question) => {
    const { path } = question;
    const members = membersPath.exec(path)?.[1];
    if (members !== undefined) return directoryRoleMembers(members, register);
    const group = groupPath.exec(path)?.[1];
    if (group !== undefined) return groupMembers(group, register);
    const collection = collectionPath.exec(path)?.[1];
    const rows = collection === undefined ? undefined : collections[collection]?.(register);
    if (rows === undefined) return null;
    return collectionOf(rows, { question, register });
  };
}

/** The one group of the sandbox that roles are assigned to. */
const roleGroup = { id: '5b0e7d1c-92f4-4a63-8d17-c0a9e4b2f835', displayName: 'Telephony operations' };

interface Register {
  readonly users: ReadonlyMap<string, GraphUser>;
  readonly roles: RoleRegister;
}

type Row = Readonly<Record<string, JsonValue>>;

const membersPath = /^\/directoryRoles(?:\/roleTemplateId=|\(roleTemplateId=)'?([0-9a-f-]+)'?\)?\/members$/;
const groupPath = /^\/groups\/([^/]+)\/transitiveMembers\/microsoft\.graph\.user$/;
const collectionPath = /^\/roleManagement\/directory\/(\w+)$/;

const collections: Readonly<Record<string, (register: Register) => readonly Row[]>> = {
  roleAssignments: (register) => [
    ...held('direct', register).map((row) => ({ ...row, resourceScope: '/' })),
    ...groupRoles(register).map((role) => ({ ...assignment(roleGroup.id, role), resourceScope: '/' })),
  ],
  roleAssignmentScheduleInstances: (register) => [
    ...held('direct', register).map((row) => ({ ...row, assignmentType: 'Assigned', memberType: 'Direct' })),
    ...held('group', register).map((row) => ({ ...row, assignmentType: 'Assigned', memberType: 'Group' })),
  ],
  roleEligibilityScheduleInstances: (register) =>
    held('eligible', register).map((row) => ({
      ...row,
      memberType: 'Direct',
      startDateTime: '2026-01-12T14:44:50.287Z',
      endDateTime: null,
    })),
};

function held(how: RoleHolding, { roles }: Register): readonly Row[] {
  return roles.holders(how).map(({ person, role }) => assignment(person, role));
}

function groupRoles({ roles }: Register): readonly string[] {
  return [...new Set(roles.holders('group').map(({ role }) => role))];
}

function assignment(principalId: string, roleDefinitionId: string): Row {
  return {
    id: `${principalId.slice(0, 8)}${roleDefinitionId.slice(0, 8)}-1`,
    principalId,
    roleDefinitionId,
    directoryScopeId: '/',
  };
}

const filterText = /^(roleDefinitionId|principalId) eq '([0-9a-f-]+)'$/;

/** Graph takes one `eq` here and no `or`. */
function collectionOf(
  rows: readonly Row[],
  { question, register }: { readonly question: GraphQuestion; readonly register: Register },
): GraphAnswer {
  const { path, query, versionUrl } = question;
  const filter = query.get('$filter');
  const [, field = '', value] = filterText.exec(filter ?? '') ?? [];
  if (filter !== null && value === undefined)
    return failed(400, 'BadRequest', 'The filter is not supported.');
  const chosen = filter === null ? rows : rows.filter((row) => row[field] === value);
  const isExpanded = query.get('$expand') === 'principal';
  return found({
    '@odata.context': `${versionUrl}/$metadata#${path.slice(1)}`,
    value: isExpanded
      ? chosen.map((row) => ({ ...row, principal: principal(row.principalId, register) }))
      : chosen,
  });
}

function principal(id: JsonValue | undefined, { users }: Register): JsonValue {
  const user = users.get(String(id));
  if (user !== undefined) return directoryObject(user);
  return {
    '@odata.type': '#microsoft.graph.group',
    ...roleGroup,
    isAssignableToRole: true,
    securityEnabled: true,
  };
}

function directoryObject(user: GraphUser): JsonValue {
  return { '@odata.type': '#microsoft.graph.user', ...user };
}

/** A role that was never assigned is not a directory role of the tenant: Graph answers 404, not an empty list. */
function directoryRoleMembers(role: string, register: Register): GraphAnswer {
  if (!register.roles.isActivated(role)) return noSuchResource(role);
  const direct = register.roles.holders('direct').filter((holder) => holder.role === role);
  const isGroupHolder = groupRoles(register).includes(role);
  return found({
    value: [...direct.map(({ person }) => person), ...(isGroupHolder ? [roleGroup.id] : [])].map((id) =>
      principal(id, register),
    ),
  });
}

function groupMembers(group: string, { users, roles }: Register): GraphAnswer {
  if (group !== roleGroup.id) return noSuchResource(group);
  const members = new Set(roles.holders('group').map(({ person }) => person));
  return found({ value: [...members].flatMap((id) => users.get(id) ?? []).map(directoryObject) });
}
