import type { Conversation } from './chats.ts';
import { type ConnectorAnswer, connectorErrors } from './connector-errors.ts';
import type { ConnectorOperation } from './connector-faults.ts';
import { getMember, listMembers, pageMembers } from './rest-members.ts';
import { createConversation, deleteActivity, sendActivity, updateActivity } from './rest-messages.ts';
import type { Teams } from './teams.ts';

/** One request of a bot, of which it is known what it wants. */
export interface ConnectorRequest {
  readonly operation: ConnectorOperation;
  readonly conversation: string;
  perform(): ConnectorAnswer;
}

/** Finds out what a bot's request wants; null where the connector has no such address. */
export function connectorRequest(
  teams: Teams,
  asked: { readonly method: string; readonly url: URL; readonly body: unknown },
): ConnectorRequest | null {
  const { method, url, body } = asked;
  const segments = url.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const [version, collection, id = '', part, item] = segments;
  if (version !== 'v3' || collection !== 'conversations') return null;
  if (id === '') {
    if (method !== 'POST') return null;
    return { operation: 'create', conversation: '', perform: () => createConversation(teams, body) };
  }
  const inConversation = (
    operation: ConnectorOperation,
    perform: (conversation: Conversation) => ConnectorAnswer,
  ): ConnectorRequest => ({
    operation,
    conversation: teams.chats.find(id)?.id ?? id,
    perform: () => {
      const conversation = teams.chats.find(id);
      return conversation === null ? connectorErrors.conversationNotFound : perform(conversation);
    },
  });

  const wanted = `${method} ${part}${item === undefined ? '' : '/id'}`;
  switch (wanted) {
    case 'GET members':
      return inConversation('members', (conversation) => listMembers(teams, conversation));
    case 'GET members/id':
      return inConversation('members', (conversation) => getMember(teams, conversation, item ?? ''));
    case 'GET pagedmembers':
      return inConversation('members', (conversation) => pageMembers(teams, conversation, url.searchParams));
    case 'POST activities':
    case 'POST activities/id': {
      const thread = item ?? id.split(';messageid=')[1] ?? null;
      return inConversation('send', (conversation) => sendActivity(teams, conversation, { body, thread }));
    }
    case 'PUT activities/id':
      return inConversation('update', (conversation) =>
        updateActivity(teams, conversation, { body, id: item ?? '' }),
      );
    case 'DELETE activities/id':
      return inConversation('delete', (conversation) => deleteActivity(teams, conversation, item ?? ''));
    default:
      return null;
  }
}
