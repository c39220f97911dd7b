import { z } from 'zod';
import { type BotActivity, botActivitySchema, cardsOf, isRefreshWrong } from './bot-activity.ts';
import type { Conversation, Message } from './chats.ts';
import { type ConnectorAnswer, connectorErrors } from './connector-errors.ts';
import { type Teams, throttle } from './teams.ts';

const creationSchema = z.object({
  isGroup: z.boolean().nullish(),
  members: z.array(z.object({ id: z.string() })).nullish(),
  activity: z.unknown(),
  channelData: z
    .object({ channel: z.object({ id: z.string() }) })
    .partial()
    .passthrough()
    .nullish(),
});

/** A personal chat with one person, or a new thread in a channel; a bot can start no group chat. */
export function createConversation(teams: Teams, body: unknown): ConnectorAnswer {
  const wanted = creationSchema.safeParse(body);
  if (!wanted.success) return connectorErrors.badArgument;
  const { channelData, members: invited, activity } = wanted.data;
  const channel = channelData?.channel?.id;
  if (channel !== undefined) return startThread(teams, channel, activity);

  const [first, ...others] = invited ?? [];
  const invitee = first === undefined ? null : teams.roster.find(first.id);
  if (invitee === null || others.length > 0) return connectorErrors.badArgument;
  const chat = teams.chats.personal(invitee.person.id);
  if (!teams.installations.has(chat)) return connectorErrors.notInRoster;
  if (activity === undefined || activity === null) return created(teams, { id: chat.id });
  const sent = sendActivity(teams, chat, { body: activity, thread: null });
  return sent.status === 201 ? created(teams, { id: chat.id, activityId: activityId(sent) }) : sent;
}

function startThread(teams: Teams, channel: string, activity: unknown): ConnectorAnswer {
  const conversation = teams.chats.find(channel);
  if (conversation === null) return connectorErrors.conversationNotFound;
  const sent = sendActivity(teams, conversation, { body: activity, thread: null });
  if (sent.status !== 201) return sent;
  const id = activityId(sent);
  return created(teams, { id: `${conversation.id};messageid=${id}`, activityId: id });
}

function created(
  { serviceUrl }: Teams,
  body: { readonly id: string; readonly activityId?: string },
): ConnectorAnswer {
  return { status: 201, body: { ...body, serviceUrl } };
}

function activityId(sent: ConnectorAnswer): string {
  return z.object({ id: z.string() }).parse(sent.body).id;
}

/** "About 100 KB", counted as UTF-16. */
const mostBytes = 100 * 1_024;

type ReadActivity =
  | { readonly kind: 'activity'; readonly activity: BotActivity }
  | { readonly kind: 'refused'; readonly answer: ConnectorAnswer };

function readActivity(body: unknown): ReadActivity {
  const activity = botActivitySchema.safeParse(body);
  if (!activity.success || cardsOf(activity.data).some(isRefreshWrong)) {
    return { kind: 'refused', answer: connectorErrors.badArgument };
  }
  const isTooBig = JSON.stringify(body).length * 2 > mostBytes;
  return isTooBig
    ? { kind: 'refused', answer: connectorErrors.tooBig }
    : { kind: 'activity', activity: activity.data };
}

/** Text, card or both from the bot; what is no message, such as typing, leaves no trace. */
export function sendActivity(
  teams: Teams,
  conversation: Conversation,
  { body, thread }: { readonly body: unknown; readonly thread: string | null },
): ConnectorAnswer {
  const refusal = writeRefusal(teams, conversation);
  if (refusal !== null) return refusal;
  const read = readActivity(body);
  if (read.kind === 'refused') return read.answer;
  const { activity } = read;
  if (activity.type !== 'message') return { status: 201, body: { id: String(teams.now()) } };
  const messages = split(activity).map((part) =>
    teams.chats.post({
      conversation: conversation.id,
      thread: conversation.kind === 'channel' ? thread : null,
      from: null,
      activity: part,
    }),
  );
  return { status: 201, body: { id: messages[0]?.id } };
}

/** Teams makes two messages of text with an attachment, and tells the id of the first only. */
function split(activity: BotActivity): readonly BotActivity[] {
  const { text, attachments } = activity;
  if (!text || !attachments?.length) return [activity];
  return [
    { ...activity, attachments: [] },
    { ...activity, text: '' },
  ];
}

export function updateActivity(
  teams: Teams,
  conversation: Conversation,
  { body, id }: { readonly body: unknown; readonly id: string },
): ConnectorAnswer {
  const refusal = writeRefusal(teams, conversation);
  if (refusal !== null) return refusal;
  const message = ownMessage(teams, conversation, id);
  if (message === null) return connectorErrors.activityNotFound;
  const read = readActivity(body);
  if (read.kind === 'refused') return read.answer;
  teams.chats.edit(message, read.activity);
  return { status: 200, body: { id: message.id } };
}

export function deleteActivity(teams: Teams, conversation: Conversation, id: string): ConnectorAnswer {
  const refusal = writeRefusal(teams, conversation);
  if (refusal !== null) return refusal;
  const message = ownMessage(teams, conversation, id);
  if (message === null) return connectorErrors.activityNotFound;
  teams.chats.delete(message);
  return { status: 200, body: null };
}

/** A bot edits and deletes what it wrote itself, as long as it is there. */
function ownMessage({ chats }: Teams, conversation: Conversation, id: string): Message | null {
  const message = chats.message(id);
  const isOwn =
    message?.conversation === conversation.id && message.from === null && message.state !== 'deleted';
  return isOwn ? message : null;
}

function writeRefusal(teams: Teams, conversation: Conversation): ConnectorAnswer | null {
  return throttle(teams, 'send', conversation) ?? teams.installations.refusal(conversation);
}
