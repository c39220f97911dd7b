import { addDays, type Day, type Instant, utcDay } from '../decision/time.ts';
import type { ReachLook } from './signal.ts';

/** What was last seen of who could be told, as far as an incident may come of it. */
export interface ReachWatch {
  /** When it began to be looked at. */
  readonly since: Instant;
  readonly latest: LookAt | null;
  /** The Monday of the week of the latest look. */
  readonly week: Day | null;
  /** The first look of that week, where it has somebody to name; a week says it once. */
  readonly report: (LookAt & { readonly week: Day }) | null;
}

type LookAt = ReachLook & { readonly at: Instant };

export function reachWatched(
  before: ReachWatch | null,
  { look, at }: { readonly look: ReachLook | null; readonly at: Instant },
): ReachWatch {
  const known = before ?? { since: at, latest: null, week: null, report: null };
  if (look === null) return known;
  const latest = { ...look, at };
  const week = mondayOf(at);
  if (known.week === week) return { ...known, latest };
  return { ...known, latest, week, report: look.unreached > 0 ? { ...latest, week } : null };
}

const daysOfWeek = 7;

function mondayOf(at: Instant): Day {
  const sinceMonday = (new Date(at).getUTCDay() + daysOfWeek - 1) % daysOfWeek;
  return addDays(utcDay(at), -sinceMonday);
}
