import { countryName, isDomestic } from './domestic.ts';
import type { KnownRow } from './known-row.ts';

/** Whether a call stayed in the country that a Calling Plan counts as its own. */
export type Reach = 'domestic' | 'international';

/** Null where the report tells neither. */
export function callReach(row: Pick<KnownRow, 'destination' | 'usageCountryCode'>): Reach | null {
  const { destination, usageCountryCode } = row;
  if (destination === null || usageCountryCode === null) return null;
  return isDomestic(row) || staysInNorthAmerica(destination, usageCountryCode) ? 'domestic' : 'international';
}

/** To a Calling Plan these are one country ("Availability in Canada", "Availability in Puerto Rico"). */
const northAmerica: readonly string[] = ['US', 'CA', 'PR'];

function staysInNorthAmerica(destination: string, usageCountryCode: string): boolean {
  if (!northAmerica.includes(usageCountryCode.toUpperCase())) return false;
  return northAmerica.some((code) => destination.toLowerCase().startsWith(countryName(code) ?? code));
}
