import type { JsonValue } from '../../decision/json.ts';
import { hourMs, type Instant } from '../../decision/time.ts';
import { type GraphUser, noSuchResource } from './directory-users.ts';
import { failed, type GraphAnswer, type GraphPart, type GraphQuestion, page } from './graph-answer.ts';
import { groupObject, roleGroups } from './role-groups.ts';
import { type HeldRole, isActiveEverywhere, type RoleRegister } from './role-register.ts';

export interface RoleTenant {
  readonly users: ReadonlyMap<string, GraphUser>;
  readonly roles: RoleRegister;
  /** False answers the questions about Privileged Identity Management as a tenant without Entra ID P2 does. */
  readonly isPremium: boolean;
  /** Objects on one page. */
  readonly pageSize: number;
  readonly now: () => Instant;
}

/** Who holds a role: directory roles, unified role assignments, Privileged Identity Management, the groups' members. */
export function directoryRoles(tenant: RoleTenant): GraphPart {
  return (question) => {
    const { path } = question;
    const members = membersPath.exec(path)?.[1];
    if (members !== undefined) return directoryRoleMembers(members, question, tenant);
    const [, group, which] = groupPath.exec(path) ?? [];
    if (group !== undefined) return groupMembers({ group, isDirect: which === 'members' }, question, tenant);
    const collection = collectionPath.exec(path)?.[1] ?? '';
    const rows = collections[collection];
    if (rows === undefined) return null;
    if (premiumCollections.has(collection) && !tenant.isPremium) return notPremium;
    return collectionOf(rows(tenant), question, tenant);
  };
}

type Row = Readonly<Record<string, JsonValue>>;

const membersPath = /^\/directoryRoles(?:\/roleTemplateId=|\(roleTemplateId=)'?([0-9a-f-]+)'?\)?\/members$/;
const groupPath = /^\/groups\/([^/]+)\/(transitiveMembers\/microsoft\.graph\.user|members)$/;
const collectionPath = /^\/roleManagement\/directory\/(\w+)$/;

const premiumCollections: ReadonlySet<string> = new Set([
  'roleAssignmentScheduleInstances',
  'roleEligibilityScheduleInstances',
]);
const notPremium = failed(
  400,
  'AadPremiumLicenseRequired',
  'The tenant needs to have Microsoft Entra ID P2 or Microsoft Entra ID Governance license.',
);

const collections: Readonly<Record<string, (tenant: RoleTenant) => readonly Row[]>> = {
  roleAssignments: (tenant) => assigned(tenant).map(({ row }) => ({ ...row, resourceScope: '/' })),
  roleAssignmentScheduleInstances: (tenant) => [
    ...assigned(tenant).map((each) => instance(each, { memberType: 'Direct', now: tenant.now() })),
    ...members(tenant).map((each) => instance(each, { memberType: 'Group', now: tenant.now() })),
  ],
  roleEligibilityScheduleInstances: (tenant) =>
    principals(tenant)
      .filter(({ held }) => held.standing === 'eligible')
      .map(({ row }) => ({
        ...row,
        memberType: 'Direct',
        startDateTime: '2026-01-12T14:44:50.287Z',
        endDateTime: null,
      })),
};

interface Assigned {
  readonly held: HeldRole;
  readonly row: Row;
}

/** An activation ends by itself. */
const activationMs = 4 * hourMs;

function instance(
  { held, row }: Assigned,
  { memberType, now }: { readonly memberType: 'Direct' | 'Group'; readonly now: Instant },
): Row {
  const isActivated = held.standing === 'activated';
  return {
    ...row,
    assignmentType: isActivated ? 'Activated' : 'Assigned',
    memberType,
    startDateTime: '2026-01-12T14:44:50.287Z',
    endDateTime: isActivated ? new Date(now + activationMs).toISOString() : null,
  };
}

function assigned(tenant: RoleTenant): readonly Assigned[] {
  return principals(tenant).filter(({ held }) => held.standing !== 'eligible');
}

/** Users, applications and groups to which a role was given. */
function principals({ roles }: RoleTenant): readonly Assigned[] {
  const direct = roles.holdings().filter(({ held }) => held.through === 'direct');
  return [
    ...direct.map(({ principal, held }) => ({ held, row: assignment(principal, held) })),
    ...roleGroups(roles).map(({ id, held }) => ({ held, row: assignment(id, held) })),
  ];
}

/** Those for whom a role is active because a group of theirs has it. */
function members({ roles }: RoleTenant): readonly Assigned[] {
  return roles
    .holdings()
    .filter(({ held }) => held.through === 'group' && held.standing !== 'eligible')
    .map(({ principal, held }) => ({ held, row: assignment(principal, held) }));
}

function assignment(principalId: string, { role, scope }: HeldRole): Row {
  return {
    id: `${principalId.slice(0, 8)}${role.slice(0, 8)}-1`,
    principalId,
    roleDefinitionId: role,
    directoryScopeId: scope,
    appScopeId: null,
  };
}

const filterText = /^(roleDefinitionId|principalId) eq '([0-9a-f-]+)'$/;

/** Graph takes one `eq` here and no `or`. */
function collectionOf(rows: readonly Row[], question: GraphQuestion, tenant: RoleTenant): GraphAnswer {
  const { query } = question;
  const filter = query.get('$filter');
  const [, field = '', value] = filterText.exec(filter ?? '') ?? [];
  if (filter !== null && value === undefined)
    return failed(400, 'BadRequest', 'The filter is not supported.');
  const chosen = filter === null ? rows : rows.filter((row) => row[field] === value);
  const isExpanded = query.get('$expand') === 'principal';
  const values = isExpanded
    ? chosen.map((row) => ({ ...row, principal: principalObject(String(row.principalId), tenant) }))
    : chosen;
  return page(values, question, tenant.pageSize);
}

function principalObject(id: string, { users, roles }: RoleTenant): JsonValue {
  const user = users.get(id);
  if (user !== undefined) return userObject(user);
  if (roleGroups(roles).some((group) => group.id === id)) return groupObject(id, true);
  return { '@odata.type': '#microsoft.graph.servicePrincipal', id, displayName: 'Directory sync' };
}

function userObject(user: GraphUser): JsonValue {
  return { '@odata.type': '#microsoft.graph.user', ...user };
}

/** A role that was never assigned is not a directory role of the tenant: Graph answers 404, not an empty list. */
function directoryRoleMembers(role: string, question: GraphQuestion, tenant: RoleTenant): GraphAnswer {
  if (!tenant.roles.isActivated(role)) return noSuchResource(role);
  const ids = principals(tenant)
    .filter(({ held }) => held.role === role && isActiveEverywhere(held))
    .map(({ row }) => String(row.principalId));
  return page(
    ids.map((id) => principalObject(id, tenant)),
    question,
    tenant.pageSize,
  );
}

function groupMembers(
  { group, isDirect }: { readonly group: string; readonly isDirect: boolean },
  question: GraphQuestion,
  { users, roles, pageSize }: RoleTenant,
): GraphAnswer {
  const found = roleGroups(roles).find(({ id, within }) => group === id || group === within);
  if (found === undefined) return noSuchResource(group);
  if (isDirect && group === found.id) return page([groupObject(found.within, false)], question, pageSize);
  return page(found.members.flatMap((id) => users.get(id) ?? []).map(userObject), question, pageSize);
}
