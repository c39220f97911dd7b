import type { PersonId } from '../../decision/ids.ts';
import { minuteMs } from '../../decision/time.ts';
import {
  adaptiveCardType,
  type CardAction,
  type ExecuteAction,
  refreshOf,
  type SubmitAction,
} from './bot-activity.ts';
import type { BotLink, BotReply } from './bot-link.ts';
import type { Conversation, Message } from './chats.ts';
import { invokeOutcome, type TapOutcome } from './invoke-outcome.ts';
import { type SeenMessage, seenBy } from './seen-message.ts';
import { spokenWords } from './spoken-words.ts';
import type { Teams } from './teams.ts';
import {
  installationActivities,
  invokeActivity,
  messageActivity,
  type Situation,
  submitActivity,
} from './teams-activity.ts';

/** In which of a person's conversations. */
export type Where = Conversation['kind'];

export interface Tap {
  readonly person: PersonId;
  readonly activityId: string;
  readonly action: CardAction;
  /** By the ids of the inputs. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Sends the invoke twice, as Teams does when it hears nothing. */
  readonly twice: boolean;
}

/** What people do in Teams; the bot hears of it as it would from Teams. */
export class TeamsClient {
  readonly #teams: Teams;
  readonly #link: BotLink;
  #events = 0;

  constructor(teams: Teams, link: BotLink) {
    this.#teams = teams;
    this.#link = link;
  }

