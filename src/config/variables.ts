import { z } from 'zod';

export const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An empty variable is one that is not set, as a copied .env.example has them. */
export const text = z
  .string()
  .transform((value) => value.trim() || undefined)
  .optional();

export const port = (fallback: number) =>
  text.transform((value, context) => {
    const number = value === undefined ? fallback : Number(value);
    if (Number.isInteger(number) && number >= 0 && number <= 65_535) return number;
    return problem(context, 'must be a port number from 0 to 65535');
  });

export const wholeNumber = (range: {
  readonly from: number;
  readonly to: number;
  readonly fallback: number;
}) =>
  text.transform((value, context) => {
    const number = value === undefined ? range.fallback : Number(value);
    if (Number.isInteger(number) && number >= range.from && number <= range.to) return number;
    return problem(context, `must be a whole number from ${range.from} to ${range.to}`);
  });

/** Null where it is not set. */
export const url = (schemes: readonly string[]) =>
  text.transform((value, context) => {
    if (value === undefined) return null;
    if (URL.canParse(value) && schemes.includes(new URL(value).protocol)) return value;
    return problem(
      context,
      `must be a URL that begins with ${schemes.map((scheme) => `${scheme}//`).join(' or ')}`,
    );
  });

export const oneOf = <First extends string, Second extends string>(first: First, second: Second) =>
  text.transform((value, context) =>
    value === undefined || value === first || value === second
      ? value
      : problem(context, `must be ${first} or ${second}`),
  );

/** The value cannot be read; the message goes on after the name of the variable. */
export function problem(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: z.ZodIssueCode.custom, message });
  return z.NEVER;
}
