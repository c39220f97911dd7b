import type { PersonId } from '../../decision/ids.ts';
import { cardsOf } from './bot-activity.ts';
import type { Message } from './chats.ts';
import type { Teams } from './teams.ts';

/** A message as one person sees it. */
export interface SeenMessage {
  readonly id: string;
  readonly version: number;
  /** Null is the bot. */
  readonly from: PersonId | null;
  readonly author: string;
  readonly at: number;
  readonly state: Message['state'];
  readonly thread: string | null;
  readonly text: string;
  readonly speak: string | null;
  readonly summary: string | null;
  readonly cards: readonly unknown[];
  /** True where the card is one that only this person sees. */
  readonly isOwnCard: boolean;
}

/** A card of the person's own takes the place of the message's; of a deleted message only its place is seen. */
export function seenBy(teams: Teams, person: PersonId, message: Message): SeenMessage {
  const { id, version, from, at, state, thread, activity, ownCards } = message;
  const isGone = state === 'deleted';
  const isOwnCard = ownCards.has(person);
  const cards = isOwnCard ? [ownCards.get(person)] : cardsOf(activity);
  return {
    id,
    version,
    from,
    author: from === null ? teams.bot.name : teams.roster.get(from).account.name,
    at,
    state,
    thread,
    text: isGone ? '' : (activity.text ?? ''),
    speak: isGone ? null : (activity.speak ?? null),
    summary: isGone ? null : (activity.summary ?? null),
    cards: isGone ? [] : cards,
    isOwnCard,
  };
}
