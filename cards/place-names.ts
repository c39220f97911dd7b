import type { Language } from './reader.ts';

/**
 * The name of a destination in the reader's language, where the report's English name is that of a country in CLDR;
 * otherwise as the report has it: "South Korea" is "대한민국", "South Korea Mobile" stays.
 */
export function placeName(language: Language, name: string): string {
  if (language === 'en') return name;
  const region = regionsByName().get(name.toLowerCase());
  return region === undefined ? name : (koreanNames.of(region) ?? name);
}

const englishNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const koreanNames = new Intl.DisplayNames('ko', { type: 'region' });

let regions: ReadonlyMap<string, string> | null = null;

/** Made once, when the first name is asked for: there is no list of regions to be had, only their names. */
function regionsByName(): ReadonlyMap<string, string> {
  regions ??= new Map(
    letterPairs().flatMap((region) => {
      const name = englishNames.of(region);
      return name === undefined ? [] : [[name.toLowerCase(), region] as const];
    }),
  );
  return regions;
}

function letterPairs(): readonly string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  return letters.flatMap((first) => letters.map((second) => first + second));
}
