import cities from './data/cities.json' with { type: 'json' };
import countries from './data/countries.json' with { type: 'json' };
import readings from './data/place-readings.json' with { type: 'json' };

/** A region, and the other readings of what was said, which must not be passed over in silence. */
export interface PlaceReading {
  /** ISO 3166-1 alpha-2, `XK`, or `001` for global networks. */
  readonly region: string;
  readonly alternatives: readonly string[];
}

interface NamedPlace {
  readonly name: string;
  readonly place: PlaceReading;
  readonly kind: 'country' | 'city';
}

const globalNetworks = '001';

/** Every name of a country or city that we know, in both languages, folded; the later of two equal names counts. */
export function* placeNames(): Generator<NamedPlace> {
  for (const [region, towns] of Object.entries(cities)) {
    for (const [english, korean] of Object.entries(towns)) {
      for (const name of [...english.split('|'), ...korean.split('|')]) {
        if (name !== '') yield { name: fold(name), place: only(region), kind: 'city' };
      }
    }
  }
  const displayNames = ['en', 'ko'].map((locale) => new Intl.DisplayNames(locale, { type: 'region' }));
  for (const [region, aliases] of Object.entries(countries)) {
    const official =
      region === globalNetworks ? [] : displayNames.flatMap((names) => variants(names.of(region) ?? region));
    for (const name of [...official, ...aliases.en, ...aliases.ko]) {
      yield { name: fold(name), place: only(region), kind: 'country' };
    }
  }
  for (const [name, place] of Object.entries(readings.names)) yield { name, place, kind: 'country' };
}

const regionCodes: ReadonlySet<string> = new Set(Object.keys(countries));
const codes: Readonly<Record<string, string>> = readings.codes;
/** Codes that are English words or everyday abbreviations too, also in capitals. */
const notCodes: ReadonlySet<string> = new Set(readings.notCodes);

/** A region by its code in capitals, as admins write it: "DE", "JPN". Null for what is rather a word. */
export function regionByCode(typed: string): string | null {
  const code = codes[typed] ?? typed;
  return regionCodes.has(code) && !notCodes.has(typed) ? code : null;
}

function only(region: string): PlaceReading {
  return { region, alternatives: [] };
}

function fold(name: string): string {
  return withoutAccents(name).toLowerCase();
}

function withoutAccents(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC');
}

/** CLDR writes "Hong Kong SAR China", "Myanmar (Burma)", "St. Lucia", "홍콩(중국 특별행정구)". */
function variants(name: string): readonly string[] {
  const bare = withoutAccents(name)
    .replace(/\s*\(.*\)/u, '')
    .replace(/[.’']/gu, '')
    .replace(/ SAR China$/u, '');
  const spelled = bare.replaceAll('&', 'and').replaceAll('-', ' ').replace(/\s+/gu, ' ');
  return [spelled, spelled.replaceAll(' and ', ' '), spelled.replace(/\bSt /u, 'Saint ')];
}
