import { addDays, type Day, type Instant, utcDay } from '../decision/time.ts';
import { hiddenShare, type Lateness, learnedShare, type VisibleShare } from './lateness.ts';
import { quantile } from './quantile.ts';

/** What calls already made, but not reported yet, will still take, in micro-units. */
export interface Unreported {
  readonly low: bigint;
  readonly high: bigint;
}

/**
 * The exposure not yet reported, as a range that holds the later truth on nine days of ten: what the open days are
 * expected to cost, by weekday, times the share of it that is still hidden (the method of Bornhuetter and Ferguson),
 * between the errors that the same estimate would have made on each day of the last eight weeks. The share is the
 * tenant's own where enough of its lateness is known; else all that Microsoft's rule of 24 to 48 hours allows, less
 * what is reported of these hours already. Zero without usage.
 */
export function unreported(
  usageByDay: ReadonlyMap<Day, bigint>,
  now: Instant,
  lateness?: Lateness,
): Unreported {
  const spends = recentSpends(usageByDay, utcDay(now));
  const visible = lateness === undefined ? null : learnedShare(lateness);
  const range = visible === null ? rangeByRule(spends, now) : hiddenRange(spends, hiddenByAge(now, visible));
  return { low: BigInt(Math.round(range.low)), high: BigInt(Math.round(range.high)) };
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Days of which a call may still be hidden, today among them. */
const openDays = 4;
/** Eight weeks hold each weekday eight times. */
const sampleDays = 56;
/** A day is expected to cost what the same weekday did in the last six weeks. */
const weeksBehind = 6;

/** Today first, up to the first day that cost anything. */
function recentSpends(usageByDay: ReadonlyMap<Day, bigint>, today: Day): Float64Array {
  const days = openDays + sampleDays + 7 * weeksBehind;
  const spends = Float64Array.from({ length: days }, (_, age) =>
    Number(usageByDay.get(addDays(today, -age)) ?? 0n),
  );
  return spends.subarray(0, spends.findLastIndex((spend) => spend !== 0) + 1);
}

/** At the least the calls of 24 hours are hidden, at the most those of 48. */
function rangeByRule(spends: Float64Array, now: Instant): Range {
  const [today = 0, yesterday = 0] = spends;
  const { low } = hiddenRange(spends, hiddenByAge(now, allSeenAfter(24)));
  const { high } = hiddenRange(spends, hiddenByAge(now, allSeenAfter(48)));
  return { low: Math.max(0, low - today - yesterday), high: Math.max(0, high - today - yesterday) };
}

function allSeenAfter(hours: number): VisibleShare {
  return (lagHours) => (lagHours >= hours ? 1 : 0);
}

/** Today first. */
function hiddenByAge(now: Instant, visible: VisibleShare): readonly number[] {
  const today = utcDay(now);
  return Array.from({ length: openDays }, (_, age) => hiddenShare(addDays(today, -age), now, visible));
}

/** A little more than nine of ten past errors, for some days will be like none before. */
const lowShare = 0.03;
const highShare = 0.97;

function hiddenRange(spends: Float64Array, hidden: readonly number[]): Range {
  const errors: number[] = [];
  for (let anchor = openDays; anchor < openDays + sampleDays; anchor += 1) {
    if (anchor + openDays + 7 > spends.length) break;
    const estimate = estimateAt(spends, hidden, anchor);
    const actual = sumOver(hidden, (age) => spends[anchor + age] ?? 0);
    if (estimate.whole > 0) errors.push((actual - estimate.sum) / Math.sqrt(estimate.whole));
  }
  if (errors.length < fewErrors) return { low: 0, high: highestOf(spends, hidden) };

  const { sum, part } = estimateAt(spends, hidden, 0);
  const ascending = Float64Array.from(errors).sort();
  const at = (share: number): number => Math.max(0, sum + Math.sqrt(part) * quantile(ascending, share));
  return { low: at(lowShare), high: at(highShare) };
}

/**
 * What is expected to be hidden, and what its variance is in proportion to, as of so many days ago: as with Poisson's
 * counts, the variance of some calls is in proportion to their sum. Past days are known as wholes, of which each part
 * varies alike; today's hidden part varies for itself.
 */
interface Estimate {
  readonly sum: number;
  readonly whole: number;
  readonly part: number;
}

function estimateAt(spends: Float64Array, hidden: readonly number[], anchor: number): Estimate {
  const usual = hidden.map((_, age) => usualSpend(spends, anchor + age));
  const sum = sumOver(hidden, (age) => usual[age] ?? 0);
  const whole = sumOver(hidden, (age) => (usual[age] ?? 0) * (hidden[age] ?? 0));
  return { sum, whole, part: sum };
}

/** With fewer there is only the worst day to go by. */
const fewErrors = 14;

function highestOf(spends: Float64Array, hidden: readonly number[]): number {
  const highest = spends.reduce((most, spend) => Math.max(most, spend), 0);
  return sumOver(hidden, () => highest);
}

function usualSpend(spends: Float64Array, age: number): number {
  let sum = 0;
  let days = 0;
  for (let week = 1; week <= weeksBehind && age + 7 * week < spends.length; week += 1) {
    sum += spends[age + 7 * week] ?? 0;
    days += 1;
  }
  return days === 0 ? 0 : sum / days;
}

function sumOver(hidden: readonly number[], spendAt: (age: number) => number): number {
  return hidden.reduce((sum, share, age) => sum + share * spendAt(age), 0);
}
