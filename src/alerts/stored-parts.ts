import { z } from 'zod';
import type { Day } from '../decision/time.ts';
import { currency } from '../money/currency.ts';

export const text = z.string();
export const textOrNull = z.string().nullable();
export const number = z.number().int();
export const numberOrNull = z.number().int().nullable();
/** Milliseconds since 1970. */
export const instant = z.number().int();
export const instantOrNull = instant.nullable();
export const microUnits = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);
export const microUnitsOrNull = microUnits.nullable();
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .transform((date) => date as Day);
export const currencyCode = z.string().transform((code, context) => {
  const known = currency(code);
  if (known !== null) return known;
  context.addIssue({ code: z.ZodIssueCode.custom, message: `not a currency: ${code}` });
  return z.NEVER;
});
export const expiringLot = z.object({ id: text, remaining: microUnits, expiresAt: instant });
