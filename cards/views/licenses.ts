import type { LackingPerson, LicensesAnswer } from '../../src/answers/licenses.ts';
import type { Words } from '../words.ts';
import { zonedMoment } from './balance-line.ts';
import { minutesLine, minutesSection } from './included-minutes.ts';
import { licenceName } from './licence-name.ts';
import type { LicencesSection } from './licences-section.ts';
import { plainName } from './plain-name.ts';
import { questions } from './questions.ts';

/** What was asked for comes first, without a title: the first line of the card has said it. */
export function licensesView(answer: LicensesAnswer, words: Words) {
  const people = peopleSection(answer, words);
  const minutes = minutesSection(answer.minutes, words);
  if (answer.about === 'minutes') {
    return {
      line: minutesLine(answer.minutes, words),
      sections: [minutes, people],
      questions: questions(words, 'question.spend', 'question.balance'),
    };
  }
  return {
    line: words.say('licenses.line', { people: answer.lacking }),
    sections: [{ ...people, title: '' }, minutes],
    questions: questions(words, 'question.minutes', 'question.balance'),
  };
}

function peopleSection(
  { days, lacking, people, more, credits }: LicensesAnswer,
  words: Words,
): LicencesSection {
  return {
    title: lacking === 0 ? '' : words.say('licenses.line', { people: lacking }),
    intro: words.say(lacking === 0 ? 'licenses.everyone' : 'licenses.why'),
    rows: people.map((person) => ({
      name: plainName(person.displayName),
      text: reason(person, days, words),
    })),
    more: more === 0 ? '' : words.say('licenses.more', { count: more }),
    close: credits === null ? words.say('licenses.creditsNone') : words.say('licenses.credits', credits),
    note: words.say('licenses.asOf', { when: zonedMoment(words, words.now) }),
  };
}

function reason({ calls, beside }: LackingPerson, days: number, words: Words): string {
  if (beside === null) return words.say('licenses.calls', { calls, days });
  const plan = licenceName(words, beside);
  return calls === 0
    ? words.say('licenses.beside', { plan })
    : words.say('licenses.both', { calls, days, plan });
}
