import type { IncidentAnswer } from '../../src/answers/incident.ts';
import type { MicrosoftMail, ToldCounts, UnreachedPeople } from '../../src/answers/incident-ways.ts';
import { hourMs, minuteMs } from '../../src/decision/time.ts';
import { isTextKey, type TextKey, type Words } from '../words.ts';
import { type Fact, fact } from './fact.ts';
import { plainName } from './plain-name.ts';
import { roleName } from './who-is-notified.ts';

/** How many can be told and were, and whether Microsoft's own mail came. */
export function waysFacts(answer: IncidentAnswer, words: Words): readonly Fact[] {
  const { mail, told } = answer.ways ?? {};
  return [
    ...people(answer, words),
    ...(mail === undefined ? [] : [fact(words.say('incident.ways.mail'), sightText(mail, words))]),
    ...(told === undefined ? [] : [fact(words.say('incident.ways.told'), toldText(told, words))]),
    ...(told?.speed ? [fact(words.say('incident.ways.speed'), speedText(told.speed, words))] : []),
  ];
}

/** Who cannot be told and why, and to whom no mail can come. */
export function waysNotes({ ways = {} }: IncidentAnswer, words: Words): readonly string[] {
  const { unreached, mail } = ways;
  return [
    ...(unreached === undefined ? [] : unreachedLines(unreached, words)),
    ...(mail === undefined || mail.withoutMailbox === 0 ? [] : [mailboxLine(mail, words)]),
  ];
}

function people({ about, figures: { count, of } }: IncidentAnswer, words: Words): readonly Fact[] {
  if (of === undefined || count === null) return [];
  const title = about === 'reach-report' ? 'incident.ways.unreached' : 'incident.ways.reachable';
  return [fact(words.say(title), words.say('incident.ways.ofAll', { count, of }))];
}

function sightText({ sight, patienceMs }: MicrosoftMail, words: Words): string {
  if (sight.kind === 'arrived')
    return words.say('incident.mail.arrived', { when: words.time.moment(sight.at, words.now) });
  if (sight.kind === 'not-seen') return words.say('incident.mail.not-seen', { hours: patienceMs / hourMs });
  return words.say(`incident.mail.${sight.kind}`);
}

function toldText(counts: ToldCounts, words: Words): string {
  const { told, of, failed, unknown, pending, byMail, seen } = counts;
  const details = [
    ...failed.map(({ why, count }) => words.say(reasonKey('incident.told', why, 'failed'), { count })),
    ...some(words, 'incident.told.unknown', unknown),
    ...some(words, 'incident.told.pending', pending),
    ...some(words, 'incident.told.mail', byMail),
  ];
  const all =
    details.length === 0
      ? words.say('incident.told.all', { told, of })
      : words.say('incident.told.some', { told, of, details: details.join(', ') });
  return seen === 0 ? all : words.say('incident.told.seen', { told: all, seen });
}

function some(words: Words, key: TextKey, count: number): readonly string[] {
  return count === 0 ? [] : [words.say(key, { count })];
}

function speedText({ medianMs, slowestMs }: NonNullable<ToldCounts['speed']>, words: Words): string {
  const [median, slowest] = [lasting(medianMs, words), lasting(slowestMs, words)];
  return words.say('incident.speed.both', { median, slowest });
}

/** More than two minutes nobody counts in seconds. */
const longestInSeconds = 2 * minuteMs;

function lasting(milliseconds: number, words: Words): string {
  if (milliseconds > longestInSeconds)
    return words.say('incident.speed.minutes', { minutes: Math.ceil(milliseconds / minuteMs) });
  return words.say('incident.speed.seconds', { seconds: Math.max(1, Math.ceil(milliseconds / 1_000)) });
}

function unreachedLines({ people: named, more, unheld }: UnreachedPeople, words: Words): readonly string[] {
  return [
    ...named.map(({ name, why }) =>
      words.say(reasonKey('incident.unreached', why, 'other'), { name: plainName(name) }),
    ),
    ...(more === 0 ? [] : [words.say('incident.unreached.more', { count: more })]),
    ...(unheld.length === 0
      ? []
      : [
          words.say('incident.unreached.unheld', {
            roles: unheld.map((role) => roleName(role, words)).join(', '),
          }),
        ]),
  ];
}

function mailboxLine({ of, withoutMailbox: count, names }: MicrosoftMail, words: Words): string {
  const more = count - names.length;
  const all = [
    ...names.map(plainName),
    ...(more === 0 ? [] : [words.say('incident.mail.more', { count: more })]),
  ];
  return words.say('incident.mail.without', { count, of, names: all.join(', ') });
}

/** A reason that has no words of its own is told as what it came to. */
function reasonKey(group: 'incident.told' | 'incident.unreached', why: string, other: string): TextKey {
  const key = `${group}.${why}`;
  const usual = `${group}.${other}`;
  return isTextKey(key) ? key : isTextKey(usual) ? usual : 'incident.told.failed';
}
