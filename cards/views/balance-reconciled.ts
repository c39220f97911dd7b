import type { BalanceReconciledAnswer } from '../../src/answers/answer.ts';
import type { Words } from '../words.ts';
import { largeFigure, stateNotice } from './balance-figure.ts';
import { zonedMoment } from './balance-line.ts';
import { type Fact, fact } from './fact.ts';
import { fitting } from './fitting.ts';
import { plainName } from './plain-name.ts';
import { questions } from './questions.ts';

/** Who saw what, when, and what the ledger made of it; nothing on it can be sent again. */
export function balanceReconciledView(answer: BalanceReconciledAnswer, words: Words) {
  return {
    line: line(words, answer),
    title: title(words, answer),
    ...largeFigure(words, answer.figures.estimate),
    caption: words.say('balance-reconciled.caption', { when: zonedMoment(words, words.now) }),
    state: stateNotice(words, answer.figures.level),
    repeated: answer.repeated ? words.say('balance-reconciled.repeated') : '',
    facts: facts(words, answer),
    reasonLabel: words.say('balance-reconciled.reason'),
    reason: answer.reason ?? '',
    questions: questions(words, 'question.balance', 'question.runway'),
  };
}

function lineKey({ repeated, opening, drift }: BalanceReconciledAnswer) {
  if (repeated) return 'balance-reconciled.lineRepeated';
  if (opening) return 'balance-reconciled.lineOpening';
  return drift.microUnits === 0n ? 'balance-reconciled.lineEqual' : 'balance-reconciled.line';
}

function line(words: Words, answer: BalanceReconciledAnswer): string {
  const { observed } = answer;
  const figures = [words.money.withCode(observed), words.money.roundedWithCode(observed)];
  return fitting(
    words.language,
    figures.map((figure) => words.say(lineKey(answer), { figure })),
  );
}

/** The line without its figure, which stands large below it. */
function title(words: Words, answer: BalanceReconciledAnswer): string {
  return words.say(`${lineKey(answer)}Title`);
}

function facts(words: Words, answer: BalanceReconciledAnswer): readonly Fact[] {
  const { observed, estimateBefore, opening, by, at } = answer;
  const when = words.say('balance-reconciled.atValue', {
    when: words.time.full(at),
    zone: words.time.zone(at),
  });
  const compared = [
    fact(words.say('balance-reconciled.estimate'), words.money.plain(estimateBefore)),
    fact(words.say('balance-reconciled.drift'), drift(words, answer)),
  ];
  return [
    fact(words.say('balance-reconciled.observed'), words.money.plain(observed)),
    ...(opening ? [] : compared),
    fact(words.say('balance-reconciled.posted'), posted(words, answer)),
    fact(words.say('balance-reconciled.by'), plainName(by)),
    fact(words.say('balance-reconciled.at'), when.trim()),
  ];
}

function drift(words: Words, { drift: off, driftBasisPoints }: BalanceReconciledAnswer): string {
  if (off.microUnits === 0n) return words.say('balance-reconciled.driftNone');
  const direction = off.microUnits < 0n ? 'Lower' : 'Higher';
  const amount = words.money.size(off);
  if (driftBasisPoints === null || driftBasisPoints === 0) {
    return words.say(`balance-reconciled.drift${direction}`, { amount });
  }
  return words.say(`balance-reconciled.drift${direction}Share`, {
    amount,
    share: words.share(driftBasisPoints),
  });
}

function posted(words: Words, { opening, observed, drift: off }: BalanceReconciledAnswer): string {
  if (opening) return words.say('balance-reconciled.postedOpening', { amount: words.money.plain(observed) });
  if (off.microUnits === 0n) return words.say('balance-reconciled.postedNone');
  const key = off.microUnits < 0n ? 'balance-reconciled.postedLower' : 'balance-reconciled.postedHigher';
  return words.say(key, { amount: words.money.size(off) });
}
