import type { PaidFigures, RateAnswer, RateReading, TariffFigures } from '../../src/answers/rate.ts';
import { startOfDay } from '../../src/decision/time.ts';
import { compare, type Money, subtract } from '../../src/money/money.ts';
import { isTextKey, type Words } from '../words.ts';
import { type Fact, fact } from './fact.ts';
import { plainName } from './plain-name.ts';

/** Prices of a minute and costs of short calls, with up to four decimals. */
export function priceText(words: Words, amount: Money): string {
  return words.money.fine(amount);
}

export function costText(words: Words, { charge }: NonNullable<TariffFigures['cost']>): string {
  return priceText(words, charge);
}

/** The name of a kind of number; a list's own word where it has one that we do not know. */
export function typeName(words: Words, numberType: string): string {
  const key = `rate.type.${numberType}`;
  return isTextKey(key) ? words.say(key) : plainName(numberType);
}

/** The name as it stands within a sentence. */
export function typeWithin(words: Words, numberType: string): string {
  return typeName(words, numberType).toLocaleLowerCase(words.language);
}

/** The name, and where a reading has several tariffs of one kind, how the numbers of this one begin. */
function tariffName(words: Words, { tariffs }: RateReading, { numberType, prefix }: TariffFigures): string {
  const type = typeName(words, numberType);
  const isAlone = tariffs.filter((tariff) => tariff.numberType === numberType).length === 1;
  return isAlone ? type : words.say('rate.typePrefix', { type, prefix });
}

/** "10 minutes", "1 minute 30 seconds". */
export function minutesText(words: Words, seconds: number): string {
  const whole = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (rest === 0) return words.say('rate.minutes', { minutes: whole });
  if (whole === 0) return words.say('rate.seconds', { seconds: rest });
  return words.say('rate.minutesSeconds', { minutes: whole, seconds: rest });
}

/** One row a tariff: what a minute costs, and what the call does. */
export function tariffFacts(
  words: Words,
  reading: RateReading,
  seconds: RateAnswer['seconds'],
): readonly Fact[] {
  return reading.tariffs.map((tariff) =>
    fact(tariffName(words, reading, tariff), tariffText(words, tariff, seconds)),
  );
}

function tariffText(
  words: Words,
  { perMinute, cost, status }: TariffFigures,
  { count }: RateAnswer['seconds'],
): string {
  if (perMinute === null || cost === null) return words.say('rate.none');
  const values = {
    price: priceText(words, perMinute),
    length: minutesText(words, count),
    cost: costText(words, cost),
  };
  return words.say(status === 'blocked_by_default' ? 'rate.tariffBlocked' : 'rate.tariff', values);
}

/** The formula under every price, and how time is counted; tariffs with equal rules of time share the sentence. */
export function formulas(words: Words, reading: RateReading): readonly string[] {
  const priced = reading.tariffs.flatMap((tariff) => formula(words, reading, tariff));
  const rules = new Set(
    reading.tariffs.flatMap((tariff) => (tariff.perMinute === null ? [] : [timeRule(words, tariff)])),
  );
  return [...priced, ...rules];
}

function formula(words: Words, reading: RateReading, tariff: TariffFigures): readonly string[] {
  const { perMinute, connectionFee, cost } = tariff;
  if (perMinute === null || cost === null) return [];
  const values = {
    type: tariffName(words, reading, tariff),
    length: minutesText(words, cost.billedSeconds),
    price: priceText(words, perMinute),
    fee: priceText(words, connectionFee),
    cost: costText(words, cost),
  };
  if (cost.limited) return [words.say('rate.formulaLimited', values)];
  return [words.say(connectionFee.microUnits === 0n ? 'rate.formula' : 'rate.formulaFee', values)];
}

function timeRule(words: Words, { billing }: TariffFigures): string {
  const { firstIncrementSeconds: first, nextIncrementSeconds: step, minimumSeconds: minimum } = billing;
  const least = Math.max(first, minimum);
  if (step === 60 && least === 60) return words.say('rate.startedMinutes');
  return words.say('rate.steps', { step, minimum: least });
}

/** What was really paid, where something was. */
export function paidTexts(words: Words, reading: RateReading): readonly string[] {
  return reading.tariffs.flatMap((tariff) => {
    if (tariff.paid === null) return [];
    const told = paidText(words, tariffName(words, reading, tariff), tariff.paid);
    return [`${told} ${verdictText(words, tariff.perMinute, tariff.paid)}`];
  });
}

function paidText(words: Words, type: string, paid: PaidFigures): string {
  return words.say(compare(paid.low, paid.high) === 0 ? 'rate.paidOne' : 'rate.paid', {
    type,
    since: words.utc.date(startOfDay(paid.since), words.now),
    calls: paid.calls,
    median: priceText(words, paid.median),
    low: priceText(words, paid.low),
    high: priceText(words, paid.high),
  });
}

function verdictText(words: Words, perMinute: Money | null, { median, verdict }: PaidFigures): string {
  const difference = perMinute === null ? '' : words.money.fine(absolute(subtract(median, perMinute)));
  return words.say(`rate.verdict.${verdict}`, { difference });
}

function absolute(amount: Money): Money {
  return amount.microUnits < 0n ? { ...amount, microUnits: -amount.microUnits } : amount;
}
