/** What a drift may come from; `unexplained` is what is left. */
export const driftCauses = [
  'lag',
  'unknown-recharge',
  'expired-funds',
  'changed-rows',
  'rejected-rows',
  'unexplained',
] as const;
export type DriftCause = (typeof driftCauses)[number];

export const certainties = ['sure', 'likely', 'possible'] as const;
export type Certainty = (typeof certainties)[number];

/** A part of a drift: below zero where it made the figure that was read lower than the estimate. */
export interface DriftPart {
  readonly cause: DriftCause;
  /** Never zero. */
  readonly microUnits: bigint;
  readonly certainty: Certainty;
}

/**
 * The parts of a drift that has become another since: a late call takes from the lag, a recharge that was recorded
 * from the unknown recharge, and anything else is unexplained.
 */
export function restated(parts: readonly DriftPart[], drift: bigint): readonly DriftPart[] {
  const change = drift - sumOf(parts);
  const explains: DriftCause = change > 0n ? 'lag' : 'unknown-recharge';
  const explaining = parts.find(({ cause }) => cause === explains)?.microUnits ?? 0n;
  const taken = smaller(change, -explaining);
  const unexplained = (parts.find(({ cause }) => cause === 'unexplained')?.microUnits ?? 0n) + change - taken;
  const kept = parts
    .filter(({ cause }) => cause !== 'unexplained')
    .map((part) => (part.cause === explains ? { ...part, microUnits: part.microUnits + taken } : part));
  return inOrder([...kept, unexplainedPart(unexplained)]);
}

/** What the causes other than doubtful ones leave unexplained. */
export function unexplainedOf(parts: readonly DriftPart[]): bigint {
  return sumOf(parts.filter(({ cause, certainty }) => cause === 'unexplained' || certainty === 'possible'));
}

/** Without those that come to nothing, the largest first and what is unexplained last. */
export function inOrder(parts: readonly DriftPart[]): readonly DriftPart[] {
  return parts
    .filter(({ microUnits }) => microUnits !== 0n)
    .sort((one, other) => {
      if ((one.cause === 'unexplained') !== (other.cause === 'unexplained')) {
        return one.cause === 'unexplained' ? 1 : -1;
      }
      if (size(one.microUnits) === size(other.microUnits)) return 0;
      return size(one.microUnits) > size(other.microUnits) ? -1 : 1;
    });
}

export function partOf(cause: DriftCause, microUnits: bigint, certainty: Certainty): DriftPart {
  return { cause, microUnits, certainty };
}

/** That nothing known explains it is all that is sure. */
export function unexplainedPart(microUnits: bigint): DriftPart {
  return partOf('unexplained', microUnits, 'sure');
}

export function sumOf(parts: readonly DriftPart[]): bigint {
  return parts.reduce((sum, { microUnits }) => sum + microUnits, 0n);
}

export function size(microUnits: bigint): bigint {
  return microUnits < 0n ? -microUnits : microUnits;
}

/** The one nearer to zero of two amounts of one sign; zero where their signs differ. */
function smaller(one: bigint, other: bigint): bigint {
  if (one > 0n !== other > 0n) return 0n;
  return size(one) < size(other) ? one : other;
}