  /** Who writes where the app is not yet, adds it by that; who blocked it, unblocks it. */
  async say(person: PersonId, where: Where, text: string): Promise<BotReply> {
    const conversation = this.conversation(person, where);
    if (!this.#teams.installations.has(conversation)) await this.install(person, where);
    this.#teams.installations.unblock(conversation);
    const message = this.#teams.chats.post({
      conversation: conversation.id,
      thread: null,
      from: person,
      activity: { type: 'message', text },
    });
    const situation = this.#situation(person, conversation, message.id);
    return this.#link.notify(messageActivity(situation, { id: message.id, text }));
  }

  async tap(tap: Tap): Promise<TapOutcome> {
    switch (tap.action.type) {
      case 'Action.OpenUrl':
        return { kind: 'opened', url: tap.action.url };
      case 'Action.Submit':
        return this.#submit(tap, tap.action);
      case 'Action.Execute':
        return this.#execute(tap, tap.action, 'manual');
    }
  }

  /** A person looks at a conversation: cards that ask for it are refreshed, each at most once a minute. */
  async view(person: PersonId, where: Where): Promise<readonly TapOutcome[]> {
    const conversation = this.conversation(person, where);
    const outcomes: TapOutcome[] = [];
    for (const message of this.#teams.chats.messages(conversation)) {
      const action = this.#dueRefresh(message, person, conversation);
      if (action === null) continue;
      const tap = { person, activityId: message.id, inputs: {}, twice: false };
      outcomes.push(await this.#execute({ ...tap, action }, action, 'automatic'));
    }
    return outcomes;
  }

  /** A card that the bot never sent there stands in a chat, as if somebody had copied it from another's. */
  forge(person: PersonId, where: Where, card: unknown): string {
    const conversation = this.conversation(person, where);
    const attachments = [{ contentType: adaptiveCardType, content: card }];
    const activity = { type: 'message', attachments };
    return this.#teams.chats.post({ conversation: conversation.id, thread: null, from: null, activity }).id;
  }

  async install(person: PersonId, where: Where): Promise<void> {
    const conversation = this.conversation(person, where);
    this.#teams.installations.install(conversation);
    await this.#tellInstallation(person, conversation, 'add');
  }

  isInstalled(person: PersonId): boolean {
    return this.#teams.installations.has(this.conversation(person, 'personal'));
  }

  async uninstall(person: PersonId, where: Where): Promise<void> {
    const conversation = this.conversation(person, where);
    this.#teams.installations.uninstall(conversation);
    await this.#tellInstallation(person, conversation, 'remove');
  }

  /** The bot does not hear of it; it finds out when it writes. */
  block(person: PersonId): void {
    this.#teams.installations.block(this.conversation(person, 'personal'));
  }

  seen(person: PersonId, where: Where): readonly SeenMessage[] {
    return this.#teams.chats
      .messages(this.conversation(person, where))
      .map((message) => seenBy(this.#teams, person, message));
  }

  /** @throws {RangeError} where the person is not in Teams or not in that conversation. */
  conversation(person: PersonId, where: Where): Conversation {
    const { person: member } = this.#teams.roster.get(person);
    if (where === 'personal') return this.#teams.chats.personal(member.id);
    const shared = this.#teams.chats.conversations.find(
      ({ kind, members }) => kind === where && members.some((other) => other.person.id === member.id),
    );
    if (shared === undefined) throw new RangeError(`${member.displayName} is not in the ${where}.`);
    return shared;
  }

  async #submit(tap: Tap, action: SubmitAction): Promise<TapOutcome> {
    const { message, conversation } = this.#find(tap);
    const { msteams, ...data } = typeof action.data === 'string' ? {} : (action.data ?? {});
    const spoken = spokenWords(msteams);
    if (spoken?.type === 'imBack') {
      return sentOrNot(await this.say(tap.person, conversation.kind, spoken.text));
    }
    const value = { ...data, ...(spoken?.value ?? {}), ...tap.inputs };
    const id = this.#eventId();
    if (spoken !== null && spoken.shown !== null) {
      this.#teams.chats.post({
        conversation: conversation.id,
        thread: message.thread,
        from: tap.person,
        activity: { type: 'message', text: spoken.shown },
      });
    }
    const situation = this.#situation(tap.person, conversation, message.thread ?? message.id);
    const activity = { id, replyToId: message.id, value, text: spoken?.text ?? null };
    return sentOrNot(await this.#link.notify(submitActivity(situation, activity)));
  }

  async #execute(tap: Tap, action: ExecuteAction, trigger: 'manual' | 'automatic'): Promise<TapOutcome> {
    const { message, conversation } = this.#find(tap);
    this.#teams.chats.noteRefresh(message, tap.person);
    const situation = this.#situation(tap.person, conversation, message.thread ?? message.id);
    const invoke = { id: this.#eventId(), message, action, inputs: tap.inputs, trigger };
    const reply = await this.#link.invoke(invokeActivity(situation, invoke), { twice: tap.twice });
    const outcome = invokeOutcome(reply);
    // The bot may have edited the message meanwhile; the card belongs to the message as it is now.
    const current = this.#teams.chats.message(message.id);
    if (outcome.kind === 'card' && current !== null && !this.#shows(current, tap.person, outcome.card)) {
      this.#teams.chats.showOwnCard(current, tap.person, outcome.card);
    }
    return outcome;
  }

  /** The same card again is not drawn anew: what somebody types in it would be gone. */
  #shows(message: Message, person: PersonId, card: unknown): boolean {
    const [shown] = seenBy(this.#teams, person, message).cards;
    return JSON.stringify(shown) === JSON.stringify(card);
  }

  #dueRefresh(message: Message, person: PersonId, conversation: Conversation): ExecuteAction | null {
    if (message.from !== null || message.state === 'deleted') return null;
    const refresh = refreshOf(seenBy(this.#teams, person, message).cards[0]);
    if (refresh === null) return null;
    const { account } = this.#teams.roster.get(person);
    const isMeant = refresh.userIds?.includes(account.id) ?? conversation.members.length <= mostRefreshed;
    const last = message.refreshedAt.get(person);
    const isDue = last === undefined || this.#teams.now() - last >= minuteMs;
    return isMeant && isDue ? refresh.action : null;
  }

  #find({ activityId, person }: Pick<Tap, 'activityId' | 'person'>): {
    readonly message: Message;
    readonly conversation: Conversation;
  } {
    const message = this.#teams.chats.message(activityId);
    const conversation = message === null ? null : this.#teams.chats.find(message.conversation);
    const isMember = conversation?.members.some((member) => member.person.id === person) ?? false;
    if (message === null || conversation === null || !isMember) {
      throw new RangeError('The person sees no such message.');
    }
    return { message, conversation };
  }

  async #tellInstallation(
    person: PersonId,
    conversation: Conversation,
    action: 'add' | 'remove',
  ): Promise<void> {
    const situation = this.#situation(person, conversation, null);
    for (const activity of installationActivities(situation, { id: this.#eventId(), action })) {
      await this.#link.notify(activity);
    }
  }

  #situation(person: PersonId, conversation: Conversation, thread: string | null): Situation {
    return { teams: this.#teams, member: this.#teams.roster.get(person), conversation, thread };
  }

  /** Ids of what is no message begin with `f:` in Teams. */
  #eventId(): string {
    this.#events += 1;
    return `f:${this.#teams.now().toString(16)}-${this.#events}`;
  }
}

/** Without `userIds` Teams refreshes for everybody in conversations of up to so many. */
const mostRefreshed = 60;

function sentOrNot(reply: BotReply): TapOutcome {
  return reply.kind === 'answered' ? { kind: 'sent' } : reply;
}
