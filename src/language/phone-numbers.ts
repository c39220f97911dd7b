import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { callingCodePlace } from './calling-codes.ts';
import readings from './data/place-readings.json' with { type: 'json' };
import type { PlaceReading } from './places.ts';

/** A telephone number in a text, or the beginning of one. */
export interface SpokenNumber {
  readonly start: number;
  readonly end: number;
  readonly place: PlaceReading;
  /** E.164; the known leading digits where the rest is masked; null for a calling code alone. */
  readonly e164: string | null;
}

const candidates = /(?<![\w.,$€£₩+*])(?:\+|\(\+?)?\d(?:[\d\s().\-/]*\d)?(?:[\s-]?[*x]{2,8}(?![a-z]))?/gu;
const afterNumber =
  /^\s?(?:%|명|건|원|불|달러|유로|분|시간|일|월|년|만|천|usd|eur|dollars?|euros?|bucks|minutes?|mins?|hours?|days?)/u;
const dateLike = /^(?:\d{4}[-./]\d{1,2}(?:[-./]\d{1,2})?|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})$/u;
const codeWords =
  /(?:(?:country|dialling|dialing|calling|area)\s?code|prefix|국가\s?번호|국가\s?코드|지역\s?코드)(?:\sis|는|은|가|이)?\s?(?<after>\+?\d{1,4})(?!\d)|(?<!\d)(?<before>\+?\d{1,3})\s?(?:country code|번 국가|국가번호|국가코드)/gu;

/**
 * Telephone numbers as an admin of that country writes them ("010-5550-1234", "00 82 …", "+336555012***"), calling
 * codes ("+49", "country code 82") and beginnings ("+1 876").
 */
export function spokenNumbers(text: string, locale: string): readonly SpokenNumber[] {
  const country = homeCountry(locale);
  const found: SpokenNumber[] = [];
  for (const match of text.matchAll(codeWords)) {
    const place = callingCodePlace((match.groups?.after ?? match.groups?.before ?? '').replace('+', ''));
    if (place !== null) found.push({ ...span(match), place, e164: null });
  }
  for (const match of text.matchAll(candidates)) {
    if (found.some((other) => match.index < other.end && other.start < match.index + match[0].length))
      continue;
    const rest = text.slice(match.index + match[0].length);
    const number = readNumber(match[0], rest, country);
    if (number !== null) found.push({ ...span(match), ...number });
  }
  return found;
}

function span(match: RegExpExecArray): { readonly start: number; readonly end: number } {
  return { start: match.index, end: match.index + match[0].length };
}

const shortestNumber = 7;
const shortestUnmarked = 10;

function readNumber(
  written: string,
  rest: string,
  country: CountryCode,
): Pick<SpokenNumber, 'place' | 'e164'> | null {
  const digits = written.replace(/\D/gu, '');
  const international = /^\(?\+/u.test(written);
  if (dateLike.test(written) || digits.length > 20 || (!international && afterNumber.test(rest))) return null;
  if (/[*x]/u.test(written)) return international ? beginning(digits, digits) : null;
  if (international && digits.length < shortestNumber) return beginning(digits, null);
  const marked = international || digits.startsWith('0') || /\d[\s().\-/]+\d/u.test(written);
  if (digits.length < (marked ? shortestNumber : shortestUnmarked)) return null;

  const parsed = parsePhoneNumberFromString(written.replaceAll('/', ' '), country);
  if (parsed === undefined) return null;
  if (!international && !parsed.isPossible()) return null;
  const place = readings.globalCallingCodes.includes(parsed.countryCallingCode)
    ? { region: '001', alternatives: [] }
    : parsed.country === undefined
      ? callingCodePlace(parsed.countryCallingCode)
      : { region: parsed.country, alternatives: [] };
  return place === null ? null : { place, e164: parsed.number };
}

function beginning(digits: string, known: string | null): Pick<SpokenNumber, 'place' | 'e164'> | null {
  const place = callingCodePlace(digits);
  return place === null ? null : { place, e164: known === null ? null : `+${known}` };
}

/** Where a number without a calling code belongs: the country of the client's locale, else of its language. */
function homeCountry(locale: string): CountryCode {
  const region = /[-_](?<region>[a-z]{2})(?:$|[-_])/iu.exec(locale)?.groups?.region?.toUpperCase() ?? '';
  if (isSupportedCountry(region)) return region;
  return locale.startsWith('ko') ? 'KR' : 'US';
}
