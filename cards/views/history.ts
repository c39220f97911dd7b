import type { HistoryAnswer, HistoryEntry } from '../../src/answers/history.ts';
import type { Words } from '../words.ts';
import { asOf } from './as-of.ts';
import { fitting } from './fitting.ts';
import { questions } from './questions.ts';

/** Of the other accounts, as many have a button as a card has room for. */
const mostOtherAccounts = 2;

export function historyView(answer: HistoryAnswer, words: Words) {
  const { currency, entries, otherCurrencies, older, total, reportedUntil } = answer;
  return {
    line: line(answer, words),
    caption: words.say('history.caption', { shown: entries.length, total, currency }),
    entries: entries.map((entry) => entryView(entry, words)),
    asOf: asOf(words, { reportedUntil }),
    pages: [
      ...(older === null ? [] : [page(words.say('history.older'), { currency, from: older })]),
      ...otherCurrencies
        .slice(0, mostOtherAccounts)
        .map((other) => page(words.say('history.other', { currency: other }), { currency: other })),
    ],
    questions: questions(words, 'question.balance', 'question.explain'),
  };
}

/** The latest thing that happened, as far as this page goes. */
function line({ entries: [latest] }: HistoryAnswer, words: Words): string {
  if (latest === undefined) return words.say('history.none');
  const change = signed(latest, words);
  const kind = words.say(`history.kind.${latest.kind}`);
  const date = words.time.date(latest.at, words.now);
  return fitting(words.language, [
    words.say('history.line', { kind, change, date }),
    words.say('history.lineShort', { change, date }),
  ]);
}

function entryView(entry: HistoryEntry, words: Words) {
  const { kind, at, recordedAt, reason } = entry;
  return {
    amount: signed(entry, words),
    kind: words.say(`history.kind.${kind}`),
    when: words.say(kind === 'usage' ? 'history.calls' : 'history.when', {
      at: words.time.moment(at, words.now),
      recorded: words.time.moment(recordedAt, words.now),
    }),
    reason: reason === null ? '' : words.say('history.reason', { reason }),
  };
}

/** With a sign both ways, so that what came and what went are told apart without colour. */
function signed({ change }: HistoryEntry, words: Words): string {
  const amount = words.money.withCode(change);
  return change.microUnits > 0n ? `+${amount}` : amount;
}

function page(title: string, data: Readonly<Record<string, string | number>>) {
  return { title, data, submitData: { verb: 'history.older', ...data } };
}
