import type { Words } from './words.ts';

/** Networks of no country, such as satellite telephones; CLDR calls the code "world", which they are not. */
export const globalNetworks = '001';

/** The name of a region in the reader's language: "Germany", "독일"; the code itself where nobody has named it. */
export function regionName(words: Words, region: string): string {
  if (region === globalNetworks) return words.say('rate.globalNetworks');
  return names[words.language].of(region) ?? region;
}

const names = {
  en: new Intl.DisplayNames('en', { type: 'region' }),
  ko: new Intl.DisplayNames('ko', { type: 'region' }),
};
