import { createInterface } from 'node:readline';
import { z } from 'zod';
import { toDecimal } from '../money/money.ts';
import { dialledNumber, rateNumber } from '../product.ts';
import type { RateDeck } from '../rates/rate-deck.ts';
import { printJson } from './print.ts';

const line = z.object({ number: z.union([z.string(), z.number().int().nonnegative().transform(String)]) });

/** Prices numbers from standard input, a line each, in their order; a line that is no number is answered with why. */
export async function rateNumberLines(deck: RateDeck, home: string): Promise<void> {
  for await (const read of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (read.trim() !== '') printJson(ratedLine(deck, read, home));
  }
}

function ratedLine(deck: RateDeck, read: string, home: string) {
  const parsed = line.safeParse(jsonOf(read));
  if (!parsed.success) return unrated(deck, null, 'The line is not a JSON object with a number.');
  const { number } = parsed.data;
  const dialled = dialledNumber(number, home);
  if (dialled === null) return unrated(deck, number, 'That is not a telephone number.');
  const { perMinute, connectionFee, region, numberType, ...how } = rateNumber(deck, dialled);
  return {
    number,
    region,
    numberType,
    perMinute: perMinute && toDecimal(perMinute),
    connectionFee: connectionFee && toDecimal(connectionFee),
    currency: deck.currency,
    ...how,
  };
}

/** With every key that a rated line has, so that who reads the lines as a table finds the columns. */
function unrated(deck: RateDeck, number: string | null, error: string) {
  return {
    number,
    region: null,
    numberType: null,
    perMinute: null,
    connectionFee: null,
    currency: deck.currency,
    status: 'not_a_number',
    error,
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
