import type { Reader } from '../reader.ts';

/** Opens the reader's own chat with the bot; empty where the bot's id is not known. */
export function ownChatUrl({ botId }: Reader): string {
  return botId === undefined
    ? ''
    : `https://teams.microsoft.com/l/chat/0/0?users=28:${encodeURIComponent(botId)}`;
}
