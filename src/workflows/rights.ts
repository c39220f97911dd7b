import type { Asker } from '../answers/asker.ts';
import { type Eligibility, eligibility } from '../people/eligibility.ts';
import type { Ports } from './ports.ts';
import { chosenRoles } from './role-choice.ts';

/**
 * What the asker may see and do, by the directory and by the roles that the tenant chose, and never by what a card
 * says. Before an act the directory is read live: what was read for lists of people counts for nothing here.
 * @throws {DirectoryUnavailable} @throws {StoreUnavailable}
 */
export async function rightsOf(
  { directory, store }: Pick<Ports, 'directory' | 'store'>,
  asker: Pick<Asker, 'tenant' | 'person'>,
  freshness: { readonly live: boolean } = { live: false },
): Promise<Eligibility> {
  if (asker.person === null) return { eligible: false, reason: 'unknown-person' };
  const [person, chosen] = await Promise.all([
    directory.person(asker.tenant, asker.person, freshness),
    chosenRoles(store, asker.tenant),
  ]);
  return eligibility(person, chosen);
}
