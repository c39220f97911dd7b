import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import { whoIsNotified } from '../answers/who-is-notified.ts';
import { notifiedRoles } from '../people/role-holder.ts';
import { forEligible } from './for-eligible.ts';
import type { Ports } from './ports.ts';

/** Names of people are for eligible roles, and in person, as figures are. @throws {DirectoryUnavailable} */
export function answerWhoIsNotified(
  ports: Pick<Ports, 'directory' | 'roleDirectory'>,
  asker: Asker,
): Promise<Answer> {
  return forEligible(ports, { asker, intent: 'who_is_notified' }, async () =>
    whoIsNotified(await ports.roleDirectory.roleHoldings(asker.tenant, notifiedRoles)),
  );
}
