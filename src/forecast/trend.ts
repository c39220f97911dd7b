/** A change of the weekly spend, as the logarithm of its growth in a week; 0 where none is evident. */
export type WeeklyTrend = number;

/** Fewer weeks show chance, older ones another time. */
const leastWeeks = 6;
const mostWeeks = 18;
/** Beyond 12% a week nothing keeps going for long. */
const steepest = 0.12;
/** After so many days half of a trend is spent: growth that is carried on unabated overshoots. */
const halfLifeDays = 120;

/**
 * The median slope between all pairs of weeks (Theil and Sen), less one standard error either way of zero, so that
 * chance alone makes no trend. A week counts as a tenth of the average at the least, so that a quiet one is no collapse.
 * @param weeks Spend by week, the newest first.
 */
export function weeklyTrend(weeks: readonly number[]): WeeklyTrend {
  const recent = weeks.slice(0, mostWeeks);
  const average = recent.reduce((sum, spend) => sum + spend, 0) / recent.length;
  if (recent.length < leastWeeks || average === 0) return 0;
  const logs = recent.map((spend) => Math.log(Math.max(spend, average / 10)));
  const slope = medianSlope(logs);
  const evident = Math.max(0, Math.abs(slope) - standardError(logs, slope));
  return Math.sign(slope) * Math.min(steepest, evident);
}

/** By how much a spend of so many weeks ago is to be multiplied to be one of today. */
export function liftFrom(trend: WeeklyTrend, weeksAgo: number): number {
  return Math.exp(trend * Math.min(weeksAgo, 1.5 * mostWeeks));
}

const damping = 0.5 ** (1 / halfLifeDays);

/** By how much a spend of today is to be multiplied to be one of so many days ahead. */
export function growthUntil(trend: WeeklyTrend, daysAhead: number): number {
  return Math.exp(((trend / 7) * (1 - damping ** daysAhead)) / (1 - damping));
}

/** The growth in an average month that a trend means: 0.05 is five in a hundred. */
export function growthPerMonth(trend: WeeklyTrend): number {
  return Math.exp((trend * 365.25) / 12 / 7) - 1;
}

function medianSlope(logs: readonly number[]): number {
  const slopes: number[] = [];
  logs.forEach((newer, age) => {
    for (let older = age + 1; older < logs.length; older += 1)
      slopes.push((newer - (logs[older] ?? 0)) / (older - age));
  });
  slopes.sort((left, right) => left - right);
  return slopes[Math.floor(slopes.length / 2)] ?? 0;
}

function standardError(logs: readonly number[], slope: number): number {
  const middle = (logs.length - 1) / 2;
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  let squares = 0;
  let spread = 0;
  logs.forEach((log, age) => {
    squares += (log - mean - slope * (middle - age)) ** 2;
    spread += (age - middle) ** 2;
  });
  return Math.sqrt(squares / (logs.length - 2) / spread);
}
