import type { PersonId } from '../../decision/ids.ts';
import type { Instant } from '../../decision/time.ts';
import type { BotActivity } from './bot-activity.ts';
import { type Member, opaque, type Roster } from './roster.ts';

export interface Conversation {
  readonly id: string;
  readonly kind: 'personal' | 'groupChat' | 'channel';
  readonly name: string;
  readonly members: readonly Member[];
}

/** A message as it stands in a conversation. */
export interface Message {
  readonly id: string;
  readonly conversation: string;
  /** The first message of its thread, in a channel. */
  readonly thread: string | null;
  /** Null is the bot. */
  readonly from: PersonId | null;
  readonly at: Instant;
  readonly activity: BotActivity;
  readonly state: 'sent' | 'edited' | 'deleted';
  /** Cards that a person's own invoke brought, in place of the message's card. */
  readonly ownCards: ReadonlyMap<PersonId, unknown>;
  /** When the card was last refreshed for a person. */
  readonly refreshedAt: ReadonlyMap<PersonId, Instant>;
  /** Rises with each change. */
  readonly version: number;
}

/** Every conversation of the sandbox's Teams: a personal chat for each person, a group chat and a channel. */
export class Chats {
  readonly conversations: readonly Conversation[];
  readonly #now: () => Instant;
  readonly #messages = new Map<string, Message>();
  readonly #listeners = new Set<() => void>();
  #lastId = 0;
  #version = 0;

  constructor(roster: Roster, now: () => Instant) {
    this.#now = now;
    const members = roster.members.filter(({ person }) => person.via !== 'guest');
    this.conversations = [
      ...roster.members.map(personalChat),
      {
        id: `19:${opaque('group chat')}@thread.v2`,
        kind: 'groupChat',
        name: 'Telephony budget',
        members: members.slice(0, 6),
      },
      { id: `19:${opaque('channel')}@thread.tacv2`, kind: 'channel', name: 'Telephony', members },
    ];
  }

  /** A channel's id may carry the thread: `19:…@thread.tacv2;messageid=…`. */
  find(id: string): Conversation | null {
    const [bare] = id.split(';messageid=');
    return this.conversations.find((conversation) => conversation.id === bare) ?? null;
  }

  personal(person: PersonId): Conversation {
    const chat = this.conversations.find(
      ({ kind, members }) => kind === 'personal' && members[0]?.person.id === person,
    );
    if (chat === undefined) throw new RangeError(`Nobody in the sandbox's Teams has the id ${person}.`);
    return chat;
  }

  messages(conversation: Conversation): readonly Message[] {
    return [...this.#messages.values()].filter((message) => message.conversation === conversation.id);
  }

  message(id: string): Message | null {
    return this.#messages.get(id) ?? null;
  }

  post(message: Pick<Message, 'conversation' | 'thread' | 'from' | 'activity'>): Message {
    // Teams numbers by the clock; two messages of one millisecond still differ.
    this.#lastId = Math.max(this.#lastId + 1, this.#now());
    return this.#keep({
      ...message,
      id: String(this.#lastId),
      at: this.#now(),
      state: 'sent',
      ownCards: new Map(),
      refreshedAt: new Map(),
      version: 0,
    });
  }

  /** The new content is for everybody: what single persons saw in its place is gone. */
  edit(message: Message, activity: BotActivity): void {
    this.#keep({ ...message, activity, state: 'edited', ownCards: new Map(), refreshedAt: new Map() });
  }

  delete(message: Message): void {
    this.#keep({ ...message, state: 'deleted' });
  }

  showOwnCard(message: Message, person: PersonId, card: unknown): void {
    this.#keep({ ...message, ownCards: new Map([...message.ownCards, [person, card]]) });
  }

  noteRefresh(message: Message, person: PersonId): void {
    const refreshedAt = new Map([...message.refreshedAt, [person, this.#now()]]);
    this.#messages.set(message.id, { ...message, refreshedAt });
  }

  /** Calls the listener after each change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #keep(message: Message): Message {
    this.#version += 1;
    const kept = { ...message, version: this.#version };
    this.#messages.set(kept.id, kept);
    const [oldest] = this.#messages.keys();
    if (this.#messages.size > mostMessagesKept && oldest !== undefined) this.#messages.delete(oldest);
    for (const listener of this.#listeners) listener();
    return kept;
  }
}

/** A sandbox may run for weeks; nobody reads so far back. */
const mostMessagesKept = 5_000;

function personalChat(member: Member): Conversation {
  const { person, account } = member;
  return { id: `a:1${opaque(account.id)}`, kind: 'personal', name: person.displayName, members: [member] };
}
