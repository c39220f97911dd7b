import type { ForecastAnswer, ForecastFigures, OutlookFigures } from '../../src/answers/forecast.ts';
import { utcDay } from '../../src/decision/time.ts';
import { type Money, toDecimal } from '../../src/money/money.ts';
import type { Words } from '../words.ts';
import { asOf } from './as-of.ts';
import type { Optional } from './balance-figure.ts';
import { balanceSource, zonedMoment } from './balance-line.ts';
import { dayText } from './day-range.ts';
import { type Fact, fact } from './fact.ts';
import { fitting } from './fitting.ts';
import { questions } from './questions.ts';

/** A chart of three curves is large; with more accounts the words stay. */
const mostCharts = 2;
const mostLapses = 3;

export function forecastView(answer: ForecastAnswer, words: Words) {
  const charted = answer.accounts.length <= mostCharts;
  return {
    line: line(answer, words),
    accounts: answer.accounts.map((account) => accountView(account, words, charted)),
    remarks: [asOf(words, answer), words.say('forecast.complete'), words.say('forecast.noRecharge')],
    questions: questions(words, 'question.trigger', 'question.balance', 'question.spend'),
  };
}

/** The account that runs out first; the card tells of the others. */
function line({ accounts }: ForecastAnswer, words: Words): string {
  const [first] = [...accounts].sort((left, right) => (zeroOf(left) < zeroOf(right) ? -1 : 1));
  if (first === undefined) return words.say('forecast.line.early');
  const { outcome, from } = first;
  const said = (text: string): string =>
    accounts.length === 1 ? text : words.say('forecast.line.of', { currency: from.currency, text });
  return said(fitting(words.language, outcomeLines(outcome, words)));
}

function zeroOf({ outcome }: ForecastFigures): string {
  if (outcome.kind === 'too-early') return 'too early';
  return outcome.zero.p50 ?? 'beyond';
}

function outcomeLines(outcome: ForecastFigures['outcome'], words: Words): readonly string[] {
  if (outcome.kind === 'too-early') return [words.say('forecast.line.early')];
  const { asked, zero, horizonDays } = outcome;
  if (asked?.kind === 'within') {
    const share = likely(words, asked.lasts);
    return [words.say('forecast.line.lasts', { share, date: dayText(words, asked.day) })];
  }
  if (zero.p50 === null) return [words.say('forecast.line.beyond', { days: horizonDays })];
  if (zero.p50 <= utcDay(words.now)) return [words.say('forecast.line.now')];
  return [words.say('forecast.line.date', { date: dayText(words, zero.p50) })];
}

function accountView(account: ForecastFigures, words: Words, charted: boolean) {
  const { outcome, from } = account;
  const shared = {
    currency: from.currency,
    chartTitle: words.say('forecast.chart', { currency: from.currency }),
    xAxis: words.say('usage.chartDay'),
  };
  if (outcome.kind === 'too-early') {
    const { daysOfData, daysNeeded } = outcome;
    return {
      ...shared,
      figure: words.say('forecast.days', { days: daysOfData }),
      caption: words.say('forecast.early.caption', { currency: from.currency }),
      state: [],
      asked: '',
      facts: [
        fact(words.say('forecast.fact.needed'), words.say('forecast.days', { days: daysNeeded })),
        startsFrom(account, words),
      ],
      series: [],
      notes: [],
    };
  }
  return {
    ...shared,
    figure: zeroText(outcome, words, 'p50'),
    caption: words.say('forecast.caption', { currency: from.currency }),
    state: doubt(outcome, words),
    asked: askedText(outcome, words),
    facts: facts(account, outcome, words),
    series: charted ? series(outcome, words) : [],
    notes: notes(outcome, words),
  };
}

function zeroText({ zero, horizonDays }: OutlookFigures, words: Words, which: 'p10' | 'p50' | 'p90'): string {
  const day = zero[which];
  return day === null ? words.say('forecast.beyond', { days: horizonDays }) : dayText(words, day);
}

/** A forecast that did worse than promised before says so above its figures. */
function doubt(
  { backtest: { verdict } }: OutlookFigures,
  words: Words,
): Optional<{ style: string; title: string; text: string }> {
  if (verdict !== 'too-narrow' && verdict !== 'too-wide') return [];
  return [
    {
      style: 'warning',
      title: words.say('forecast.doubt.title'),
      text: words.say(`forecast.doubt.${verdict}`),
    },
  ];
}

