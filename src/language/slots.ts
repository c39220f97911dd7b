import type { CalendarDate } from './calendar.ts';
import {
  type CallService,
  type Intent,
  longestCallMinutes,
  type NumberType,
  type Question,
  type UsageDimension,
} from './question.ts';
import type { Reading } from './reading.ts';
import { rechargeSlots } from './recharge-slots.ts';
import { durationOf, periodOf, untilOf } from './time-slots.ts';

/** Fills the slots of an intent with what was said; what was not said is left out. */
export function questionOf(intent: Intent, reading: Reading, today: CalendarDate): Question {
  switch (intent) {
    case 'rate':
      return rateQuestion(reading);
    case 'forecast':
      return { intent, ...said('until', untilOf(reading, today)) };
    case 'usage':
      return { intent, ...said('period', periodOf(reading, today)), ...said('by', dimensionOf(reading)) };
    case 'topup':
      return topupQuestion(reading);
    case 'recharge_settings':
      return { intent, ...rechargeSlots(reading) };
    case 'licenses':
      return { intent, ...said('about', aboutMinutes(reading)) };
    case 'mute':
      return { intent, ...said('duration', durationOf(reading, today)) };
    case 'language':
      return { intent, ...said('language', languageOf(reading)) };
    default:
      return { intent };
  }
}

function said<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): { readonly [Name in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [Name in Key]?: Value });
}

function rateQuestion(reading: Reading): Question {
  const number = reading.numbers[0];
  const mention = reading.places[0];
  const destination = mention ?? number;
  const { region, alternatives } = number?.place ?? mention?.place ?? {};
  const [firstAlternative, ...otherAlternatives] = alternatives ?? [];
  const minutes = reading.durations.find((length) => length.minutes <= longestCallMinutes)?.minutes;
  return {
    intent: 'rate',
    ...said('region', region),
    ...(firstAlternative === undefined
      ? {}
      : { alternatives: [firstAlternative, ...otherAlternatives] as [string, ...string[]] }),
    ...said(
      'destination',
      destination && reading.text.typed.slice(destination.start, destination.end).slice(0, 100),
    ),
    ...said('numberType', numberTypeOf(reading.concepts)),
    ...said('minutes', minutes),
    ...said('service', serviceOf(reading.concepts)),
    ...said('number', number?.e164 ?? undefined),
  };
}

function numberTypeOf(concepts: ReadonlySet<string>): NumberType | undefined {
  if (concepts.has('anyType') || (concepts.has('mobile') && concepts.has('fixed'))) return 'any';
  if (concepts.has('mobile')) return 'mobile';
  if (concepts.has('fixed')) return 'fixed';
  if (concepts.has('premium')) return 'premium';
  return concepts.has('tollFree') && serviceOf(concepts) === undefined ? 'tollfree' : undefined;
}

function serviceOf(concepts: ReadonlySet<string>): CallService | undefined {
  const inbound = concepts.has('tollFree') && concepts.has('inbound');
  if (concepts.has('inboundTollFree') || inbound) return 'inbound_tollfree';
  if (concepts.has('dialOut')) return 'dial_out';
  return concepts.has('userOut') ? 'user_out' : undefined;
}

const dimensions: readonly (readonly [concept: string, by: UsageDimension])[] = [
  ['byCallType', 'calltype'],
  ['byNumber', 'number'],
  ['byCountry', 'country'],
  ['byDay', 'day'],
  ['byUser', 'user'],
];

function dimensionOf(reading: Reading): UsageDimension | undefined {
  const named = dimensions.find(([concept]) => reading.concepts.has(concept))?.[1];
  return named ?? (reading.concepts.has('who') ? 'user' : undefined);
}

function topupQuestion(reading: Reading): Question {
  const amount = reading.amounts[0] ?? reading.bareNumbers[0];
  return {
    intent: 'topup',
    ...said('amount', amount?.amount),
    ...said('currency', amount?.currency ?? undefined),
  };
}

function aboutMinutes({ concepts }: Reading): 'minutes' | undefined {
  return concepts.has('includedMinutes') ? 'minutes' : undefined;
}

function languageOf(reading: Reading): 'en' | 'ko' | undefined {
  const languages = reading.phrases.flatMap(({ concepts }) =>
    concepts.includes('english') ? ['en' as const] : concepts.includes('korean') ? ['ko' as const] : [],
  );
  return languages.at(-1);
}
