import type { Asker } from '../answers/asker.ts';
import { absentFor, type Delegations } from '../approvals/delegation.ts';
import type { Person, Right } from '../approvals/quorum.ts';
import type { Actor } from '../approvals/top-up-events.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import type { Instant } from '../decision/time.ts';
import type { DirectoryPerson } from '../people/directory-person.ts';
import type { Directory } from './ports.ts';

/** An asker whom the channel names. */
export type KnownAsker = Asker & { readonly person: PersonId };

/**
 * Who acts, with the roles that the directory gives at this moment: their own, and those of people who are absent and
 * chose them. An absent person who lost the role gives none.
 * @throws {DirectoryUnavailable}
 */
export async function actorOf(
  directory: Directory,
  asker: KnownAsker,
  { delegations, at }: { readonly delegations: Delegations; readonly at: Instant },
): Promise<Actor> {
  const { tenant, person: id } = asker;
  const own = await directory.person(tenant, id);
  const person: Person = { id, name: own?.displayName ?? asker.name };
  const absent = absentFor(delegations, id, at);
  const rights = await Promise.all(absent.map((of) => rightOf(directory, tenant, of)));
  return { person, rights: [{ of: person, roles: activeRoles(own) }, ...rights] };
}

async function rightOf(directory: Directory, tenant: TenantId, of: Person): Promise<Right> {
  return { of, roles: activeRoles(await directory.person(tenant, of.id, { live: true })) };
}

function activeRoles(person: DirectoryPerson | null): readonly string[] {
  return person === null || !person.enabled || person.guest ? [] : person.roles;
}
