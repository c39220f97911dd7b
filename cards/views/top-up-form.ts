import type { TopUpFormAnswer } from '../../src/answers/top-up-form.ts';
import { type Currency, minorUnitDigits } from '../../src/money/currency.ts';
import { money, toDecimal } from '../../src/money/money.ts';
import type { Words } from '../words.ts';
import { action } from './action.ts';
import { fact } from './fact.ts';
import { questions } from './questions.ts';
import { noteView, runwayFacts, seatText } from './top-up-parts.ts';

export function topUpFormView(answer: TopUpFormAnswer, words: Words) {
  const { currency, currencies, changes, typed, seats, runway, refusal } = answer;
  const example = exampleAmount(currency);
  return {
    line:
      changes === null
        ? words.say('topup-form.line')
        : words.say('topup-form.lineChange', { number: changes.number }),
    note: noteView(refusal, words),
    remarks: remarks(answer, words),
    facts: [
      ...runwayFacts(runway, words),
      ...seats.map((seat) => fact(words.say('topup-form.approvers'), seatText(seat, words))),
    ],
    amount: typed.amount.slice(0, 60),
    amountLabel: words.say('topup-form.amount'),
    amountExample: words.say('form.example', { example }),
    amountMissing: words.say('topup-form.amountMissing', { example }),
    currency,
    currencies: currencies.map((code) => ({
      title: words.say('form.currencyName', { name: words.currencyName(code), code }),
      value: code,
    })),
    currencyLabel: words.say('form.currency'),
    currencyMissing: words.say('form.currencyMissing'),
    reason: typed.reason.slice(0, 500),
    reasonLabel: words.say('topup-form.reason'),
    reasonExample: words.say('topup-form.reasonExample'),
    neededBy: typed.neededBy,
    neededByLabel: words.say('topup-form.neededBy'),
    explain: words.say('topup-form.explain'),
    actions: [submit(answer, words)],
    questions: questions(words, 'question.runway', 'question.approvals'),
  };
}

function remarks(answer: TopUpFormAnswer, words: Words): readonly string[] {
  const { balance, amount, source, usualMonth, runway, changes } = answer;
  return [
    ...(balance === null ? [] : [words.say('topup-form.balance', { amount: words.money.withCode(balance) })]),
    ...(source === 'advised' && amount !== null && usualMonth !== null
      ? [
          words.say('topup-form.advised', {
            amount: words.money.withCode(amount),
            month: words.money.withCode(usualMonth),
          }),
        ]
      : []),
    ...(changes === null ? [] : [words.say('topup-form.changeNote')]),
    ...(runway === null ? [] : [words.say('topup.runway.certainty')]),
  ];
}

/** Where there is a choice of currency, the choice counts; else the card says it. */
function submit({ form, changes, currency, currencies }: TopUpFormAnswer, words: Words) {
  return action({
    title: words.say(changes === null ? 'topup-form.submit' : 'topup-form.change'),
    verb: 'topup.submit',
    style: 'positive',
    data: {
      form,
      ...(currencies.length > 1 ? {} : { currency }),
      ...(changes === null ? {} : { request: changes.number, revision: changes.revision }),
    },
  });
}

function exampleAmount(code: string): string {
  const of = code as Currency;
  return toDecimal(money(minorUnitDigits(of) === 0 ? 500_000_000_000n : 500_000_000n, of));
}
