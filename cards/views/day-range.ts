import { type Day, startOfDay } from '../../src/decision/time.ts';
import type { Words } from '../words.ts';

/** Usage is counted by UTC days, so that a day keeps its name in every time zone. */
export function dayText(words: Words, day: Day): string {
  return words.utc.date(startOfDay(day), words.now);
}

export function rangeText(words: Words, { from, to }: { readonly from: Day; readonly to: Day }): string {
  if (from === to) return dayText(words, from);
  return words.say('usage.range', { from: dayText(words, from), to: dayText(words, to) });
}
