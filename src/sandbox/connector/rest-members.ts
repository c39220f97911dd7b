import type { Conversation } from './chats.ts';
import { type ConnectorAnswer, connectorErrors } from './connector-errors.ts';
import { type Teams, throttle } from './teams.ts';

export function listMembers(teams: Teams, conversation: Conversation): ConnectorAnswer {
  const refusal = readRefusal(teams, conversation);
  return refusal ?? { status: 200, body: conversation.members.map(({ account }) => account) };
}

export function getMember(teams: Teams, conversation: Conversation, id: string): ConnectorAnswer {
  const refusal = readRefusal(teams, conversation);
  if (refusal !== null) return refusal;
  const found = conversation.members.find(({ person, account }) => person.id === id || account.id === id);
  return found === undefined ? connectorErrors.memberNotFound : { status: 200, body: found.account };
}

const defaultPageSize = 200;

export function pageMembers(
  teams: Teams,
  conversation: Conversation,
  query: URLSearchParams,
): ConnectorAnswer {
  const refusal = readRefusal(teams, conversation);
  if (refusal !== null) return refusal;
  const size = Number(query.get('pageSize') ?? defaultPageSize);
  const start = Number(query.get('continuationToken') ?? 0);
  const accounts = conversation.members.map(({ account }) => account);
  const isLast = start + size >= accounts.length;
  return {
    status: 200,
    body: {
      members: accounts.slice(start, start + size),
      ...(isLast ? {} : { continuationToken: String(start + size) }),
    },
  };
}

function readRefusal(teams: Teams, conversation: Conversation): ConnectorAnswer | null {
  const throttled = throttle(teams, 'members', conversation);
  if (throttled !== null) return throttled;
  return teams.installations.has(conversation) ? null : connectorErrors.notInRoster;
}
