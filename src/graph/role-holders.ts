import { personId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import { onePerPerson, type RoleHolder, type RoleHoldings } from '../people/role-holder.ts';
import { DirectoryUnavailable, type RoleDirectory } from '../workflows/ports.ts';
import { type GraphClient, inTheBackground, whileSomebodyWaits } from './client.ts';
import { GraphFailed } from './graph-failed.ts';
import { type Principal, PrincipalUsers, type Reading } from './principals.ts';
import { type Assignment, RoleAssignments } from './role-assignments.ts';

/**
 * Who holds a role, directly, through a group, activated, or as one who may activate it. Questions that come together
 * are one reading; what was read is kept by whoever asks.
 */
export function graphRoleHolders(client: GraphClient, now: () => Instant): RoleDirectory {
  const underWay = new Map<string, Promise<RoleHoldings>>();
  return {
    roleHoldings: (tenant, roles, { somebodyWaits }) => {
      const key = [tenant, somebodyWaits, ...roles].join(' ');
      const known = underWay.get(key);
      if (known !== undefined) return known;
      const patience = somebodyWaits ? whileSomebodyWaits : inTheBackground;
      const reading = readHoldings({ client, tenant, patience }, { roles, readAt: now() });
      underWay.set(key, reading);
      return reading.finally(() => underWay.delete(key));
    },
  };
}

/** Graph takes one role a question, and not all questions of a tenant at once. */
const rolesAtATime = 4;

async function readHoldings(
  reading: Reading,
  { roles, readAt }: { readonly roles: readonly string[]; readonly readAt: Instant },
): Promise<RoleHoldings> {
  const assignments = new RoleAssignments(reading);
  const users = new PrincipalUsers(reading);
  try {
    const holders = new Map<string, readonly RoleHolder[]>();
    for (let first = 0; first < roles.length; first += rolesAtATime) {
      const some = roles.slice(first, first + rolesAtATime);
      const found = await Promise.all(some.map(async (role) => holdersOf(await assignments.of(role), users)));
      for (const [index, role] of some.entries()) holders.set(role, found[index] ?? []);
    }
    return { readAt, holders, eligibleKnown: assignments.eligibleKnown };
  } catch (cause) {
    throw cause instanceof GraphFailed ? new DirectoryUnavailable(cause) : cause;
  }
}

async function holdersOf(
  assignments: readonly Assignment[],
  principals: PrincipalUsers,
): Promise<readonly RoleHolder[]> {
  const holders: RoleHolder[] = [];
  for (const assignment of assignments) {
    const { users, isGroup } = await principals.of(assignment.principal);
    const how = isGroup && assignment.how === 'direct' ? 'group' : assignment.how;
    holders.push(...users.flatMap((user) => holder(user, { ...assignment, how })));
  }
  return onePerPerson(holders);
}

function holder(
  user: Principal,
  { how, scope, until }: Pick<Assignment, 'how' | 'scope' | 'until'>,
): readonly RoleHolder[] {
  const person = personId(user.id);
  if (person === null) return [];
  const guestName = user.userPrincipalName?.includes('#EXT#') ?? false;
  return [
    {
      person,
      displayName: user.displayName || user.userPrincipalName || person,
      enabled: user.accountEnabled ?? true,
      guest: user.userType ? user.userType.toLowerCase() === 'guest' : guestName,
      how,
      scope,
      until,
    },
  ];
}