function askedText({ asked, horizonDays }: OutlookFigures, words: Words): string {
  if (asked === null) return '';
  const date = dayText(words, asked.day);
  if (asked.kind === 'within') {
    const share = likely(words, asked.lasts);
    return words.say('forecast.asked.within', { date, share, ...range(asked, words) });
  }
  if (asked.kind === 'past') return words.say('forecast.asked.past', { date });
  return words.say('forecast.asked.beyond', { date, days: horizonDays });
}

function facts(account: ForecastFigures, outcome: OutlookFigures, words: Words): readonly Fact[] {
  const { daysOfData, learnedUntil, usualDay, growthPerMonth, lapses } = outcome;
  return [
    ...(['p10', 'p50', 'p90'] as const).map((which) =>
      fact(words.say(`forecast.fact.${which}`), zeroText(outcome, words, which)),
    ),
    startsFrom(account, words),
    fact(
      words.say('forecast.fact.learned'),
      words.say('forecast.learned', { days: daysOfData, date: dayText(words, learnedUntil) }),
    ),
    fact(words.say('forecast.fact.usualDay'), words.money.plain(usualDay)),
    fact(words.say('forecast.fact.trend'), trend(growthPerMonth, words)),
    fact(words.say('forecast.fact.backtest'), backtest(outcome, words)),
    ...lapses
      .slice(0, mostLapses)
      .map(({ day, amount }) =>
        fact(
          words.say('forecast.fact.lapse'),
          words.say('forecast.lapse', { amount: words.money.plain(amount), date: dayText(words, day) }),
        ),
      ),
  ];
}

function startsFrom({ from }: ForecastFigures, words: Words): Fact {
  const { kind, at } = balanceSource(words, from);
  return fact(
    words.say('forecast.fact.from'),
    words.say(`forecast.from.${kind}`, {
      amount: words.money.plain(from.estimate),
      when: zonedMoment(words, at),
    }),
  );
}

function trend(growthPerMonth: number, words: Words): string {
  if (growthPerMonth === 0) return words.say('forecast.trend.none');
  const share = words.share(Math.round(growthPerMonth / 10) * 10);
  return words.say(growthPerMonth > 0 ? 'forecast.trend.more' : 'forecast.trend.less', { share });
}

function backtest({ backtest: { coverage, medianError } }: OutlookFigures, words: Words): string {
  if (coverage === null || medianError === null) return words.say('forecast.backtest.none');
  return words.say('forecast.backtest.some', {
    coverage: wholeShare(words, coverage),
    error: wholeShare(words, medianError),
  });
}

function wholeShare(words: Words, basisPoints: number): string {
  return words.share(Math.round(basisPoints / 100) * 100);
}

/** A thousand futures cannot make certain, so no chance is told as all or none. */
function likely(words: Words, basisPoints: number): string {
  return wholeShare(words, Math.min(9_900, Math.max(100, basisPoints)));
}

type DayFigures = OutlookFigures['daily'][number];

function range({ p10, p50, p90 }: Pick<DayFigures, 'p10' | 'p50' | 'p90'>, words: Words) {
  return { low: words.money.plain(p10), middle: words.money.plain(p50), high: words.money.plain(p90) };
}

/** The twin of the chart in words: after a week, two weeks, and the last day. */
function notes({ daily }: OutlookFigures, words: Words): readonly string[] {
  const shown = [daily[6], daily[13], daily.at(-1)].filter((day) => day !== undefined);
  if (shown.length === 0) return [];
  const days = shown.map((day) =>
    words.say('forecast.day', { date: dayText(words, day.day), ...range(day, words) }),
  );
  return [words.say('forecast.twin'), ...days];
}

function series({ daily }: OutlookFigures, words: Words) {
  if (daily.length < 2) return [];
  return (['p10', 'p50', 'p90'] as const).map((which) => ({
    legend: words.say(`forecast.legend.${which}`),
    values: daily.map((day) => ({ x: day.day, y: axisValue(day[which]) })),
  }));
}

/** A chart takes JSON numbers only. It shows the shape; the amounts are in the text. */
function axisValue(amount: Money): number {
  return Math.round(Number(toDecimal(amount)) * 100) / 100;
}
