import type { ApprovalFigures, SeatFigures, TopUpRunway } from '../../src/answers/top-up.ts';
import { type Day, utcDay } from '../../src/decision/time.ts';
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

/** How long the money lasts as it is and with the amount, and the least that is enough for now. */
export function runwayFacts(runway: TopUpRunway | null, words: Words): readonly Fact[] {
  if (runway === null) return [];
  return [
    fact(words.say('topup.runway.before'), untilText(runway.before, words)),
    fact(words.say('topup.runway.after'), withAmount('topup.runway.longer', runway, words)),
    ...leastFacts(runway, words),
  ];
}

/** What a yes buys, what a no means, and the least that is enough for now: for whoever is to decide. */
export function decisionFacts(runway: TopUpRunway | null, words: Words): readonly Fact[] {
  if (runway === null) return [];
  const share = words.share(runway.certainty);
  const sure = (until: string): string => words.say('topup.decision.sure', { until, share });
  return [
    fact(words.say('topup.decision.approved'), sure(withAmount('topup.decision.longer', runway, words))),
    fact(words.say('topup.decision.refused'), withoutAmount(runway, words, sure)),
    ...leastFacts(runway, words),
  ];
}

/** Whoever decides is told the days first, for they are what is bought. */
function withAmount(
  longer: 'topup.runway.longer' | 'topup.decision.longer',
  { after, days }: TopUpRunway,
  words: Words,
): string {
  return after === null || days === null
    ? untilText(after, words)
    : words.say(longer, { day: dayText(words, after), days });
}

function withoutAmount({ before }: TopUpRunway, words: Words, sure: (until: string) => string): string {
  if (before === null) return sure(untilText(before, words));
  if (before < utcDay(words.now)) return words.say('topup.decision.stopsNow');
  return words.say('topup.decision.stops', { until: sure(untilText(before, words)) });
}

function leastFacts({ nextRecharge }: TopUpRunway, words: Words): readonly Fact[] {
  if (nextRecharge === null) return [];
  const { least } = nextRecharge;
  const day = dayText(words, nextRecharge.day);
  return [
    fact(
      words.say('topup.least'),
      least.microUnits === 0n
        ? words.say('topup.least.none', { day })
        : words.say('topup.least.amount', { day, amount: words.money.withCode(least) }),
    ),
  ];
}

function untilText(day: Day | null, words: Words): string {
  return day === null
    ? words.say('topup.runway.beyond')
    : words.say('topup.runway.until', { day: dayText(words, day) });
}
