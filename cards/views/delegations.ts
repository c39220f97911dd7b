import type { DelegationsAnswer } from '../../src/answers/delegations.ts';
import type { Words } from '../words.ts';
import { action } from './action.ts';
import { plainName } from './plain-name.ts';
import { questions } from './questions.ts';
import { noteView } from './top-up-parts.ts';

export function delegationsView(answer: DelegationsAnswer, words: Words) {
  const { known, people, absent, refusal, recorded } = answer;
  const choices = (listed: DelegationsAnswer['people']) =>
    listed.slice(0, mostChoices).map(({ id, name }) => ({ title: plainName(name), value: id }));
  return {
    line: words.say(recorded ? 'delegations.lineRecorded' : 'delegations.line'),
    note: noteView(refusal, words),
    known:
      known.length === 0
        ? [{ text: words.say('delegations.none') }]
        : known.map(({ from, to, start, end }) => ({
            text: words.say('delegations.row', {
              from,
              to,
              start: words.utc.date(start, words.now),
              // The last day that counts.
              end: words.utc.date(end - 1, words.now),
            }),
          })),
    explain: words.say('delegations.explain'),
    people: choices(people),
    absent: choices(absent),
    delegateLabel: words.say('delegations.delegate'),
    absentLabel: words.say('delegations.absent'),
    fromLabel: words.say('delegations.from'),
    untilLabel: words.say('delegations.until'),
    missing: words.say('delegations.missing'),
    withdrawals: known
      .flatMap(({ to, withdraw }) => (withdraw === null ? [] : [{ to, withdraw }]))
      .slice(0, mostWithdrawals)
      .map(({ to, withdraw }) => ({
        title: words.say('delegations.withdraw', { name: onButton(plainName(to)) }),
        withdraw,
      })),
    actions: [
      action({ title: words.say('delegations.submit'), verb: 'topup.delegate', style: 'positive', data: {} }),
    ],
    questions: questions(words, 'question.approvals'),
  };
}

/** As many as the card has room for; the others come up as these go. */
const mostWithdrawals = 4;

/** A card stays below its size with as many names. */
const mostChoices = 60;

/** Whole names stand in the list above; a button has the width of a phone at most. */
const longestOnButton = 16;

function onButton(name: string): string {
  const characters = [...name];
  return characters.length <= longestOnButton
    ? name
    : `${characters.slice(0, longestOnButton - 1).join('')}…`;
}
