import type { RateAnswer, RateReading } from '../../src/answers/rate.ts';
import { startOfDay } from '../../src/decision/time.ts';
import { globalNetworks, regionName } from '../region-name.ts';
import type { Words } from '../words.ts';
import { zonedMoment } from './balance-line.ts';
import { plainName } from './plain-name.ts';
import { type QuestionView, questions } from './questions.ts';
import { rateCovers } from './rate-covers.ts';
import { rateLine } from './rate-line.ts';
import { rateNotes } from './rate-notes.ts';
import {
  costText,
  formulas,
  minutesText,
  paidTexts,
  priceText,
  tariffFacts,
  typeName,
  typeWithin,
} from './rate-tariff.ts';

export function rateView(answer: RateAnswer, words: Words) {
  return {
    line: rateLine(words, answer),
    title: words.say('rate.title'),
    readings: answer.readings.map((reading) => readingView(words, reading, answer)),
    further: further(words, answer),
    source: words.say('rate.source', {
      when: zonedMoment(words, words.now),
      currency: answer.deck.currency,
      since: words.utc.date(startOfDay(answer.deck.effectiveFrom), words.now),
    }),
    questions: nextQuestions(words, answer),
  };
}

/** More would bury the prices. */
const mostWithCovers = 2;

function readingView(words: Words, reading: RateReading, answer: RateAnswer) {
  return {
    heading: heading(words, reading),
    ...figureOf(words, reading, answer),
    notes: rateNotes(words, reading),
    facts: tariffFacts(words, reading, answer.seconds),
    formulas: formulas(words, reading),
    paid: paidTexts(words, reading),
    coversTitle: words.say('rate.covers.title'),
    covers: answer.readings.length > mostWithCovers ? [] : rateCovers(words, reading),
  };
}

/** Where and which way: "Germany", "Germany, toll-free calls to your number", "France, +33655501****". */
function heading(words: Words, { region, number, numberType, direction }: RateReading): string {
  const place = regionName(words, region);
  const where = number === null ? place : words.say('rate.number', { place, number: typedNumber(number) });
  if (direction === 'inbound_toll_free') return words.say('rate.inbound', { where });
  if (numberType === null || numberType === 'any' || number !== null) return where;
  return words.say('rate.typed', {
    where,
    type: typeName(words, numberType === 'tollfree' ? 'toll_free' : numberType),
  });
}

/** As it was typed, with an ellipsis for a mask: cards read asterisks as emphasis. */
function typedNumber(number: string): string {
  return plainName(number.replace(/[*x]+$/iu, '…'));
}

/** What was asked for stands large: the cost of so many minutes, or else the price of one. */
function figureOf(words: Words, { tariffs }: RateReading, { seconds }: RateAnswer) {
  const first = tariffs.find(({ perMinute }) => perMinute !== null);
  if (first === undefined || first.perMinute === null) {
    return { figure: words.say('rate.none'), caption: words.say('rate.noneMeans') };
  }
  const price = priceText(words, first.perMinute);
  const type = typeWithin(words, first.numberType);
  if (!seconds.asked || first.cost === null) {
    return { figure: price, caption: words.say('rate.captionPrice', { type }) };
  }
  const length = minutesText(words, seconds.count);
  return {
    figure: costText(words, first.cost),
    caption: words.say('rate.captionCost', { type, length, price }),
  };
}

function further(words: Words, answer: RateAnswer): string {
  if (answer.further.length === 0) return '';
  const places = answer.further.map((region) => regionName(words, region)).join(', ');
  return words.say('rate.further', { places });
}

const mostFurther = 2;
/** A phone shows no wider button whole. */
const longestTitle: Readonly<Record<Words['language'], number>> = { en: 32, ko: 22 };

/** The other meanings first, then what people ask next. */
function nextQuestions(words: Words, { readings, further: regions }: RateAnswer): readonly QuestionView[] {
  const [first, ...others] = readings;
  const place = regionName(words, first.region);
  const isOrdinary =
    first.number === null && first.numberType === null && others.length === 0 && first.tariffs.length > 0;
  const mayBeOwn = first.region !== globalNetworks && first.direction === 'outbound';
  const titles = [
    ...regions
      .slice(0, mostFurther)
      .map((region) => words.say('rate.question.place', { place: regionName(words, region) })),
    ...(isOrdinary ? [words.say('rate.question.types', { place })] : []),
    ...(isOrdinary && mayBeOwn ? [words.say('rate.question.inbound', { place })] : []),
  ];
  const fitting = titles.filter((title) => [...title].length <= longestTitle[words.language]);
  return [...fitting.map((title) => ({ title })), ...questions(words, 'question.balance')];
}
