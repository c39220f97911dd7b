import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import readings from './data/place-readings.json' with { type: 'json' };
import type { PlaceReading } from './places.ts';

const shared: Readonly<Record<string, { region: string; alternatives: string[] }>> = readings.callingCodes;
const longestCode = 3;

/**
 * Where the digits after a plus sign lead: "49" to Germany, "1876" to Jamaica, "1" to the United States with all that
 * share the code as alternatives. Null where no calling code begins like that.
 */
export function callingCodePlace(digits: string): PlaceReading | null {
  for (let length = longestCode; length > 0; length -= 1) {
    const code = digits.slice(0, length);
    if (code.length < length) continue;
    if (readings.globalCallingCodes.includes(code)) return { region: '001', alternatives: [] };
    const regions = getCountries().filter((country) => getCountryCallingCode(country) === code);
    const first = regions[0];
    if (first === undefined) continue;
    const narrowed = digits.length > length ? parsePhoneNumberFromString(`+${digits}`)?.country : undefined;
    if (narrowed !== undefined) return { region: narrowed, alternatives: [] };
    return shared[code] ?? { region: first, alternatives: [] };
  }
  return null;
}
