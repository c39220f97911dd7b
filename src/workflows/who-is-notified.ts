import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import { whoIsNotified } from '../answers/who-is-notified.ts';
import { conversationsWith } from './conversations.ts';
import { forEligible } from './for-eligible.ts';
import { people } from './people.ts';
import type { Ports } from './ports.ts';
import { chosenRoles } from './role-choice.ts';

/**
 * Names of people are for eligible roles, and in person, as figures are.
 * @throws {DirectoryUnavailable} @throws {StoreUnavailable}
 */
export function answerWhoIsNotified(
  ports: Pick<Ports, 'store' | 'directory' | 'roleDirectory' | 'clock' | 'peopleFreshMs'>,
  asker: Asker,
): Promise<Answer> {
  return forEligible(ports, { asker, intent: 'who_is_notified' }, async () => {
    const [holdings, chosen] = await Promise.all([
      people(ports, asker.tenant),
      chosenRoles(ports.store, asker.tenant),
    ]);
    const held = [...new Set([...holdings.holders.values()].flat().map(({ person }) => person))];
    const conversations = await conversationsWith(ports.store, asker.tenant, held);
    return whoIsNotified(holdings, chosen, conversations);
  });
}
