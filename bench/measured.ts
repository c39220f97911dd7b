/** A figure beside its baseline, both measured in this run; `ratio` is the median of value / baseline, pair by pair. */
export interface Measured {
  readonly ratio: number;
  readonly value: number;
  readonly unit: string;
  readonly baseline: number;
  /** The figure by the CPU time of its process alone, which tells the same on a busy machine as on a quiet one. */
  readonly perCpuSecond?: number;
  /** The most memory that the process held until then. */
  readonly peakMegabytes?: number;
}

/** One round of both, one right after the other, so that a machine whose speed drifts does not favour either. */
export interface Pair {
  readonly value: number;
  readonly baseline: number;
}

export function measured(pairs: readonly Pair[], unit: string): Measured {
  return {
    ratio: Number(median(pairs.map(({ value, baseline }) => value / baseline)).toFixed(3)),
    value: Math.round(median(pairs.map(({ value }) => value))),
    unit,
    baseline: Math.round(median(pairs.map(({ baseline }) => baseline))),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
