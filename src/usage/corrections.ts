import { z } from 'zod';
import type { JsonValue } from '../decision/json.ts';
import type { Instant } from '../decision/time.ts';
import type { Currency } from '../money/currency.ts';

/** What a changed charge moved: its new charge, or (below zero) the old one that was taken back. */
export interface Correction {
  /** Of the call. */
  readonly startedAt: Instant;
  readonly microUnits: bigint;
}

/** The corrections of one batch of rows, in one currency. */
export interface CorrectionsRecorded {
  readonly recordedAt: Instant;
  readonly corrections: readonly Correction[];
}

/**
 * The log of corrections. Rows alone do not tell when they became what they are, and the ledger's entries hold new and
 * changed calls together.
 */
export function correctionsLog(currency: Currency): string {
  return `corrections:${currency}`;
}

const shapeVersion = 1;

const storedCorrections = z.object({
  v: z.literal(shapeVersion),
  recordedAt: z.number().int(),
  corrections: z.array(
    z.object({
      startedAt: z.number().int(),
      microUnits: z
        .string()
        .regex(/^-?\d{1,30}$/)
        .transform(BigInt),
    }),
  ),
});

/** The stored shape, version 1. */
export function storeCorrections({ recordedAt, corrections }: CorrectionsRecorded): JsonValue {
  return {
    v: shapeVersion,
    recordedAt,
    corrections: corrections.map(({ startedAt, microUnits }) => ({
      startedAt,
      microUnits: microUnits.toString(),
    })),
  };
}

/** @throws {z.ZodError} where the shape is not one that {@link storeCorrections} writes */
export function readCorrections(json: unknown): CorrectionsRecorded {
  const { v, ...recorded } = storedCorrections.parse(json);
  return recorded;
}

/** What corrections moved of calls that started before an instant. */
export function correctedBefore(corrections: readonly Correction[], at: Instant): bigint {
  return corrections
    .filter(({ startedAt }) => startedAt < at)
    .reduce((sum, { microUnits }) => sum + microUnits, 0n);
}
