import type { CardAction } from './bot-activity.ts';
import type { Conversation, Message } from './chats.ts';
import type { Member } from './roster.ts';
import type { Teams } from './teams.ts';

/** An activity as Teams sends it to a bot. */
export type TeamsActivity = Readonly<Record<string, unknown>> & {
  readonly type: string;
  readonly id: string;
};

/** What is the same in every activity that one person causes in one conversation. */
export interface Situation {
  readonly teams: Teams;
  readonly member: Member;
  readonly conversation: Conversation;
  /** The message whose thread it is in, in a channel. */
  readonly thread: string | null;
}

/** What a person writes; in a chat of several the bot is mentioned, else it would not hear of it. */
export function messageActivity(
  situation: Situation,
  { id, text }: { id: string; text: string },
): TeamsActivity {
  const { teams, conversation } = situation;
  const base = { ...activity(situation, { id, type: 'message' }), textFormat: 'plain' };
  if (conversation.kind === 'personal') return { ...base, text };
  const mention = `<at>${teams.bot.name}</at>`;
  return {
    ...base,
    text: `${mention} ${text}`,
    entities: [...clientInfo(situation), { type: 'mention', mentioned: teams.bot, text: mention }],
  };
}

/** A tapped `Action.Submit`: a message with a value, and with the text that its `msteams` part may ask for. */
export function submitActivity(
  situation: Situation,
  { id, replyToId, value, text }: { id: string; replyToId: string; value: unknown; text: string | null },
): TeamsActivity {
  return {
    ...activity(situation, { id, type: 'message' }),
    replyToId,
    value,
    ...(text === null ? {} : { text, textFormat: 'plain' }),
  };
}

/** A tapped `Action.Execute`, or a refresh that Teams makes of itself. */
export function invokeActivity(
  situation: Situation,
  invoke: {
    readonly id: string;
    readonly message: Message;
    readonly action: Extract<CardAction, { type: 'Action.Execute' }>;
    readonly inputs: Readonly<Record<string, unknown>>;
    readonly trigger: 'manual' | 'automatic';
  },
): TeamsActivity {
  const { type, id, verb, data } = invoke.action;
  return {
    ...activity(situation, { id: invoke.id, type: 'invoke' }),
    name: 'adaptiveCard/action',
    replyToId: invoke.message.id,
    value: {
      action: {
        type,
        ...(id === undefined ? {} : { id }),
        ...(verb === undefined ? {} : { verb }),
        data: { ...data, ...invoke.inputs },
      },
      trigger: invoke.trigger,
    },
  };
}

/** The app comes into a conversation, or leaves it. */
export function installationActivities(
  situation: Situation,
  { id, action }: { readonly id: string; readonly action: 'add' | 'remove' },
): readonly TeamsActivity[] {
  const update = { ...activity(situation, { id, type: 'installationUpdate' }), action };
  const roster = action === 'add' ? 'membersAdded' : 'membersRemoved';
  const { bot } = situation.teams;
  return [
    {
      ...activity(situation, { id: `${id}:roster`, type: 'conversationUpdate' }),
      [roster]: [{ id: bot.id }],
    },
    update,
  ];
}

function activity(situation: Situation, own: { readonly type: string; readonly id: string }): TeamsActivity {
  const { teams, member, conversation, thread } = situation;
  const { id, name, aadObjectId } = member.account;
  const { locale, timeZone } = member.person;
  const isChannel = conversation.kind === 'channel';
  return {
    ...own,
    serviceUrl: teams.serviceUrl,
    channelId: 'msteams',
    timestamp: new Date(teams.now()).toISOString(),
    from: { id, name, aadObjectId },
    recipient: teams.bot,
    conversation: {
      conversationType: conversation.kind,
      tenantId: teams.tenant,
      id: isChannel && thread !== null ? `${conversation.id};messageid=${thread}` : conversation.id,
      ...(conversation.kind === 'personal' ? {} : { isGroup: true, name: conversation.name }),
    },
    channelData: {
      tenant: { id: teams.tenant },
      ...(isChannel ? { team: { id: conversation.id }, channel: { id: conversation.id } } : {}),
    },
    entities: clientInfo(situation),
    locale,
    localTimezone: timeZone,
  };
}

function clientInfo({ member }: Situation): readonly Readonly<Record<string, string>>[] {
  const { locale, timeZone } = member.person;
  const country = locale.split('-')[1] ?? 'US';
  return [{ type: 'clientInfo', locale, country, platform: 'Web', timezone: timeZone }];
}
