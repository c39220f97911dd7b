import type { LackingPerson, LicensesAnswer } from '../../src/answers/licenses.ts';
import { isTextKey, type Words } from '../words.ts';
import { zonedMoment } from './balance-line.ts';
import { plainName } from './plain-name.ts';
import { questions } from './questions.ts';

export function licensesView({ days, lacking, people, more, credits }: LicensesAnswer, words: Words) {
  return {
    line: words.say('licenses.line', { people: lacking }),
    why: words.say(lacking === 0 ? 'licenses.everyone' : 'licenses.why'),
    people: people.map((person) => ({
      name: plainName(person.displayName),
      reason: reason(person, days, words),
    })),
    more: more === 0 ? '' : words.say('licenses.more', { count: more }),
    credits: credits === null ? words.say('licenses.creditsNone') : words.say('licenses.credits', credits),
    asOf: words.say('licenses.asOf', { when: zonedMoment(words, words.now) }),
    questions: questions(words, 'question.spend', 'question.balance'),
  };
}

function reason({ calls, beside }: LackingPerson, days: number, words: Words): string {
  if (beside === null) return words.say('licenses.calls', { calls, days });
  const plan = planName(beside, words);
  return calls === 0
    ? words.say('licenses.beside', { plan })
    : words.say('licenses.both', { calls, days, plan });
}

function planName(servicePlan: string, words: Words): string {
  const key = `licence.${servicePlan}`;
  return isTextKey(key) ? words.say(key) : servicePlan;
}
