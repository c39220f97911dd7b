import type {
  Holder,
  HolderList,
  NotifiedRole,
  WhoIsNotifiedAnswer,
} from '../../src/answers/who-is-notified.ts';
import { isTextKey, type TextKey, type Words } from '../words.ts';
import { zonedMoment } from './balance-line.ts';
import { plainName } from './plain-name.ts';
import { questions } from './questions.ts';

export function whoIsNotifiedView(answer: WhoIsNotifiedAnswer, words: Words) {
  const { people, reachable, roles, unheld, eligibleKnown, asOf } = answer;
  return {
    line: words.say('who-is-notified.line', { people }),
    why: [words.say('who-is-notified.reachable', { reachable }), words.say('who-is-notified.why')].slice(
      people === 0 ? 1 : 0,
    ),
    roles: roles.map((role) => roleView(role, words)),
    unheld:
      unheld.length === 0
        ? ''
        : words.say('who-is-notified.unheld', {
            roles: unheld.map((role) => roleName(role, words)).join(', '),
          }),
    remarks: [
      words.say('who-is-notified.asOf', { when: zonedMoment(words, asOf), age: words.age(asOf) }),
      ...(eligibleKnown ? [] : [words.say('who-is-notified.eligibleUnknown')]),
    ],
    questions: questions(words, 'question.balance', 'question.runway'),
  };
}

function roleView({ role, chosen, mailed, active, eligible, part }: NotifiedRole, words: Words) {
  const name = roleName(role, words);
  return {
    title: titleOf({ name, chosen, mailed }, words),
    lines: [
      ...(isEmpty(active) ? [] : [names(active, words)]),
      ...apart('who-is-notified.eligible', eligible, words),
      ...apart('who-is-notified.part', part, words),
    ],
  };
}

function titleOf(
  { name, chosen, mailed }: Pick<NotifiedRole, 'chosen' | 'mailed'> & { readonly name: string },
  words: Words,
): string {
  if (!chosen) return words.say('who-is-notified.off', { role: name });
  return mailed ? name : words.say('who-is-notified.added', { role: name });
}

/** Those who hold a role in another way than the one that counts, in a line that says so. */
function apart(key: TextKey, list: HolderList, words: Words): readonly string[] {
  return isEmpty(list) ? [] : [words.say(key, { names: names(list, words) })];
}

function isEmpty({ holders }: HolderList): boolean {
  return holders.length === 0;
}

function names({ holders, more }: HolderList, words: Words): string {
  const named = holders.map((holder) => holderText(holder, words));
  return [...named, ...(more === 0 ? [] : [words.say('who-is-notified.more', { count: more })])].join(', ');
}

/** An obstacle matters more than how the role came. */
function holderText({ displayName, how, until, obstacle }: Holder, words: Words): string {
  const name = plainName(displayName);
  if (obstacle !== null) return words.say(obstacleKey(obstacle), { name });
  if (how === 'group') return words.say('who-is-notified.group', { name });
  if (how !== 'activated') return name;
  if (until === null) return words.say('who-is-notified.activated', { name });
  return words.say('who-is-notified.activatedUntil', { name, until: words.time.moment(until, words.now) });
}

/** A reason that has no words of its own is told as what it comes to. */
function obstacleKey(obstacle: string): TextKey {
  const key = `who-is-notified.${obstacle}`;
  return isTextKey(key) ? key : 'who-is-notified.not-writable';
}

/** The name of a role by its template id; the id itself where the role has no name here. */
export function roleName(role: string, words: Words): string {
  const key = `role.${role}`;
  return isTextKey(key) ? words.say(key) : role;
}
