import type { BalanceFigures } from '../../src/answers/answer.ts';
import { type Day, startOfDay } from '../../src/decision/time.ts';
import { type Money, toDecimal } from '../../src/money/money.ts';
import type { Words } from '../words.ts';
import type { Optional } from './balance-figure.ts';
import { fact } from './fact.ts';

type Points = BalanceFigures['trend'];
type Point = Points[number];

/** Most points that a chart of one card shows. */
const maxPoints = 30;
const daysPerWeek = 7;

/** The chart, what is said in its place where a client has no charts, and its twin in words, which all read. */
export function trendView(
  words: Words,
  { currency, trend }: BalanceFigures,
  charted: boolean,
): Optional<object> {
  const points = trend.slice(-maxPoints);
  const last = points.at(-1);
  if (last === undefined) return [];
  const days = points.length;
  return [
    {
      heading: words.say('balance.trend.heading', { days }),
      title: words.say('balance.trend.title', { days, currency }),
      xAxis: words.say('balance.trend.day'),
      currency,
      values: charted ? points.map(({ day, balance }) => ({ x: day, y: axisValue(balance) })) : [],
      weekly: weekly(points).map(({ day, balance }) => fact(dayText(words, day), words.money.plain(balance))),
      text: twin(words, points, last),
    },
  ];
}

/** A chart takes JSON numbers only. It shows the shape of the curve; the amounts are in the text. */
function axisValue(balance: Money): number {
  return Number(toDecimal(balance));
}

/** The last point and those whole weeks before it, oldest first. */
function weekly(points: Points): Points {
  return points.filter((_point, index) => (points.length - 1 - index) % daysPerWeek === 0);
}

function twin(words: Words, points: Points, last: Point): string {
  if (points.length === 1) {
    return words.say('balance.trend.single', {
      last: words.money.plain(last.balance),
      lastDay: dayText(words, last.day),
    });
  }
  const lowest = points.reduce((least, point) => (isBelow(point, least) ? point : least));
  const highest = points.reduce((most, point) => (isBelow(most, point) ? point : most));
  const extremes = words.say('balance.trend.extremes', {
    low: words.money.plain(lowest.balance),
    lowDay: dayText(words, lowest.day),
    high: words.money.plain(highest.balance),
    highDay: dayText(words, highest.day),
    last: words.money.plain(last.balance),
  });
  return `${extremes} ${direction(words, points[0] ?? last, last)}`;
}

function direction(words: Words, first: Point, last: Point): string {
  const moved = last.balance.microUnits - first.balance.microUnits;
  if (moved === 0n) return words.say('balance.trend.level');
  const change = words.money.size({ ...last.balance, microUnits: moved });
  return words.say(moved < 0n ? 'balance.trend.down' : 'balance.trend.up', { change });
}

function isBelow(left: Point, right: Point): boolean {
  return left.balance.microUnits < right.balance.microUnits;
}

/** The balance is kept by UTC days, so that a day keeps its name in every time zone. */
function dayText(words: Words, day: Day): string {
  return words.utc.date(startOfDay(day), words.now);
}
