import { InvalidArgumentError, Option } from 'commander';
import { dialledNumber, questionSchema, understand } from '../product.ts';
import type { RateQuestion } from '../workflows/answer-rate.ts';
import { Refused } from './refused.ts';

export interface DestinationOptions {
  readonly service?: 'inbound_tollfree' | 'dial_out' | 'user_out';
  readonly region: string;
}

export function serviceOption(): Option {
  return new Option('--service <service>', 'kind of call').choices([
    'inbound_tollfree',
    'dial_out',
    'user_out',
  ]);
}

export function regionOption(): Option {
  return new Option('--region <code>', 'where numbers without a country code belong')
    .default('US')
    .argParser(region);
}

/** A number by its digits; anything else as the bot would understand it. @throws {Refused} */
export function rateQuestion(
  destination: string,
  options: DestinationOptions & { readonly minutes?: number },
): RateQuestion {
  const said = numberQuestion(destination, options.region) ?? placeQuestion(destination, options);
  const { minutes, service } = options;
  const question = questionSchema.parse({
    ...said,
    ...(minutes === undefined ? {} : { minutes }),
    ...(service === undefined ? {} : { service }),
  });
  if (question.intent !== 'rate') throw unknownDestination(destination);
  return question;
}

function numberQuestion(destination: string, home: string): object | null {
  const dialled = dialledNumber(destination, home);
  const [region, ...alternatives] = dialled?.regions ?? [];
  if (dialled === null || region === undefined) return null;
  return {
    intent: 'rate',
    number: dialled.e164,
    destination: destination.slice(0, 100),
    region,
    ...(alternatives.length === 0 ? {} : { alternatives }),
  };
}

function placeQuestion(destination: string, { region: home }: DestinationOptions): object {
  const isKorean = /\p{Script=Hangul}/u.test(destination);
  const text = isKorean ? `${destination} 통화 요금` : `rate to ${destination}`;
  const locale = `${isKorean ? 'ko' : 'en'}-${home}`;
  // No amount is said, so any currency will do.
  const context = { locale, now: Date.now(), timeZone: 'UTC', currency: 'USD' };
  const { question } = understand(text, context);
  if (question.intent !== 'rate' || question.region === undefined) throw unknownDestination(destination);
  return question;
}

export function unknownDestination(destination: string): Refused {
  return new Refused(
    'destination-unknown',
    `"${destination}" is not a place or a number that is known. Give a country, a city, or a number such as +49 30 5550142.`,
  );
}

export function noRates(currency: string): Refused {
  return new Refused(
    'rates-missing',
    `The tenant has no price list in ${currency} that counts by now. Import one with "credits rates import FILE --apply".`,
  );
}

function region(text: string): string {
  const code = text.toUpperCase();
  if (!/^[A-Z]{2}$/.test(code)) throw new InvalidArgumentError('Give a region such as US or KR.');
  return code;
}
