import type { Activity } from 'botbuilder';
import { z } from 'zod';

const tapped = z.object({ verb: z.literal('question.ask'), text: z.string().max(1_000) });

/** A question on a card is tapped as if it were typed: the client sends the action's data in a message without text. */
export function tappedQuestion(activity: Activity): string | null {
  if (activity.type !== 'message' || activity.text) return null;
  const data = tapped.safeParse(activity.value);
  return data.success ? data.data.text : null;
}
