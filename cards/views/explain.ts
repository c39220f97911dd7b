import type { ExplainAnswer, ExplainedChange, StoppingService } from '../../src/answers/explain.ts';
import { type Money, subtract } from '../../src/money/money.ts';
import { placeName } from '../place-names.ts';
import type { Words } from '../words.ts';
import { addingUp } from './adding-up.ts';
import { asOf } from './as-of.ts';
import { dayText, rangeText } from './day-range.ts';
import { fitting } from './fitting.ts';
import { poolRow } from './included-minutes.ts';
import { plainName } from './plain-name.ts';
import { questions } from './questions.ts';

export function explainView(answer: ExplainAnswer, words: Words) {
  const { days, changes, usageDays, stops, pools } = answer;
  return {
    line: line(answer, words),
    range: words.say('explain.range', { range: rangeText(words, days) }),
    changes: changes.map((change) => ({ lines: lines(change, words) })),
    stopsTitle: words.say('explain.stops'),
    stopsText: words.say(stops.length === 0 ? 'explain.stopsNothing' : 'explain.stopsText', {
      range: rangeText(words, usageDays),
    }),
    stops: stops.map((stopping) => stopView(stopping, words)),
    goesOn: words.say('explain.goesOn'),
    pools: pools.slice(0, mostPools).map((pool) => poolRow(pool, words)),
    asOf: asOf(words, answer),
    questions: questions(words, 'question.spend', 'question.runway', 'question.history'),
  };
}

/** The fullest ones; the card of licences has them all. */
const mostPools = 4;

/** The first account's change; the card tells of the others. */
function line({ changes: [first], days }: ExplainAnswer, words: Words): string {
  if (first === undefined) return words.say('explain.line.none');
  const moved = subtract(first.closing, first.opening);
  const date = dayText(words, days.from);
  if (moved.microUnits === 0n) return words.say('explain.line.same', { date });
  const size = { ...moved, microUnits: moved.microUnits < 0n ? -moved.microUnits : moved.microUnits };
  const direction = moved.microUnits < 0n ? 'less' : 'more';
  return fitting(words.language, [
    words.say(`explain.line.${direction}`, { amount: words.money.withCode(size), date }),
    words.say(`explain.line.${direction}`, { amount: words.money.roundedWithCode(size), date }),
    words.say(`explain.line.${direction}Short`, { amount: words.money.roundedWithCode(size) }),
  ]);
}

interface Line {
  readonly label: string;
  readonly amount: string;
}

/** Opening, what moved it, closing: read downwards, they add up to the last minor unit. */
function lines(change: ExplainedChange, words: Words): readonly Line[] {
  const { opening, closing } = change;
  const between = movedBy(change, words);
  const amounts = addingUp(
    opening,
    between.map(({ moved }) => moved),
  );
  return [
    { label: words.say('explain.opening'), amount: words.money.withCode(opening) },
    ...between.map(({ label, moved }, index) => ({ label, amount: signed(amounts[index] ?? moved, words) })),
    { label: words.say('explain.closing'), amount: words.money.withCode(closing) },
  ];
}

function movedBy({ usage, otherUsage, movements }: ExplainedChange, words: Words) {
  return [
    ...usage.map(({ destination, amount }) => ({ label: callsLabel(destination, words), moved: amount })),
    ...(otherUsage === null ? [] : [{ label: words.say('explain.callsOther'), moved: otherUsage }]),
    ...movements.map(({ kind, amount }) => ({ label: words.say(`history.kind.${kind}`), moved: amount })),
  ];
}

function callsLabel(destination: string | null, words: Words): string {
  if (destination === null) return words.say('explain.callsUntold');
  return words.say('explain.calls', { place: plainName(placeName(words.language, destination)) });
}

function signed(amount: Money, words: Words): string {
  const text = words.money.plain(amount);
  return amount.microUnits > 0n ? `+${text}` : text;
}

function stopView({ service, calls, numbers }: StoppingService, words: Words) {
  const count = words.say('explain.count', { calls });
  const called = numbers.map(({ number, calls: times }) =>
    words.say('explain.number', { number: plainName(number), calls: times }),
  );
  return { label: words.say(`explain.service.${service}`), value: [count, ...called].join('; ') };
}
