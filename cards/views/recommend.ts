import type { AdviceFigures, RecommendAnswer, RecommendFigures } from '../../src/answers/recommend.ts';
import { toDecimal } from '../../src/money/money.ts';
import type { Words } from '../words.ts';
import { type ActionView, action } from './action.ts';
import { asOf } from './as-of.ts';
import { fact } from './fact.ts';
import { fitting } from './fitting.ts';
import { questions } from './questions.ts';

export function recommendView(answer: RecommendAnswer, words: Words) {
  return {
    line: line(answer, words),
    accounts: answer.accounts.map((account) => accountView(account, words)),
    remarks: [
      ...answer.unknown.flatMap((known) =>
        known === 'agreementCountry' ? [] : [words.say(`recommend.unknown.${known}`)],
      ),
      words.say('recommend.byHand'),
      asOf(words, answer),
    ],
    actions: askForIt(answer, words),
    questions: questions(words, 'question.runway', 'question.balance', 'question.spend'),
  };
}

/** The way from the advice to a request for the amount; the first account's alone, as the line is. */
function askForIt({ accounts: [first] }: RecommendAnswer, words: Words): readonly ActionView[] {
  if (first?.outcome.kind !== 'advice') return [];
  const { currency, outcome } = first;
  const data = { amount: toDecimal(outcome.amount), currency };
  return [action({ title: words.say('topup.action.ask'), verb: 'topup.open', data })];
}

/** The first account's advice; the card tells of the others. */
function line({ accounts: [first] }: RecommendAnswer, words: Words): string {
  const outcome = first?.outcome;
  if (outcome?.kind === 'post-paid') return words.say('recommend.line.postPaid');
  if (outcome?.kind !== 'advice') return words.say('recommend.line.early');
  const { trigger, amount } = outcome;
  return fitting(words.language, [
    words.say('recommend.line.advice', {
      trigger: words.money.withCode(trigger),
      amount: words.money.withCode(amount),
    }),
    words.say('recommend.line.advice', {
      trigger: words.money.plain(trigger),
      amount: words.money.plain(amount),
    }),
    words.say('recommend.line.short'),
  ]);
}

function accountView({ currency, outcome }: RecommendFigures, words: Words) {
  switch (outcome.kind) {
    case 'too-early':
      return {
        figure: words.say('forecast.days', { days: outcome.daysOfData }),
        caption: words.say('forecast.early.caption', { currency }),
        facts: [
          fact(words.say('forecast.fact.needed'), words.say('forecast.days', { days: outcome.daysNeeded })),
        ],
        notes: [],
      };
    case 'post-paid':
      return {
        figure: words.say('recommend.off'),
        caption: words.say('recommend.caption.postPaid', { currency }),
        facts: [],
        notes: outcome.warnings.map((code) => words.say(`recommend.warning.${code}`)),
      };
    case 'advice':
      return {
        figure: words.money.plain(outcome.trigger),
        caption: words.say('recommend.caption.trigger', { currency }),
        facts: facts(outcome, words),
        notes: outcome.warnings.map((code) => words.say(`recommend.warning.${code}`)),
      };
  }
}

function facts(advice: AdviceFigures, words: Words) {
  const { amount, worst72Hours, usualMonth, rechargesPerMonth, idle, minimum } = advice;
  return [
    fact(words.say('recommend.fact.amount'), words.money.plain(amount)),
    fact(words.say('recommend.fact.worst'), words.money.plain(worst72Hours)),
    fact(words.say('recommend.fact.month'), words.money.plain(usualMonth)),
    fact(
      words.say('recommend.fact.recharges'),
      words.say('recommend.recharges', { count: rechargesPerMonth }),
    ),
    fact(words.say('recommend.fact.idle'), words.money.plain(idle)),
    ...(minimum === null ? [] : [fact(words.say('recommend.fact.minimum'), words.money.plain(minimum))]),
  ];
}
