import type { BalanceReconciledAnswer, DriftPartAnswer } from '../../src/answers/answer.ts';
import type { Money } from '../../src/money/money.ts';
import type { Words } from '../words.ts';
import { largeFigure, stateNotice } from './balance-figure.ts';
import { zonedMoment } from './balance-line.ts';
import { type Fact, fact } from './fact.ts';
import { fitting } from './fitting.ts';
import { plainName } from './plain-name.ts';
import { questions } from './questions.ts';

/** Who saw what, when, what the ledger made of it, and why they differed; the figure cannot be sent again. */
export function balanceReconciledView(answer: BalanceReconciledAnswer, words: Words) {
  return {
    line: line(words, answer),
    title: title(words, answer),
    ...largeFigure(words, answer.figures.estimate),
    caption: words.say('balance-reconciled.caption', { when: zonedMoment(words, words.now) }),
    state: stateNotice(words, answer.figures.level),
    repeated: answer.repeated ? words.say('balance-reconciled.repeated') : '',
    facts: facts(words, answer),
    causes: causes(words, answer),
    drifted: drifted(words, answer),
    recharges: recharges(words, answer),
    reasonLabel: words.say('balance-reconciled.reason'),
    reason: answer.reason ?? '',
    questions: questions(words, 'question.balance', 'question.runway'),
  };
}

function lineKey({ repeated, opening, drift, recharge }: BalanceReconciledAnswer) {
  if (repeated) return 'balance-reconciled.lineRepeated';
  if (recharge?.state === 'recorded') return 'balance-reconciled.lineRecharged';
  if (opening) return 'balance-reconciled.lineOpening';
  return drift.microUnits === 0n ? 'balance-reconciled.lineEqual' : 'balance-reconciled.line';
}

function line(words: Words, answer: BalanceReconciledAnswer): string {
  const { observed, recharge, repeated } = answer;
  const told = recharge?.state === 'recorded' && !repeated ? recharge.amount : observed;
  const figures = [words.money.withCode(told), words.money.roundedWithCode(told)];
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
  const { observed, estimateBefore, opening, recharge, by, at } = answer;
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
    ...(recharge?.state === 'recorded' ? [recharged(words, recharge.amount)] : []),
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

function recharged(words: Words, amount: Money): Fact {
  const value = words.say('balance-reconciled.rechargedValue', { amount: words.money.plain(amount) });
  return fact(words.say('balance-reconciled.recharged'), value);
}

/** The parts of the difference, as far as it has any. */
function causes(words: Words, { parts }: BalanceReconciledAnswer) {
  if (parts.length === 0) return [];
  return [
    {
      title: words.say('balance-reconciled.causes'),
      facts: parts.map((part) =>
        fact(words.say(`balance-reconciled.cause.${part.cause}`), partText(words, part)),
      ),
    },
  ];
}

function partText(words: Words, { cause, amount, certainty }: DriftPartAnswer): string {
  const direction = amount.microUnits < 0n ? 'Lower' : 'Higher';
  const told = { amount: words.money.size(amount) };
  // That something is unexplained needs no word on how sure that is.
  if (cause === 'unexplained') return words.say(`balance-reconciled.part${direction}`, told);
  return words.say(`balance-reconciled.part${direction}Certainty`, {
    ...told,
    certainty: words.say(`balance-reconciled.certainty.${certainty}`),
  });
}

/** Speaks up where somebody should look for what is not explained. */
function drifted(words: Words, { unexplained, overLimit }: BalanceReconciledAnswer) {
  if (!overLimit) return [];
  const amount = words.money.size(unexplained);
  return [
    {
      title: words.say('balance-reconciled.drifted.title'),
      text: words.say('balance-reconciled.drifted.text', { amount }),
    },
  ];
}

/** The button carries the check's id alone: what it came to is read again where it is booked. */
function recharges(words: Words, { recharge }: BalanceReconciledAnswer) {
  if (recharge?.state !== 'proposed') return [];
  const { check } = recharge;
  return [
    {
      title: words.say('balance-reconciled.recordRecharge', { amount: words.money.plain(recharge.amount) }),
      data: { check },
      submitData: { verb: 'balance.recordRecharge', check },
    },
  ];
}

function posted(words: Words, { opening, observed, drift: off }: BalanceReconciledAnswer): string {
  if (opening) return words.say('balance-reconciled.postedOpening', { amount: words.money.plain(observed) });
  if (off.microUnits === 0n) return words.say('balance-reconciled.postedNone');
  const key = off.microUnits < 0n ? 'balance-reconciled.postedLower' : 'balance-reconciled.postedHigher';
  return words.say(key, { amount: words.money.size(off) });
}
