import type { ApprovalFigures, SeatFigures, TopUpRunway } from '../../src/answers/top-up.ts';
import type { Day } from '../../src/decision/time.ts';
import type { Words } from '../words.ts';
import { dayText } from './day-range.ts';
import { type Fact, fact } from './fact.ts';
import { plainName } from './plain-name.ts';
import { refusalLine, refusalNext } from './refusal-text.ts';
import { roleName } from './who-is-notified.ts';

/** Why the last tap did nothing new, for `topup-note.json`. */
export function noteView(
  note: { readonly code: string; readonly data: Readonly<Record<string, string | number>> } | null,
  words: Words,
) {
  if (note === null) return [];
  const line = refusalLine(words, note.code, note.data);
  return [{ title: words.say('refused.title', { line }), text: refusalNext(words, note.code, note.data) }];
}

/** Who would fill a seat: "Billing Administrator, Global Administrator". */
export function seatText({ roles, named }: SeatFigures, words: Words): string {
  const people = [
    ...roles.map((role) => roleName(role, words)),
    ...(named === 0 ? [] : [words.say('topup.seat.named')]),
  ];
  return people.length > 1 ? words.say('topup.seat', { people: words.choice(people) }) : (people[0] ?? '');
}

export function personText(
  { name, actsFor }: Pick<ApprovalFigures, 'name' | 'actsFor'>,
  words: Words,
): string {
  return actsFor === null
    ? words.say('topup.person', { name: plainName(name) })
    : words.say('topup.personFor', { name: plainName(name), absent: plainName(actsFor) });
}

/** How long the money lasts as it is, and with the amount. */
export function runwayFacts(runway: TopUpRunway | null, words: Words): readonly Fact[] {
  if (runway === null) return [];
  const { before, after, days } = runway;
  return [
    fact(words.say('topup.runway.before'), untilText(before, words)),
    fact(
      words.say('topup.runway.after'),
      after === null || days === null
        ? untilText(after, words)
        : words.say('topup.runway.longer', { day: dayText(words, after), days }),
    ),
  ];
}

function untilText(day: Day | null, words: Words): string {
  return day === null
    ? words.say('topup.runway.beyond')
    : words.say('topup.runway.until', { day: dayText(words, day) });
}
