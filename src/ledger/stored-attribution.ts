import { z } from 'zod';
import type { JsonValue } from '../decision/json.ts';
import { certainties, type DriftPart, driftCauses } from './drift-parts.ts';
import { storedMicroUnits } from './stored-parts.ts';

const shapeVersion = 1;

const storedPart = z.object({
  cause: z.enum(driftCauses),
  microUnits: storedMicroUnits,
  certainty: z.enum(certainties),
});
const storedAttribution = z.object({ v: z.literal(shapeVersion), parts: z.array(storedPart) });

/** Of one check, by the id of its figure; the parts as they were told at the check. */
export const checksTable = 'checks';

/** The stored shape of what a drift came from, version 1. */
export function storeAttribution(parts: readonly DriftPart[]): JsonValue {
  return {
    v: shapeVersion,
    parts: parts.map(({ cause, microUnits, certainty }) => ({
      cause,
      microUnits: microUnits.toString(),
      certainty,
    })),
  };
}

/** @throws {z.ZodError} where the shape is not one that {@link storeAttribution} writes */
export function readAttribution(json: unknown): readonly DriftPart[] {
  return storedAttribution.parse(json).parts;
}
