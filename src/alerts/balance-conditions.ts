import type { ConditionContext, Found } from './found.ts';
import { type Threshold, thresholds } from './level.ts';
import type { AlertSettings } from './settings.ts';
import type { Watch } from './watch.ts';

/** Calls that need credits need a balance above zero. */
export function zero(balance: bigint, watch: Watch, { settings }: ConditionContext): Found {
  if (balance <= 0n) return { kind: 'balance-zero', status: 'firing', facts: { threshold: 0n } };
  return { kind: 'balance-zero', status: balance >= margin(0n, watch, settings) ? 'clear' : 'between' };
}

/** Below one level or more; well again only above all of them. */
export function low(balance: bigint, watch: Watch, { currency, settings }: ConditionContext): Found {
  const { lastPurchase, usualDay } = watch;
  const all = thresholds(settings.levels, { currency, lastPurchase, usualDay });
  const fired = all.filter(({ microUnits }) => balance < microUnits);
  const lowest = fired.at(-1);
  if (lowest !== undefined) {
    const levels = fired.map(({ id }) => id);
    return { kind: 'balance-low', status: 'firing', levels, facts: { threshold: lowest.microUnits } };
  }
  return {
    kind: 'balance-low',
    status: isWellAbove(balance, all[0], { watch, settings }) ? 'clear' : 'between',
  };
}

function isWellAbove(
  balance: bigint,
  highest: Threshold | undefined,
  { watch, settings }: { readonly watch: Watch; readonly settings: AlertSettings },
): boolean {
  if (highest === undefined) return true;
  return balance >= highest.microUnits + margin(highest.microUnits, watch, settings);
}

/** Of the threshold, or of a usual day where that is more. */
function margin(threshold: bigint, { usualDay }: Watch, { marginPercent }: AlertSettings): bigint {
  const whole = usualDay !== null && usualDay > threshold ? usualDay : threshold;
  return (whole * BigInt(marginPercent)) / 100n;
}
