/** An answer of the connector. */
export interface ConnectorAnswer {
  readonly status: number;
  /** Null and absent are an empty body. */
  readonly body?: unknown;
  readonly retryAfterSeconds?: number | undefined;
}

function error(status: number, code: string, message: string): ConnectorAnswer {
  return { status, body: { error: { code, message } } };
}

/** The connector's answers to what does not go, as Microsoft documents them ("Send and receive messages"). */
export const connectorErrors = {
  badArgument: error(400, 'BadArgument', 'The request is not valid.'),
  notInRoster: error(403, 'BotNotInConversationRoster', "The bot isn't part of the conversation roster."),
  blockedByUser: error(403, 'ConversationBlockedByUser', 'User blocked the conversation with the bot.'),
  /** Of an app that was uninstalled or blocked; the sub-code stands in JSON inside of a string. */
  messageWritesBlocked: {
    status: 403,
    body: {
      errorCode: 209,
      message:
        '{\r\n  "subCode": "MessageWritesBlocked",\r\n  "details": "Thread is blocked from message writes.",\r\n  "errorCode": null,\r\n  "errorSubCode": null\r\n}',
    },
  },
  conversationNotFound: error(404, 'ConversationNotFound', 'Conversation not found.'),
  activityNotFound: error(404, 'ActivityNotFoundInConversation', 'Activity not found in conversation.'),
  memberNotFound: error(404, 'MemberNotFoundInConversation', 'The member is not part of the conversation.'),
  preconditionFailed: error(412, 'PreconditionFailed', 'Precondition failed, please try again.'),
  tooBig: error(413, 'MessageSizeTooBig', 'Message size too large.'),
  throttled: error(429, 'Throttled', 'Too many requests.'),
  badGateway: error(502, 'ServiceError', 'Bad gateway'),
} as const satisfies Record<string, ConnectorAnswer>;
