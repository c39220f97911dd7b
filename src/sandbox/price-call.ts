import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { divideHalfUp } from '../money/divide.ts';
import { readDecimal } from '../money/read-decimal.ts';

export interface CallToPrice {
  readonly direction: 'outbound' | 'inbound-toll-free';
  /** E.164 with its plus: the number dialled, or the toll-free number that was called. */
  readonly number: string;
  readonly durationSeconds: number;
}

export interface PricedCall {
  readonly destinationName: string;
  /** All in, the connection fee too; in micro-units, rounded to a thousandth as Graph's sample rows are. */
  readonly chargeMicroUnits: bigint;
  readonly connectionMicroUnits: bigint;
}

/** Null where the deck has no row for the number; a price of zero is another thing. */
export type PriceCall = (call: CallToPrice) => PricedCall | null;

/**
 * Prices made-up calls by a rate deck: max(minimum, duration rounded up to the increment) / 60 × rate + fee.
 * Toll-free numbers under +1 belong to several countries, of which the deck's row of the home country counts.
 * @throws {Error} where the text is not a rate deck.
 */
export function priceByDeck(csv: string, home: { readonly countryCode: string }): PriceCall {
  const rates = z.array(rateSchema).parse(parse(csv, { columns: true }));
  const outbound = byPrefix(rates.filter((rate) => rate.direction === 'outbound'));
  const tollFree = byPrefix(
    rates
      .filter((rate) => rate.direction === 'inbound_toll_free')
      .sort(
        (left, right) => Number(left.iso2 === home.countryCode) - Number(right.iso2 === home.countryCode),
      ),
  );
  return ({ direction, number, durationSeconds }) => {
    const rate = longestMatch(direction === 'outbound' ? outbound : tollFree, number);
    return rate === null ? null : price(rate, durationSeconds);
  };
}

const microUnits = z.string().transform((text, context) => {
  const read = readDecimal(text === '' ? '0' : text);
  if (read !== null) return read.microUnits;
  context.addIssue({ code: z.ZodIssueCode.custom, message: `not a decimal: ${text}` });
  return z.NEVER;
});

const rateSchema = z.object({
  direction: z.enum(['outbound', 'inbound_toll_free']),
  iso2: z.string(),
  destination_en: z.string(),
  prefixes: z.string().transform((text) => text.split(' ')),
  rate_per_minute: microUnits,
  connection_fee: microUnits,
  increment_seconds: z.coerce.number().int().positive(),
  minimum_seconds: z.coerce.number().int().nonnegative(),
});

type Rate = z.infer<typeof rateSchema>;

/** Of two rates with one prefix the later counts. */
function byPrefix(rates: readonly Rate[]): ReadonlyMap<string, Rate> {
  return new Map(rates.flatMap((rate) => rate.prefixes.map((prefix) => [prefix, rate] as const)));
}

function longestMatch(rates: ReadonlyMap<string, Rate>, number: string): Rate | null {
  const digits = number.slice(1);
  for (let length = digits.length; length > 0; length -= 1) {
    const rate = rates.get(digits.slice(0, length));
    if (rate !== undefined) return rate;
  }
  return null;
}

function price(rate: Rate, durationSeconds: number): PricedCall {
  const destinationName = rate.destination_en;
  if (durationSeconds === 0) return { destinationName, chargeMicroUnits: 0n, connectionMicroUnits: 0n };
  const increments = Math.ceil(durationSeconds / rate.increment_seconds);
  const seconds = Math.max(rate.minimum_seconds, increments * rate.increment_seconds);
  const perThousandth = 1_000n;
  const exact = BigInt(seconds) * rate.rate_per_minute + 60n * rate.connection_fee;
  return {
    destinationName,
    chargeMicroUnits: divideHalfUp(exact, 60n * perThousandth) * perThousandth,
    connectionMicroUnits: rate.connection_fee,
  };
}
