import type { BalanceAnswer, BalanceFigures } from '../../src/answers/answer.ts';
import type { Words } from '../words.ts';
import { largeFigure, stateNotice } from './balance-figure.ts';
import { balanceLine, balanceSource, zonedMoment } from './balance-line.ts';
import { type Fact, fact } from './fact.ts';
import { provenance } from './provenance.ts';
import { questions } from './questions.ts';
import { reconcileForm } from './reconcile-form.ts';
import { trendView } from './trend.ts';

/** Beyond so many accounts a card would be too large with a chart for each; the words about the trend stay. */
const mostCharts = 3;

export function balanceView(answer: BalanceAnswer, words: Words) {
  const charted = answer.accounts.length <= mostCharts;
  return {
    line: balanceLine(words, answer.accounts),
    title: words.say('balance.title'),
    accounts: answer.accounts.map((figures) => accountView(words, figures, charted)),
    formTitle: words.say('form.open'),
    form: [reconcileForm(words, { accounts: answer.accounts, opening: false })],
    questions: questions(words, 'question.runway', 'question.spend'),
  };
}

function accountView(words: Words, figures: BalanceFigures, charted: boolean) {
  return {
    ...largeFigure(words, figures.estimate),
    caption: caption(words, figures),
    state: stateNotice(words, figures.level),
    facts: threeFigures(words, figures),
    provenance: provenance(words, figures),
    trend: trendView(words, figures, charted),
    expires: expiry(words, figures),
  };
}

function caption(words: Words, figures: BalanceFigures): string {
  const { kind, at } = balanceSource(words, figures);
  return words.say(`balance.caption.${kind}`, { when: zonedMoment(words, at) });
}

/** What was seen, what the ledger says, and what is still on its way: never one of them without the others. */
function threeFigures(words: Words, figures: BalanceFigures): readonly Fact[] {
  return [
    fact(words.say('balance.fact.confirmed'), lastConfirmed(words, figures)),
    fact(words.say('balance.fact.estimate'), words.money.plain(figures.estimate)),
    fact(words.say('balance.fact.unreported'), notYetReported(words, figures)),
  ];
}

export function lastConfirmed(words: Words, { confirmed }: Pick<BalanceFigures, 'confirmed'>): string {
  if (confirmed === null) return words.say('balance.fact.neverConfirmed');
  return words.say('balance.fact.confirmedValue', {
    amount: words.money.plain(confirmed.amount),
    age: words.age(confirmed.at),
  });
}

function notYetReported(words: Words, { notYetReported: { low, high } }: BalanceFigures): string {
  if (high.microUnits === 0n) return words.say('balance.fact.unreportedNone');
  const range = { low: words.money.plain(low), high: words.money.plain(high) };
  return range.low === range.high ? range.high : words.say('balance.fact.unreportedRange', range);
}

function expiry(words: Words, { expiresNext }: BalanceFigures): string {
  if (expiresNext === null) return '';
  const amount = words.money.plain(expiresNext.amount);
  const date = words.time.date(expiresNext.at, words.now);
  const distance = expiresNext.at > words.now ? words.time.distance(expiresNext.at, words.now) : null;
  if (distance === null) return words.say('balance.expiresNow', { amount, date });
  return words.say('balance.expires', { amount, date, distance });
}
