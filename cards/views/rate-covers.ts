import type { RateReading } from '../../src/answers/rate.ts';
import { regionName } from '../region-name.ts';
import type { Words } from '../words.ts';
import { licenceName } from './licence-name.ts';

type Cover = RateReading['covers'][number];

/** What a licence pays for, licence by licence; those for which the same holds stand together. */
export function rateCovers(words: Words, { covers, region }: RateReading): readonly string[] {
  const groups = new Map<string, Cover[]>();
  for (const cover of covers) {
    // The names of domestic plans say their minutes.
    const minutes = cover.where === 'at-home' ? null : cover.minutesPerMonth;
    const key = [cover.cover, minutes, cover.where].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), cover]);
  }
  const place = regionName(words, region);
  return [...groups.values()].map((group) => coverText(words, group, place));
}

function coverText(words: Words, group: readonly Cover[], place: string): string {
  const [first] = group;
  if (first === undefined) return '';
  const plans = words.choice([...new Set(group.map(({ servicePlan }) => licenceName(words, servicePlan)))]);
  const minutes = first.minutesPerMonth;
  if (first.cover !== 'pooled') return words.say(`rate.covers.${first.cover}`, { plans });
  if (first.where === 'at-home') return words.say('rate.covers.home', { plans, place });
  if (minutes === null) return words.say('rate.covers.pool', { plans });
  return words.say('rate.covers.poolMinutes', { plans, minutes });
}
