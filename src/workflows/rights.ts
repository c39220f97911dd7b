import type { Asker } from '../answers/asker.ts';
import { type Eligibility, eligibility } from '../people/eligibility.ts';
import type { Directory } from './ports.ts';

/**
 * What the asker may see and do, by the directory and never by what a card says.
 * @throws {DirectoryUnavailable}
 */
export async function rightsOf(
  directory: Directory,
  asker: Pick<Asker, 'tenant' | 'person'>,
  freshness: { readonly live: boolean } = { live: false },
): Promise<Eligibility> {
  if (asker.person === null) return { eligible: false, reason: 'unknown-person' };
  return eligibility(await directory.person(asker.tenant, asker.person, freshness));
}
