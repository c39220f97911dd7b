import { digest } from '../decision/digest.ts';
import type { IntakeDecision } from './intake.ts';

/**
 * The id of what a batch books, from its cause: the same movements of the same rows have the same id in any order,
 * and a charge that comes back after a correction has another, for the row's revision is part of it.
 */
export function batchId({ records }: Pick<IntakeDecision, 'records'>): string {
  const movements = [...records].map(([id, { revision, charge }]) => `${id}#${revision}:${charge}`);
  return digest(...movements.sort()).slice(0, digestCharacters);
}

/** 128 bits: far from a chance meeting of two batches in a tenant's life. */
const digestCharacters = 32;
