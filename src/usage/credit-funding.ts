import type { Currency } from '../money/currency.ts';

/** Why a row does not move the balance. */
export const ignoredReasons = [
  'no-capability',
  'free-call',
  'pool-capability',
  'not-credit-funded',
  'unknown-capability',
  'zero-charge',
  'no-currency',
] as const;
export type IgnoredReason = (typeof ignoredReasons)[number];

/** The capabilities whose charges are taken from Communications Credits (Skype for Business PSTN usage report). */
const creditFunded: ReadonlySet<string> = new Set(['MCOPSTNPP', 'MCOMEETACPEA', 'MCOMEETACPEA_GOV']);

/** The capabilities whose calls use up minutes ("PSTN usage report", "PSTN minute pools report"). */
const usingUpMinutes: ReadonlySet<string> = new Set([
  'MCOPSTN1',
  'MCOPSTN2',
  'MCOPSTN5',
  'MCOPSTN6',
  'MCOPSTN8',
  'MCOPSTN9',
  'MCOMEETADD',
]);

/** Paid by a plan or its pool of minutes (PSTN usage report, list of capabilities). */
const poolFunded: ReadonlySet<string> = new Set([
  ...usingUpMinutes,
  'MCOPSTNCAP',
  'MCOEV',
  'MCOEV_VIRTUALUSER',
  'MCOEV_VIRTUALUSER_GOV',
  'MCOMEETADD_DIALOUT_US',
  'MCOMEETADD_CN_GLOBAL',
  'MCOMEETADD_TATA',
]);

/** Seen in Graph's samples; no page says that credits pay for them. */
const notCreditFunded: ReadonlySet<string> = new Set(['MCOPSTNU', 'MCOSMS1']);

/** Null where the row is paid from credits and so moves the balance. */
export function ignoredReason(row: {
  readonly capability: string | null;
  readonly charge: bigint;
  readonly currency: Currency | null;
}): IgnoredReason | null {
  if (row.capability === null) return 'no-capability';
  if (!isCreditFunded(row.capability)) return reasonOfCapability(row.capability.toUpperCase());
  if (row.charge === 0n) return 'zero-charge';
  return row.currency === null ? 'no-currency' : null;
}

/** Whether Communications Credits pay for calls under this capability; compared without regard to case. */
export function isCreditFunded(capability: string): boolean {
  return creditFunded.has(capability.toUpperCase());
}

/** Whether calls under this capability use up minutes of a plan's pool; compared without regard to case. */
export function usesUpMinutes(capability: string): boolean {
  return usingUpMinutes.has(capability.toUpperCase());
}

function reasonOfCapability(capability: string): IgnoredReason {
  if (capability === 'FREECALL') return 'free-call';
  if (poolFunded.has(capability)) return 'pool-capability';
  return notCreditFunded.has(capability) ? 'not-credit-funded' : 'unknown-capability';
}
