import type { InPersonAnswer } from '../../src/answers/in-person.ts';
import type { Reader } from '../reader.ts';
import { isTextKey, type Words } from '../words.ts';
import { ownChatUrl } from './own-chat.ts';

/** For many eyes: what was asked about, and the way to one's own chat where the bot's id is known. */
export function inPersonView({ intent }: InPersonAnswer, words: Words, reader: Reader) {
  const key = `topic.${intent}`;
  const topic = words.say(isTextKey(key) ? key : 'topic.other');
  return {
    line: words.say('in-person.line'),
    text: words.say('in-person.text', { topic }),
    details: words.say('balance-status.details'),
    detailsUrl: ownChatUrl(reader),
  };
}
