/** Integer division, a half rounded away from zero, as a bill rounds. The divisor is positive. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const absolute = dividend < 0n ? -dividend : dividend;
  const rounded = (absolute + divisor / 2n) / divisor;
  return dividend < 0n ? -rounded : rounded;
}

/** Integer division, always away from zero: a started unit counts. The divisor is positive. */
export function divideUp(dividend: bigint, divisor: bigint): bigint {
  const absolute = dividend < 0n ? -dividend : dividend;
  const rounded = (absolute + divisor - 1n) / divisor;
  return dividend < 0n ? -rounded : rounded;
}
