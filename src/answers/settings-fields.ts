import type { z } from 'zod';
import { alertSettings } from '../alerts/settings.ts';
import { simpleTargets } from '../alerts/simple-chain.ts';

const { shape } = alertSettings;
const coolDown = shape.coolDownMinutes.shape;

/** Whole numbers among the settings, with the least and the most that each takes. */
export const numberFields = {
  overdueAfterHours: rangeOf(shape.overdueAfterHours),
  runawayRecharges: rangeOf(shape.runawayRecharges),
  runwayPercent: rangeOf(shape.runwayPercent),
  marginPercent: rangeOf(shape.marginPercent),
  holdMinutes: rangeOf(shape.holdMinutes),
  coolDownCritical: rangeOf(coolDown.critical),
  coolDownWarning: rangeOf(coolDown.warning),
  feedBlindAfterHours: rangeOf(shape.feedBlindAfterHours),
} as const;
export type NumberField = keyof typeof numberFields;

/** Those about recharges, and the rest. */
export const rechargeNumbers = ['overdueAfterHours', 'runawayRecharges'] as const;
export const fineNumbers = [
  'runwayPercent',
  'marginPercent',
  'holdMinutes',
  'coolDownCritical',
  'coolDownWarning',
  'feedBlindAfterHours',
] as const;

/** Amounts of an account; the input of each is named after its currency too. */
export const amountFields = ['trigger', 'refill', 'runaway'] as const;
export type AmountField = (typeof amountFields)[number];

/** The urgencies whose chain the form shows. */
export const chainUrgencies = ['critical', 'warning'] as const;
export type ChainUrgency = (typeof chainUrgencies)[number];

export { simpleTargets };

/** The id of an input that there is several times. */
export function fieldId(name: string, of: string): string {
  return `${name}_${of}`;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function rangeOf({ minValue, maxValue }: z.ZodNumber): Range {
  return { from: minValue ?? 0, to: maxValue ?? Number.MAX_SAFE_INTEGER };
}
