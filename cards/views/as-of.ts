import type { Instant } from '../../src/decision/time.ts';
import type { Words } from '../words.ts';
import { zonedMoment } from './balance-line.ts';

/** A card's own time, and how far the calls behind it are reported. */
export function asOf(words: Words, reportedUntil: Instant | null): string {
  const when = zonedMoment(words, words.now);
  if (reportedUntil === null) return words.say('balance-status.unreported', { when });
  return words.say('balance-status.reported', { when, until: words.time.moment(reportedUntil, words.now) });
}
