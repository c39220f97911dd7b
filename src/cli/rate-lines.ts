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
  if (!parsed.success) return { number: null, error: 'The line is not a JSON object with a number.' };
  const { number } = parsed.data;
  const dialled = dialledNumber(number, home);
  if (dialled === null) return { number, error: 'That is not a telephone number.' };
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

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
