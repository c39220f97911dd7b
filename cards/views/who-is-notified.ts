import type { Holder, NotifiedRole, WhoIsNotifiedAnswer } from '../../src/answers/who-is-notified.ts';
import { isTextKey, type Words } from '../words.ts';
import { zonedMoment } from './balance-line.ts';
import { plainName } from './plain-name.ts';
import { questions } from './questions.ts';

export function whoIsNotifiedView(answer: WhoIsNotifiedAnswer, words: Words) {
  const { people, roles, unheld, eligibleKnown } = answer;
  return {
    line: words.say('who-is-notified.line', { people }),
    why: words.say('who-is-notified.why'),
    roles: roles.map((role) => roleView(role, words)),
    unheld:
      unheld.length === 0
        ? ''
        : words.say('who-is-notified.unheld', {
            roles: unheld.map((role) => roleName(role, words)).join(', '),
          }),
    remarks: [
      words.say('who-is-notified.asOf', { when: zonedMoment(words, words.now) }),
      ...(eligibleKnown ? [] : [words.say('who-is-notified.eligibleUnknown')]),
    ],
    questions: questions(words, 'question.balance', 'question.runway'),
  };
}

function roleView({ role, onByDefault, holders, more }: NotifiedRole, words: Words) {
  const name = roleName(role, words);
  const named = holders.map((holder) => holderText(holder, words));
  return {
    title: onByDefault ? name : words.say('who-is-notified.off', { role: name }),
    holders: [...named, ...(more === 0 ? [] : [words.say('who-is-notified.more', { count: more })])].join(
      ', ',
    ),
  };
}

/** An obstacle matters more than how the role came. */
function holderText({ displayName, how, obstacle }: Holder, words: Words): string {
  const name = plainName(displayName);
  if (obstacle !== null) return words.say(`who-is-notified.${obstacle}`, { name });
  return how === 'direct' ? name : words.say(`who-is-notified.${how}`, { name });
}

/** The name of a role by its template id; the id itself where the role has no name here. */
export function roleName(role: string, words: Words): string {
  const key = `role.${role}`;
  return isTextKey(key) ? words.say(key) : role;
}
