import {
  type CountryCode,
  isSupportedCountry,
  type PhoneNumber,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';
import { callingCodePlace } from '../language/calling-codes.ts';
import { type Money, money } from '../money/money.ts';
import { destination } from '../rates/destination.ts';
import type { Rate } from '../rates/rate.ts';
import { longestPrefix, type RateDeck } from '../rates/rate-deck.ts';

/** A number as it is dialled, with all that may be said of where it belongs. */
export interface DialledNumber {
  /** E.164; the leading digits where the rest is masked. */
  readonly e164: string;
  /** The digits as they were written after a plus sign; the same but for a domestic zero, which plans leave out. */
  readonly written: string;
  /** By its numbering plan, likeliest first; empty where no plan has such a code. */
  readonly regions: readonly string[];
}

/** What a call to one number costs, by one price list. */
export interface RatedNumber {
  /** ISO 3166-1 alpha-2 of the number's own numbering plan, `001` for networks of no country; null where unknown. */
  readonly region: string | null;
  /** Null where the list names no such number. */
  readonly numberType: string | null;
  /** Null where no price is published, which is never zero. */
  readonly perMinute: Money | null;
  readonly connectionFee: Money | null;
  readonly status: Rate['status'];
  readonly prefix: string | null;
  /** False where a neighbour that shares the code stands in for the number's own region. */
  readonly ownRegion: boolean;
  /** False where digits that are masked or missing could lead to another price. */
  readonly certain: boolean;
}

/**
 * Reads a number as people of one region write it, spaces, brackets and a masked end included. Null for what is no
 * telephone number.
 */
export function dialledNumber(text: string, home: string): DialledNumber | null {
  const bare = text.trim().replace(/[*x]+$/iu, '');
  if (!/^[+(\d][\d\s().\-/]*$/u.test(bare)) return null;
  const parsed = parsedNumber(bare, home);
  const isInternational = bare.startsWith('+');
  // An emergency number, say, is no number of a price list.
  if (!isInternational && !parsed?.isPossible()) return null;
  const e164 = parsed?.number ?? international(bare);
  if (!/^\+\d{4,15}$/u.test(e164)) return null;
  const written = isInternational ? international(bare) : e164;
  if (parsed?.country !== undefined) return { e164, written, regions: [parsed.country] };
  const place = callingCodePlace(e164.slice(1));
  return { e164, written, regions: place === null ? [] : [place.region, ...place.alternatives] };
}

/** As it is dialled at home; digits that cannot be that may be an international number without its plus sign. */
function parsedNumber(bare: string, home: string): PhoneNumber | undefined {
  const country: CountryCode | undefined = isSupportedCountry(home) ? home : undefined;
  const parsed = parsePhoneNumberFromString(bare, country);
  if (parsed?.isPossible() || /^\D*0/u.test(bare)) return parsed;
  const abroad = parsePhoneNumberFromString(international(bare));
  return abroad?.isPossible() ? abroad : parsed;
}

function international(bare: string): string {
  return `+${bare.replace(/\D/gu, '')}`;
}

/** The price of a call that goes out to a number, by the longest prefix of the list that it begins with. */
export function rateNumber(deck: RateDeck, dialled: DialledNumber): RatedNumber {
  const { regions } = dialled;
  const e164 = asListed(deck, dialled);
  const [only, ...others] = regions;
  const region = only === undefined || others.length > 0 ? regionByList(deck, e164, regions) : only;
  const found = destination(deck, { by: 'number', number: e164, region, service: 'user_out' });
  const rate = found.kind === 'found' ? found.tariffs[0]?.rates[0] : undefined;
  if (found.kind !== 'found' || found.match === null || rate === undefined) {
    return { ...unlisted, region };
  }
  return {
    region,
    numberType: rate.numberType,
    perMinute: rate.perMinute === null ? null : money(rate.perMinute, rate.currency),
    connectionFee: money(rate.billing.connectionFee, rate.currency),
    status: rate.status,
    ...found.match,
  };
}

const unlisted: Omit<RatedNumber, 'region'> = {
  numberType: null,
  perMinute: null,
  connectionFee: null,
  status: 'no_published_rate',
  prefix: null,
  ownRegion: true,
  certain: true,
};

/** A list may have prefixes with a domestic zero, which no numbering plan has: the longer match of the two counts. */
function asListed(deck: RateDeck, { e164, written }: DialledNumber): string {
  if (written === e164) return e164;
  const length = (number: string) => longestPrefix(deck, number)?.prefix.length ?? 0;
  return length(written) > length(e164) ? written : e164;
}

/** Where several regions share a code and the number does not tell them apart, or no plan has it, the list may. */
function regionByList(deck: RateDeck, e164: string, regions: readonly string[]): string | null {
  const listed = longestPrefix(deck, e164)?.value.region ?? null;
  return regions.length === 0 || (listed !== null && regions.includes(listed)) ? listed : null;
}
