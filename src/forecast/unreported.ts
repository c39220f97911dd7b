import { addDays, type Day, type Instant, utcDay } from '../decision/time.ts';

/** What calls already made, but not reported yet, will still take, in micro-units. */
export interface Unreported {
  readonly low: bigint;
  readonly high: bigint;
}

/** Reports arrive 24 to 48 hours after a call (Microsoft: "PSTN usage report"), so the last days are never complete. */
const openDays = 3;
/** Eight weeks hold each weekday eight times. */
const sampleWeeks = 8;

/**
 * The exposure not yet reported, as a range: what the same weekdays as the open days have cost together in the last
 * eight weeks, from the second lowest to the second highest of them, less what is reported of the open days by now.
 * Zero without usage.
 */
export function unreported(usageByDay: ReadonlyMap<Day, bigint>, now: Instant): Unreported {
  const today = utcDay(now);
  const spendUntil = (last: Day): bigint => {
    let sum = 0n;
    for (let back = 0; back < openDays; back += 1) sum += usageByDay.get(addDays(last, -back)) ?? 0n;
    return sum;
  };
  const sums = Array.from({ length: sampleWeeks }, (_, index) =>
    spendUntil(addDays(today, -7 * (index + 1))),
  );
  sums.sort((left, right) => (left < right ? -1 : Number(left > right)));

  const reported = spendUntil(today);
  const remaining = (sum: bigint | undefined): bigint => {
    return sum !== undefined && sum > reported ? sum - reported : 0n;
  };
  return { low: remaining(sums.at(1)), high: remaining(sums.at(-2)) };
}
