import type { SandboxPerson } from '../people.ts';
import type { Employee } from '../usage/offices.ts';
import { failed, found, type GraphAnswer, type GraphPart, select } from './graph-answer.ts';
import roleNames from './role-names.json' with { type: 'json' };
import type { RoleRegister } from './role-register.ts';

/** A user as Graph gives it. */
export interface GraphUser {
  readonly id: string;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly mail: string;
  readonly accountEnabled: boolean;
  readonly userType: 'Member' | 'Guest';
  readonly preferredLanguage: string | null;
  /** Where the user's licences are used; a Calling Plan's pool of minutes goes by it. */
  readonly usageLocation: string | null;
}

/** `/users/{id}` and the roles a user is a member of, directly or through a group. */
export function directoryUsers(users: ReadonlyMap<string, GraphUser>, roles: RoleRegister): GraphPart {
  return ({ path, query, versionUrl }) => {
    const [, key = '', rest] = userPath.exec(path) ?? [];
    if (key === '') return null;
    const user = users.get(key.toLowerCase());
    if (user === undefined) return noSuchResource(key);
    if (rest === undefined) {
      return found({
        '@odata.context': `${versionUrl}/$metadata#users/$entity`,
        ...select({ ...user }, query),
      });
    }
    if (rest !== '/transitiveMemberOf/microsoft.graph.directoryRole') return null;
    return found({
      '@odata.context': `${versionUrl}/$metadata#directoryRoles`,
      value: roles
        .active(user.id)
        .map((roleTemplateId) =>
          select(
            { id: directoryRoleId(roleTemplateId), displayName: roleName(roleTemplateId), roleTemplateId },
            query,
          ),
        ),
    });
  };
}

/** All users by id and by principal name, both in lower case. */
export function usersOf(
  people: readonly SandboxPerson[],
  employees: readonly Employee[],
): ReadonlyMap<string, GraphUser> {
  const users = [...people.map(userOfPerson), ...employees.map(userOfEmployee)];
  return new Map(
    users.flatMap((user) => [user.id, user.userPrincipalName].map((key) => [key.toLowerCase(), user])),
  );
}

/** Graph's 404 for a thing that the tenant does not have. */
export function noSuchResource(id: string): GraphAnswer {
  return failed(
    404,
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
}

const userPath = /^\/users\/([^/]+)(\/.*)?$/;

const nameByTemplate: ReadonlyMap<string, string> = new Map(Object.entries(roleNames));

/** A tenant's own id of an activated role: any GUID other than the template's. */
function directoryRoleId(roleTemplateId: string): string {
  return roleTemplateId.replace(/^.{8}/, 'd1ec7032');
}

function roleName(roleTemplateId: string): string {
  return nameByTemplate.get(roleTemplateId) ?? 'Custom role';
}

function userOfPerson({ id, displayName, userPrincipalName, locale, via }: SandboxPerson): GraphUser {
  return {
    id,
    displayName,
    userPrincipalName,
    mail: userPrincipalName,
    accountEnabled: via !== 'disabled',
    userType: via === 'guest' ? 'Guest' : 'Member',
    preferredLanguage: locale,
    usageLocation: new Intl.Locale(locale).region ?? null,
  };
}

function userOfEmployee({ id, displayName, userPrincipalName, office }: Employee): GraphUser {
  return {
    id,
    displayName,
    userPrincipalName,
    mail: userPrincipalName,
    accountEnabled: true,
    userType: 'Member',
    preferredLanguage: null,
    usageLocation: office.countryCode,
  };
}
