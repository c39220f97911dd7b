import type { RateReading } from '../../src/answers/rate.ts';
import { regionName } from '../region-name.ts';
import type { Words } from '../words.ts';

/** What must be known before a price is relied upon. */
export function rateNotes(words: Words, reading: RateReading): readonly string[] {
  const { match, tariffs, region } = reading;
  const place = regionName(words, region);
  return [
    ...(match?.ownRegion === false
      ? [words.say('rate.note.neighbour', { place, prefix: `+${match.prefix}` })]
      : []),
    ...(match?.certain === false ? [words.say('rate.note.uncertain')] : []),
    ...(tariffs.some((tariff) => tariff.status === 'blocked_by_default')
      ? [words.say('rate.note.blocked')]
      : []),
  ];
}
