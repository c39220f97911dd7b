import type { UsageAnswer, UsageFigures, UsageLine } from '../../src/answers/usage.ts';
import { addDays, type Day, utcDay } from '../../src/decision/time.ts';
import { divideHalfUp } from '../../src/money/divide.ts';
import { type Money, subtract, toDecimal } from '../../src/money/money.ts';
import { placeName } from '../place-names.ts';
import { isTextKey, type Words } from '../words.ts';
import { asOf } from './as-of.ts';
import { largeFigure } from './balance-figure.ts';
import { dayText, rangeText } from './day-range.ts';
import { figurePhrases } from './figure-phrases.ts';
import { fitting } from './fitting.ts';
import { plainName } from './plain-name.ts';
import { periodDuring, usageQuestions } from './usage-questions.ts';

/** Beyond so many accounts a card would be too large with a chart for each; the words stay. */
const mostCharts = 3;

export function usageView(answer: UsageAnswer, words: Words) {
  const charted = answer.accounts.length <= mostCharts;
  return {
    line: line(answer, words),
    title: words.say('usage.title', { by: words.say(`usage.by.${answer.by}`) }),
    accounts: answer.accounts.map((figures) => accountView(answer, { figures, words, charted })),
    remarks: remarks(answer, words),
    questions: usageQuestions(answer, words),
  };
}

function line({ accounts, period }: UsageAnswer, words: Words): string {
  const during = periodDuring(words, period);
  const spent = accounts.filter(({ calls }) => calls > 0).map(({ total }) => total);
  if (spent.length === 0) return words.say('usage.lineNone', { period: during });
  const phrases = figurePhrases(words, spent);
  return fitting(words.language, [
    ...phrases.map((figure) => words.say('usage.line', { figure, period: during })),
    ...phrases.map((figure) => words.say('usage.lineShort', { figure })),
  ]);
}

function accountView(
  answer: UsageAnswer,
  {
    figures,
    words,
    charted,
  }: { readonly figures: UsageFigures; readonly words: Words; readonly charted: boolean },
) {
  const by = words.say(`usage.by.${answer.by}`);
  const isByDay = answer.by === 'day';
  const { currency, rows, rest, series } = figures;
  const label = (row: UsageLine) => labelOf(answer, row, words);
  return {
    ...largeFigure(words, figures.total),
    currency,
    caption: caption(answer, figures, words),
    compared: compared(answer, figures, words),
    chartTitle: words.say('usage.chart', { by, currency }),
    xAxis: words.say('usage.chartDay'),
    bars: charted && !isByDay ? rows.map((row) => ({ x: label(row), y: axisValue(row.amount) })) : [],
    points: charted ? series.map(({ day, amount }) => ({ x: day, y: axisValue(amount) })) : [],
    heading: isByDay && rows.length > 0 ? words.say('usage.dearest') : '',
    rows: [
      ...rows.map((row) => ({ label: label(row), value: rowValue(row, words) })),
      ...(rest === null
        ? []
        : [{ label: words.say('usage.rest', { count: rest.count }), value: rowValue(rest, words) }]),
    ],
    trend: trend(series, words),
  };
}

/** A chart takes JSON numbers only. It shows the shape; the amounts are in the text. */
function axisValue(amount: Money): number {
  return Number(toDecimal(amount));
}

function caption({ days }: UsageAnswer, { calls }: UsageFigures, words: Words): string {
  return words.say('usage.caption', { calls, range: rangeText(words, days) });
}

function compared({ before }: UsageAnswer, { total, totalBefore }: UsageFigures, words: Words): string {
  const range = rangeText(words, before);
  if (totalBefore.microUnits === 0n) return words.say('usage.compared.none', { range });
  const moved = subtract(total, totalBefore);
  if (moved.microUnits === 0n) return words.say('usage.compared.same', { range });
  const change = words.say('usage.change', {
    amount: words.money.size(moved),
    share: words.share(Number(divideHalfUp(moved.microUnits * 10_000n, totalBefore.microUnits))),
  });
  const direction = moved.microUnits > 0n ? 'more' : 'less';
  return words.say(`usage.compared.${direction}`, { change, range });
}

function labelOf({ by }: UsageAnswer, { key, label }: UsageLine, words: Words): string {
  if (key === null || label === null) return words.say(by === 'user' ? 'usage.nobody' : 'usage.untold');
  switch (by) {
    case 'country':
      return plainName(placeName(words.language, label));
    case 'calltype': {
      const known = `calltype.${label}`;
      return isTextKey(known) ? words.say(known) : plainName(label);
    }
    case 'day':
      return dayText(words, key as Day);
    case 'user':
      return plainName(label);
    case 'number':
      // An asterisk would be read as a sign of Markdown where a client shows the chart's labels.
      return plainName(label.replaceAll('*', '•'));
  }
}

function rowValue(
  { amount, shareBasisPoints, calls }: Pick<UsageLine, 'amount' | 'shareBasisPoints' | 'calls'>,
  words: Words,
): string {
  return words.say('usage.row', {
    amount: words.money.plain(amount),
    // A tenth of a percent is all that an eye compares.
    share: words.share(Math.round(shareBasisPoints / 10) * 10),
    calls,
  });
}

function trend(series: UsageFigures['series'], words: Words): string {
  const last = series.at(-1);
  if (last === undefined || series.length < 2) return '';
  const byAmount = [...series].sort((left, right) =>
    left.amount.microUnits < right.amount.microUnits ? -1 : 1,
  );
  const [low, high] = [byAmount[0] ?? last, byAmount.at(-1) ?? last];
  return words.say('usage.trend', {
    low: words.money.plain(low.amount),
    lowDay: dayText(words, low.day),
    high: words.money.plain(high.amount),
    highDay: dayText(words, high.day),
    last: words.money.plain(last.amount),
    lastDay: dayText(words, last.day),
  });
}

function remarks(answer: UsageAnswer, words: Words): readonly string[] {
  const isIncomplete = answer.days.to >= addDays(utcDay(words.now), -2);
  return [
    asOf(words, answer),
    ...(isIncomplete ? [words.say('usage.late')] : []),
    ...(answer.numbersMasked ? [words.say('usage.masked')] : []),
  ];
}
