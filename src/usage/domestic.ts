import type { KnownRow } from './known-row.ts';

/** The report names a destination by its country first: "South Korea", "South Korea Mobile". */
export function isDomestic({
  destination,
  usageCountryCode,
}: Pick<KnownRow, 'destination' | 'usageCountryCode'>): boolean {
  if (destination === null || usageCountryCode === null) return false;
  const country = countryName(usageCountryCode);
  return country !== null && destination.toLowerCase().startsWith(country);
}

const englishNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const known = new Map<string, string | null>();

/** In English, in lower case; null where no country has the code. */
export function countryName(code: string): string | null {
  const name = known.get(code);
  if (name !== undefined) return name;
  const isCode = /^[A-Za-z]{2}$/.test(code);
  const found = isCode ? (englishNames.of(code.toUpperCase())?.toLowerCase() ?? null) : null;
  if (isCode) known.set(code, found);
  return found;
}
