import type { RateAnswer, RateReading } from '../../src/answers/rate.ts';
import { compare, type Money } from '../../src/money/money.ts';
import { regionName } from '../region-name.ts';
import type { Words } from '../words.ts';
import { fitting } from './fitting.ts';
import { minutesText, priceText, typeWithin } from './rate-tariff.ts';

/** The answer in one line: the price of a minute, or the cost of the minutes that were asked for. */
export function rateLine(words: Words, answer: RateAnswer): string {
  const [first, second, third] = answer.readings;
  const others = answer.readings.slice(1).filter(({ region }) => region !== first.region);
  const count = others.length + answer.further.length;
  if (second === undefined || count === 0) {
    return fitting(words.language, oneReading(words, first, answer.seconds));
  }
  return fitting(words.language, [
    ...(third === undefined ? pair(words, [first, second], answer.seconds) : []),
    ...many(words, first, { ...answer, count }),
  ]);
}

type Seconds = RateAnswer['seconds'];

/** From the full to the shortest way of saying it. */
function oneReading(words: Words, reading: RateReading, seconds: Seconds): readonly string[] {
  const told = toldOf(reading, seconds);
  const place = placeOf(words, reading);
  const [first, second, third] = told;
  if (first === undefined) return [words.say('rate.line.none', { place }), words.say('rate.none')];

  if (reading.match?.ownRegion === false) {
    return [words.say('rate.line.neighbour', { place, price: perMinuteText(words, reading) }), place];
  }
  const values = { place, length: minutesText(words, seconds.count), price: rangeText(words, told) };
  const suffix = seconds.asked ? 'Cost' : '';
  return [
    ...(second === undefined || third !== undefined
      ? []
      : [
          words.say(`rate.line.two${suffix}`, {
            ...values,
            firstType: typeWithin(words, first.type),
            first: priceText(words, first.amount),
            secondType: typeWithin(words, second.type),
            second: priceText(words, second.amount),
          }),
        ]),
    words.say(`rate.line.one${suffix}`, values),
    words.say(`rate.line.from${suffix}`, { ...values, price: lowestText(words, told) }),
    words.say(`rate.line.short${suffix}`, values),
  ];
}

function perMinuteText(words: Words, reading: RateReading): string {
  return rangeText(words, toldOf(reading, { count: 0, asked: false }));
}

function pair(
  words: Words,
  readings: readonly [RateReading, RateReading],
  seconds: Seconds,
): readonly string[] {
  const length = minutesText(words, seconds.count);
  const say = (priced: typeof wholeRange) => {
    const [first, second] = readings;
    const values = { first: priced(words, first, seconds), second: priced(words, second, seconds), length };
    return words.say(seconds.asked ? 'rate.line.pairCost' : 'rate.line.pair', values);
  };
  return [say(wholeRange), say(lowest)];
}

function wholeRange(words: Words, reading: RateReading, seconds: Seconds): string {
  const told = toldOf(reading, seconds);
  const place = placeOf(words, reading);
  if (told.length === 0) return words.say('rate.line.none', { place });
  return words.say('rate.line.place', { place, price: rangeText(words, told) });
}

function lowest(words: Words, reading: RateReading, seconds: Seconds): string {
  const told = toldOf(reading, seconds);
  if (told.length < 2) return wholeRange(words, reading, seconds);
  return words.say('rate.line.placeFrom', {
    place: placeOf(words, reading),
    price: lowestText(words, told),
  });
}

function many(
  words: Words,
  reading: RateReading,
  { seconds, count }: { readonly seconds: Seconds; readonly count: number },
): readonly string[] {
  const told = toldOf(reading, seconds);
  const values = { place: placeOf(words, reading), count, length: minutesText(words, seconds.count) };
  const short = words.say('rate.line.manyShort', values);
  if (told.length === 0) return [short];
  const key = seconds.asked ? 'rate.line.manyCost' : 'rate.line.many';
  return [words.say(key, { ...values, price: rangeText(words, told) }), short];
}

function placeOf(words: Words, { region, direction }: RateReading): string {
  const place = regionName(words, region);
  return direction === 'outbound' ? place : words.say('rate.line.inbound', { place });
}

interface Told {
  readonly type: string;
  readonly amount: Money;
}

/** What has a price: of a minute, or of the call that was asked for. */
function toldOf({ tariffs }: RateReading, { asked }: Seconds): readonly Told[] {
  return tariffs.flatMap(({ numberType, perMinute, cost }) => {
    const amount = asked ? (cost?.charge ?? null) : perMinute;
    return amount === null ? [] : [{ type: numberType, amount }];
  });
}

function rangeText(words: Words, told: readonly Told[]): string {
  const low = lowestText(words, told);
  const high = priceText(words, highestOf(told));
  return low === high ? low : words.say('rate.range', { low, high });
}

function lowestText(words: Words, told: readonly Told[]): string {
  const [first, ...others] = told.map(({ amount }) => amount);
  if (first === undefined) throw new RangeError('There is no lowest price of none.');
  return priceText(
    words,
    others.reduce((least, one) => (compare(one, least) < 0 ? one : least), first),
  );
}

function highestOf(told: readonly Told[]): Money {
  const [first, ...others] = told.map(({ amount }) => amount);
  if (first === undefined) throw new RangeError('There is no highest price of none.');
  return others.reduce((most, one) => (compare(one, most) > 0 ? one : most), first);
}
