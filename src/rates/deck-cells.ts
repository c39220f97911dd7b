/** How one cell of a deck reads; the message of a schema is the code of the problem that it finds. */
import { z } from 'zod';
import type { Day } from '../decision/time.ts';
import { currency } from '../money/currency.ts';
import { microUnitDigits } from '../money/money.ts';
import { readDecimal } from '../money/read-decimal.ts';

/** An empty cell is undefined: it says nothing. */
export function optional<Cell extends z.ZodTypeAny>(cell: Cell) {
  return z.preprocess((text) => text || undefined, cell.optional());
}

export const textCell = z.string({ message: 'text-missing' }).min(1, 'text-missing');

/** In micro-units, from zero up. */
export const priceCell = z.string({ message: 'price-unreadable' }).transform((text, context): bigint => {
  const read = readDecimal(text);
  const exact = read !== null && read.decimals <= microUnitDigits;
  return exact && read.microUnits >= 0n ? read.microUnits : problem(context, 'price-unreadable');
});

export const secondsCell = z
  .string({ message: 'seconds-unreadable' })
  .regex(/^[0-9]{1,5}$/, 'seconds-unreadable')
  .transform(Number);

export const incrementCell = secondsCell.refine((seconds) => seconds > 0, 'increment-zero');

export const decimalsCell = z
  .string()
  .regex(/^[0-6]$/, 'decimals-unreadable')
  .transform(Number);

const prefix = /^[0-9]{1,15}$/;
export const prefixCell = z.string({ message: 'prefix-unreadable' }).regex(prefix, 'prefix-unreadable');

export const prefixesCell = textCell
  .transform((text) => text.split(/\s+/))
  .refine((prefixes) => prefixes.every((one) => prefix.test(one)), 'prefix-unreadable');

export const regionCell = z
  .string({ message: 'region-unreadable' })
  .regex(/^(?:[A-Z]{2}|001)$/, 'region-unreadable');

export const currencyCell = z
  .string({ message: 'currency-unknown' })
  .transform((text, context) => currency(text) ?? problem(context, 'currency-unknown'));

export const dayCell = z
  .string({ message: 'day-unreadable' })
  .refine(isDay, 'day-unreadable')
  .transform((text) => text as Day);

function isDay(text: string): boolean {
  // The day must survive the round trip: JavaScript reads 30 February as 2 March.
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(`${text}T`);
}

function problem(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
