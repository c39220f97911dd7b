import type { NoAccountAnswer } from '../../src/answers/answer.ts';
import type { Words } from '../words.ts';
import { reconcileForm } from './reconcile-form.ts';

export function noAccountView(answer: NoAccountAnswer, words: Words) {
  return {
    line: words.say('no-account.line'),
    why: words.say('no-account.why'),
    form: [
      reconcileForm(words, { accounts: [{ currency: answer.currency, ledgerVersion: 0 }], opening: true }),
    ],
  };
}
