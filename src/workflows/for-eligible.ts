import type { Answer } from '../answers/answer.ts';
import type { Asker } from '../answers/asker.ts';
import type { InPersonAnswer } from '../answers/in-person.ts';
import type { Ports } from './ports.ts';
import { rightsOf } from './rights.ts';

/**
 * Lets an answer with figures be made for holders of an eligible role alone, and only in person; where others read
 * along, the answer is the way to one's own chat.
 * @throws {DirectoryUnavailable} @throws {StoreUnavailable}
 */
export async function forEligible(
  ports: Pick<Ports, 'directory' | 'store'>,
  { asker, intent }: { readonly asker: Asker; readonly intent: InPersonAnswer['intent'] },
  figures: () => Promise<Answer>,
): Promise<Answer> {
  const rights = await rightsOf(ports, asker);
  if (!rights.eligible) return { kind: 'not-eligible', reason: rights.reason };
  return asker.scope === 'personal' ? figures() : { kind: 'in-person', intent };
}
