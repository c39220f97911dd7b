/** The nearest-rank quantile of an ascending list: the smallest value that at least the share is at or below; 0 if empty. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const rank = Math.max(1, Math.ceil(share * ascending.length));
  return ascending[rank - 1] ?? 0;
}

export function median(values: readonly number[]): number {
  return quantile(Float64Array.from(values).sort(), 0.5);
}

/** What a forecast says of a figure: it is at or below p10 in one case of ten, at or below p90 in nine. */
export interface Quantiles<T> {
  readonly p10: T;
  readonly p50: T;
  readonly p90: T;
}

export function quantilesOf(ascending: ArrayLike<number>): Quantiles<number> {
  return { p10: quantile(ascending, 0.1), p50: quantile(ascending, 0.5), p90: quantile(ascending, 0.9) };
}
