import type { RechargeReportAnswer } from '../../src/answers/recharge-report.ts';
import type { Words } from '../words.ts';
import { type ActionView, action } from './action.ts';
import type { Optional } from './balance-figure.ts';
import { questions } from './questions.ts';

/** What somebody said, whom it would be told, and the tap that tells it. */
export function rechargeReportView(answer: RechargeReportAnswer, words: Words) {
  const { people, says, choices } = answer;
  const what = choices.length === 0 ? 'none' : says;
  return {
    line: words.say(`recharge-report.${what}.line`, { people }),
    text: words.say(`recharge-report.${what}.text`),
    account: account(answer, words),
    reason: what === 'failed' ? [reason(words)] : [],
    actions: choices.length === 0 ? [] : [tell(answer, words)],
    questions: questions(words, 'question.balance', 'question.incidents'),
  };
}

/** Asked for where the tenant has several; a tap carries the only one. */
function account({ says, choices }: RechargeReportAnswer, words: Words): Optional<object> {
  if (choices.length < 2) return [];
  const meantBy = ({ currency, episode }: (typeof choices)[number]) => episode ?? currency;
  return [
    {
      id: says === 'failed' ? 'currency' : 'episode',
      label: words.say('recharge-report.account'),
      value: choices.map(meantBy)[0],
      choices: choices.map((choice) => ({
        title: words.say('form.currencyName', {
          name: words.currencyName(choice.currency),
          code: choice.currency,
        }),
        value: meantBy(choice),
      })),
    },
  ];
}

function reason(words: Words) {
  return {
    label: words.say('recharge-report.reason'),
    example: words.say('recharge-report.reasonExample'),
  };
}

function tell({ says, choices }: RechargeReportAnswer, words: Words): ActionView {
  const [only] = choices.length === 1 ? choices : [];
  const title = words.say('recharge-report.tell');
  if (says === 'failed') {
    const data = only === undefined ? {} : { currency: only.currency };
    return action({ title, verb: 'alert.rechargeFailed', data, style: 'positive' });
  }
  const data = only?.episode ? { episode: only.episode } : {};
  return action({ title, verb: 'alert.rechargeConfirmed', data, style: 'positive' });
}
