import type { KnownUsage } from '../../src/answers/known-usage.ts';
import type { Words } from '../words.ts';
import { zonedMoment } from './balance-line.ts';
import { withGaps } from './usage-gaps.ts';

/** A card's own time, how far the calls behind it are reported, and which of them are missing. */
export function asOf(words: Words, known: KnownUsage): string {
  const when = zonedMoment(words, words.now);
  const { reportedUntil } = known;
  const age =
    reportedUntil === null
      ? words.say('balance-status.unreported', { when })
      : words.say('balance-status.reported', { when, until: words.time.moment(reportedUntil, words.now) });
  return withGaps(words, age, known);
}
