import type { Asker } from '../answers/asker.ts';
import { digest } from '../decision/digest.ts';
import { canBeFollowed, followUp } from '../language/follow-up.ts';
import { type Question, questionSchema } from '../language/question.ts';
import type { Understood } from '../language/understand.ts';
import { type Ports, StoreUnavailable } from './ports.ts';

/** A text, what it says by itself, and where and by whom it was said. */
export interface Said {
  readonly text: string;
  readonly own: Understood;
  readonly conversationId: string;
  readonly asker: Asker;
}

/** "and to Japan?" leans on a question of this long ago at most. */
const subjectSeconds = 600;

/**
 * What a text says to somebody who remembers the question before it. The subject is kept per person and
 * conversation, so that in a channel nobody takes another's. Where the memory does not answer, the text is taken by
 * itself.
 */
export async function inConversation(
  ports: Pick<Ports, 'shortMemory' | 'clock' | 'defaultCurrency'>,
  said: Said,
): Promise<Understood> {
  const { own, asker, conversationId } = said;
  if (asker.person === null || !mayLeanOrLead(own.question)) return own;
  const key = `subject:${digest(conversationId, asker.person)}`;
  try {
    const previous = await ports.shortMemory.recalled(asker.tenant, key);
    const understood = previous === null ? own : readAfter(ports, said, previous);
    if (canBeFollowed(understood.question.intent)) {
      const value = JSON.stringify(understood.question);
      await ports.shortMemory.remember(asker.tenant, { key, value, seconds: subjectSeconds });
    }
    return understood;
  } catch (error) {
    if (error instanceof StoreUnavailable) return own;
    throw error;
  }
}

/** The balance and its like stand for themselves, and are answered without a look into the memory. */
function mayLeanOrLead({ intent }: Question): boolean {
  return intent === 'none' || canBeFollowed(intent);
}

function readAfter(
  { clock, defaultCurrency }: Pick<Ports, 'clock' | 'defaultCurrency'>,
  { text, own, asker }: Said,
  previous: string,
): Understood {
  // Another release may have left a question that this one does not know.
  const subject = questionSchema.safeParse(JSON.parse(previous));
  if (!subject.success) return own;
  const { locale, timeZone } = asker;
  return followUp(subject.data, text, {
    locale,
    timeZone,
    now: clock.now(),
    currency: defaultCurrency,
  });
}
