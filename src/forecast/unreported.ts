import { addDays, type Day, hourMs, type Instant, startOfDay, utcDay } from '../decision/time.ts';
import { hiddenShare, type Lateness, learnedShare, ruleShare, type VisibleShare } from './lateness.ts';
import { quantile } from './quantile.ts';

/** What calls already made, but not reported yet, will still take, in micro-units. */
export interface Unreported {
  readonly low: bigint;
  readonly high: bigint;
}

/** Eight weeks hold each weekday eight times. */
const sampleDays = 56;
/** A day is expected to cost what the same weekday did in the last four weeks. */
const weeksBehind = 4;
/** Days of which a call may still be hidden, today among them. */
const openDays = 4;
/** More than the promised ninety in a hundred lie within, since some days will be like none before. */
const lowShare = 0.03;
const highShare = 0.97;

/**
 * The exposure not yet reported, as a range that holds the later truth on nine days of ten. What the open days are
 * expected to cost, by weekday, less the share of it that is visible by now (Bornhuetter and Ferguson, 1972), between
 * the errors that the same estimate would have made on each of the last eight weeks. The share is the tenant's own
 * where enough of its lateness is known, else anything that Microsoft's rule of 24 to 48 hours allows.
 * Zero without usage.
 */
export function unreported(
  usageByDay: ReadonlyMap<Day, bigint>,
  now: Instant,
  lateness?: Lateness,
): Unreported {
  const today = utcDay(now);
  const spends = Float64Array.from({ length: openDays + sampleDays + 7 * weeksBehind + openDays }, (_, age) =>
    Number(usageByDay.get(addDays(today, -age)) ?? 0n),
  );
  const learned = lateness === undefined ? null : learnedShare(lateness);
  if (learned !== null) return rangeOf(spends, hiddenByAge(learned, now));

  const { low } = rangeOf(spends, hiddenByAge(ruleShare, now), hiddenByAge(seenAfter(24), now));
  const { high } = rangeOf(spends, hiddenByAge(ruleShare, now), hiddenByAge(seenAfter(48), now));
  return { low, high };
}

function seenAfter(hours: number): VisibleShare {
  return (lagHours) => (lagHours >= hours ? 1 : 0);
}

/** Today first. */
function hiddenByAge(share: VisibleShare, now: Instant): readonly number[] {
  const today = utcDay(now);
  return Array.from({ length: openDays }, (_, age) => hiddenShare(share, addDays(today, -age), now));
}
