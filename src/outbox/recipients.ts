import type { PersonId, TenantId } from '../decision/ids.ts';
import { personId } from '../decision/ids.ts';
import { recipients } from '../people/recipients.ts';
import type { Directory, RoleDirectory } from '../workflows/ports.ts';
import type { Audience, Recipient } from './message.ts';

/** A directory is not asked for everybody at once. */
const peopleAtATime = 8;

/**
 * Who is told, as the directory says at this moment: nobody whose account is switched off or belongs to another
 * tenant, and nobody who would first have to activate the role.
 * @throws {DirectoryUnavailable}
 */
export async function recipientsOf(
  ports: { readonly directory: Directory; readonly roleDirectory: RoleDirectory },
  tenant: TenantId,
  audience: Audience,
): Promise<readonly Recipient[]> {
  switch (audience.kind) {
    case 'channel':
      return ['channel'];
    case 'roles':
      return holdersOf(ports.roleDirectory, tenant, audience.roles);
    case 'people':
      return thoseThere(ports.directory, tenant, audience.people);
  }
}

async function holdersOf(
  directory: RoleDirectory,
  tenant: TenantId,
  roles: readonly string[],
): Promise<readonly PersonId[]> {
  const holdings = await directory.roleHoldings(tenant, roles, { somebodyWaits: false });
  return recipients(holdings, new Set(roles)).map(({ person }) => person);
}

async function thoseThere(
  directory: Directory,
  tenant: TenantId,
  people: readonly string[],
): Promise<readonly PersonId[]> {
  const ids = [...new Set(people.map(personId))].filter((id) => id !== null);
  const there: PersonId[] = [];
  for (let first = 0; first < ids.length; first += peopleAtATime) {
    const some = ids.slice(first, first + peopleAtATime);
    const found = await Promise.all(some.map((id) => directory.person(tenant, id)));
    there.push(...found.flatMap((person) => (person?.enabled && !person.guest ? [person.id] : [])));
  }
  return there;
}
