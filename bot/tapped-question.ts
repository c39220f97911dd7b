import type { Activity } from 'botbuilder';
import { z } from 'zod';

const tapped = z.object({
  msteams: z.object({ type: z.enum(['messageBack', 'imBack']), text: z.string().max(1_000) }),
});

/**
 * A question on a card is tapped as if it were typed. Teams sends its text as the message's; a client that does not
 * know `messageBack` sends an empty message with the action's data, where the text is found then.
 */
export function tappedQuestion(activity: Activity): string | null {
  if (activity.type !== 'message' || activity.text) return null;
  const data = tapped.safeParse(activity.value);
  return data.success ? data.data.msteams.text : null;
}
