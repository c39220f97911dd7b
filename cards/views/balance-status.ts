import type { BalanceLevel, BalanceStatusAnswer } from '../../src/answers/answer.ts';
import type { Reader } from '../reader.ts';
import type { Words } from '../words.ts';
import { asOf } from './as-of.ts';
import { ownChatUrl } from './own-chat.ts';

const styles: Readonly<Record<BalanceLevel, string>> = {
  healthy: 'good',
  low: 'warning',
  empty: 'attention',
};

/** For many eyes: the state in words, no figure, and the way to one's own chat where the bot's id is known. */
export function balanceStatusView(answer: BalanceStatusAnswer, words: Words, reader: Reader) {
  const { level } = answer;
  return {
    line: words.say(`balance-status.${level}`),
    style: styles[level],
    text: words.say(level === 'healthy' ? 'balance-status.healthyText' : `balance.${level}.text`),
    asOf: asOf(words, answer),
    private: words.say('balance-status.private'),
    details: words.say('balance-status.details'),
    detailsUrl: ownChatUrl(reader),
  };
}
