import type { Answer } from '../answers/answer.ts';
import type { PersonId, TenantId } from '../decision/ids.ts';
import type { Ports } from './ports.ts';
import { rightsOf } from './rights.ts';
import { showTopUp } from './show-top-up.ts';

/**
 * What a request for a top-up says to a person as of now; nothing in a channel, where amounts are not told, and
 * nothing to who holds none of the roles any more.
 * @throws {StoreUnavailable} @throws {DirectoryUnavailable}
 */
export function topUpSays(
  ports: Pick<Ports, 'store' | 'directory' | 'clock'>,
): (tenant: TenantId, id: string, person: PersonId | null) => Promise<Answer | null> {
  return async (tenant, id, person) => {
    if (person === null || !(await rightsOf(ports, { tenant, person })).eligible) return null;
    const asker = { tenant, person, name: '', locale: 'en-US', timeZone: 'UTC', scope: 'personal' } as const;
    const answer = await showTopUp(ports, asker, { number: Number(id), note: null });
    return answer.kind === 'refused' ? null : answer;
  };
}
